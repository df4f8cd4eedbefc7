import { describe, expect, test } from "vitest";
import { innerRoot, rootOf } from "../../../subgraphs/catalogue/search/roots.ts";

describe("the root of a word", () => {
	test.each([
		["soudeur soudeuse soudage soudure souder"],
		["entretien entretient entretiennent entretenir"],
		["maintenance maintient maintenir"],
		["prévention prévient prévenir"],
		["rigueur rigoureux rigoureuse rigoureusement"],
		["chaleur chaleureux chaleureuses"],
		["sérieux sérieuse"],
		["soigneux soigneuse soin soigner"],
		["lieu lieux"],
		["jeu jeux jouer"],
		["secrétaire secrétariat"],
	])("is one for %s", (words) => {
		expect(new Set(words.split(" ").map(rootOf)).size).toBe(1);
	});

	test.each([
		["service", "préservation"],
		["rigueur", "rigole"],
		["entretien", "entrée"],
		["quotidien", "quotient"],
	])("is not the same for %s and %s", (left, right) => {
		expect(rootOf(left)).not.toBe(rootOf(right));
	});

	test("is looked for within a word that begins with a learned element, not within any word", () => {
		expect(innerRoot("cybersécurité")).toBe(rootOf("sécurité"));
		expect(innerRoot("bionettoyage")).toBe(rootOf("nettoyage"));
		// `pré` is part of the word here: whoever looks for a service does not mean it.
		expect(innerRoot("préservation")).toBeNull();
	});
});
