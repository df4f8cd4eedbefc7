import { describe, expect, test } from "vitest";
import { cutText, excerptOf, type MatchedText } from "../../../subgraphs/catalogue/search/match-words.ts";
import { plain, spellings, wordsOf } from "../../../subgraphs/catalogue/search/words.ts";

const texts = (text: string) => wordsOf(text).map((word) => word.text);
const matched = (text: string, ...terms: string[]): MatchedText => {
	const words = wordsOf(text);
	return {
		text,
		starts: Uint32Array.from(words, ({ start }) => start),
		ends: Uint32Array.from(words, ({ end }) => end),
		forms: words.map((word) => ({ stem: word.text, bare: word.text, root: word.text })),
		terms: Int8Array.from(words, (word) => terms.indexOf(word.text)),
	};
};

describe("words", () => {
	test.each([
		["l'école d’emploi, jusqu'ici", ["école", "emploi", "ici"]],
		["Aujourd'hui et savoir-être", ["aujourd", "hui", "et", "savoir", "être"]],
		["B0-H0 : 3D, C++ (RGPD)", ["b0", "h0", "3d", "c", "rgpd"]],
		["E\u0301cole", ["école"]],
		["?!…", []],
	])("of « %s » are split at apostrophes, hyphens and signs, elided ones left out", (text, expected) => {
		expect(texts(text)).toEqual(expected);
	});

	test("lose their accents, and may have lost them where endings are ambiguous", () => {
		expect(plain("œuvrée")).toBe("oeuvree");
		expect(spellings("organisee")).toContain("organisée");
		expect(spellings("singularite")).toContain("singularité");
		expect(spellings("emploi")).toEqual(["emploi"]);
	});
});

describe("matches", () => {
	test("cut a text without losing any of it", () => {
		const text = "Organiser sa recherche d'emploi.";
		const segments = cutText(matched(text, "recherche", "emploi"));
		expect(segments.map((segment) => segment.text).join("")).toBe(text);
		expect(segments.filter(({ match }) => match).map((segment) => segment.text)).toEqual(["recherche", "emploi"]);
	});

	test("choose the passage that holds most of what is looked for, from the beginning of its sentence", () => {
		const filler = "Une phrase qui ne dit rien de particulier. ".repeat(12);
		const text = `${filler}Emploi. ${filler}La recherche mène à un emploi. ${filler}`;
		const shown = excerptOf([matched("Une description."), matched(text, "recherche", "emploi")]);
		const whole = shown.map((segment) => segment.text).join("");
		expect(whole).toContain("La recherche mène à un emploi.");
		expect(whole.startsWith("… ")).toBe(true);
		expect(whole.endsWith(" …")).toBe(true);
		expect(whole.length).toBeLessThan(240);
	});

	test("that are none leave the beginning of the first text", () => {
		expect(excerptOf([matched("Court.")])).toEqual([{ text: "Court.", match: false }]);
		expect(excerptOf([])).toEqual([]);
		const endless = "x".repeat(1000);
		expect(excerptOf([matched(endless)])[0]?.text.length).toBeLessThan(240);
	});
});
