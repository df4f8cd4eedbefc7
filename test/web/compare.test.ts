import { describe, expect, it } from "vitest";
import { comparePath, comparisonPath, readChosen } from "../../web/app/compare/compare-address.ts";
import { compareRows } from "../../web/app/compare/compare-rows.ts";
import { countOf, inCommon, isSame } from "../../web/app/compare/differences.ts";
import { compareBadges } from "../../web/app/compare/facts.ts";
import type { ComparedBadge } from "../../web/app/compare/read-compared.ts";
import { parseSearch } from "../../web/app/search/search-params.ts";

const badge: ComparedBadge = {
	id: "a:1",
	iri: "urn:a:1",
	name: "Accueillir",
	description: "Accueille un public.",
	language: "fr",
	tags: ["accueil", "vente"],
	createdAt: "2026-01-02T03:04:05.000Z",
	updatedAt: "2026-02-02T03:04:05.000Z",
	status: "PUBLISHED",
	criteria: { narrative: "Trois observations.", url: null },
	issuer: { name: "Pôle accueil" },
	request: { open: true, url: "https://a.example/demande" },
	requirement: null,
	requires: [],
	requiredBy: [],
	competencies: [{ competency: { code: "100", label: "Écouter" } }],
	jobs: null,
	alignments: [],
	recognisedBy: [{ by: { slug: "c", name: "Centre C" } }, { by: { slug: "c", name: "Centre C" } }],
	institute: { slug: "a", name: "Centre A", website: null, harvest: { heardAt: null } },
};
const metabadge: ComparedBadge = {
	...badge,
	id: "b:2",
	name: "=Vendre",
	tags: ["Accueil"],
	request: { open: false, url: null },
	requirement: { needed: 1, rule: "ANY" },
	requires: [
		{ id: "a:1", known: true, name: "Accueillir" },
		{ id: "c:9", known: false, name: null },
	],
	competencies: [{ competency: { code: "100", label: "Écouter" } }, { competency: { code: "200", label: "Conclure" } }],
	recognisedBy: [],
	institute: { slug: "b", name: "Centre B", website: null, harvest: null },
};
const facts = compareBadges([badge, metabadge], { a: "Centre A", b: "Centre B" }, "fr");
const fact = (label: string) => facts.find((one) => one.label === label) ?? expect.fail(`no line ${label}`);
const cells = (label: string) => fact(label).cells.map((items) => items.map((item) => item.label));

describe("badges side by side", () => {
	it("are asked the same questions, what they prove first", () => {
		expect(facts.slice(0, 4).map(({ label }) => label)).toEqual([
			"Ce qu’il prouve",
			"Comment on l’obtient",
			"Qui le délivre",
			"Qui le reconnaît",
		]);
		expect(cells("Qui le délivre")).toEqual([["Centre A"], ["Centre B"]]);
		expect(cells("Qui le reconnaît")).toEqual([["Centre C"], []]);
		expect(cells("Obtenir ce badge")).toEqual([["On peut le demander", "Demander ce badge"], ["Ne se demande pas en ligne"]]);
		expect(cells("Ce qu’il faut réunir")).toEqual([[], ["Accueillir", "Badge inconnu du réseau"]]);
		expect(cells("Combien en réunir")).toEqual([[], ["1 parmi 2"]]);
		expect(facts.every((one) => one.cells.length === 2)).toBe(true);
	});

	it("show what all have, what one alone has, and where all say the same", () => {
		expect(inCommon(facts).map(({ label, items }) => [label, ...items.map((item) => item.label)])).toEqual([
			["Compétences reconnues", "Écouter"],
			["Mots-clés", "accueil"],
		]);
		expect([countOf(fact("Compétences reconnues"), "100"), countOf(fact("Compétences reconnues"), "200")]).toEqual([2, 1]);
		expect([isSame(fact("Langue")), isSame(fact("Qui le délivre"))]).toEqual([true, false]);
	});

	it("never take what cannot be read for what is not there, nor for something in common", () => {
		expect(cells("Métiers concernés").flat()).toEqual(Array(2).fill("Cette information ne peut pas être lue pour le moment."));
		expect(inCommon(facts).map(({ label }) => label)).not.toContain("Métiers concernés");
	});

	it("leave out a question to which none has anything to say", () => {
		const alone = compareBadges([badge], {}, "fr").map(({ label }) => label);
		expect(alone).not.toContain("Combien en réunir");
		expect(alone).toContain("Qui le reconnaît");
		expect(inCommon(compareBadges([badge], {}, "fr"))).toEqual([]);
	});

	it("are rows of a spreadsheet, a column for each", () => {
		const rows = compareRows([badge, metabadge], facts, (path) => `https://hub.example${path}`, "fr");
		expect(rows[0]).toEqual(["Question", "Accueillir", "=Vendre"]);
		expect(rows.every(({ length }) => length === 3)).toBe(true);
		expect(rows.find(([label]) => label === "Obtenir ce badge")).toEqual([
			"Obtenir ce badge",
			"On peut le demander | Demander ce badge https://a.example/demande",
			"Ne se demande pas en ligne",
		]);
		expect(rows.at(-1)).toEqual(["Identifiant", "a:1", "b:2"]);
	});
});

describe("the address of a comparison", () => {
	it("compares the first four, and loses none of the others", () => {
		const state = parseSearch(new URLSearchParams("q=eau&badge=a:1&badge=b:2&badge=rien&badge=c:3&badge=d:4&badge=e:5&badge=a:1"));
		expect(readChosen(state)).toEqual({ compared: ["a:1", "b:2", "c:3", "d:4"], beyond: ["e:5"], malformed: ["rien"] });
		expect(comparePath(state)).toBe("/comparer?q=eau&badge=a%3A1&badge=b%3A2&badge=rien&badge=c%3A3&badge=d%3A4&badge=e%3A5");
		expect(comparePath(state, ["a:1"])).toBe("/comparer?q=eau&badge=a%3A1");
		expect(comparisonPath(["a:1", "b:2"])).toBe("/comparer?badge=a%3A1&badge=b%3A2");
	});
});
