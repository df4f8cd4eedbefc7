import { describe, expect, it } from "vitest";
import { fr } from "../../web/app/i18n/fr.ts";
import { alwaysRequired, describeAsked, describeRequired, describeSteps } from "../../web/app/pathway/describe-pathway.ts";
import { groupsAround, reasonWords, ruleWords } from "../../web/app/pathway/rule-words.ts";
import { rulePart } from "./rule-part.ts";

const origin = "https://hub.example";
const badge = (id: string, group: number) => rulePart({ id, name: id.toUpperCase(), group });
/** A, and one of B or C, and two of D, E and a competency, each of which is two ways of saying the same. */
const rule = [
	rulePart({ kind: "ALL" }),
	badge("x:a", 0),
	rulePart({ kind: "ANY", group: 0 }),
	badge("x:b", 2),
	badge("x:c", 2),
	rulePart({ kind: "AT_LEAST", group: 0, needed: 2, distinctIssuers: 2 }),
	{ ...badge("x:d", 5), alternatives: [{ id: "y:d", name: "D", requestable: true }] },
	rulePart({ kind: "COMPETENCY", group: 5, name: "k2111", recognised: true }),
];

describe("a rule for machines", () => {
	it("requires what no choice avoids, and nothing else", () => {
		expect(alwaysRequired(rule).map(({ id, name }) => id ?? name)).toEqual(["x:a", "k2111"]);
		expect(alwaysRequired([])).toEqual([]);
		expect(describeRequired(origin, rule, { k2111: "Pédagogie" })).toEqual({
			educationalAlignment: [
				{ "@type": "AlignmentObject", alignmentType: "requires", targetName: "X:A", targetUrl: `${origin}/badges/x:a` },
			],
			competencyRequired: [expect.objectContaining({ "@type": "DefinedTerm", "@id": `${origin}/competences/K2111`, name: "Pédagogie" })],
		});
		expect(describeRequired(origin, [rulePart({ kind: "ANY" }), badge("x:a", 0), badge("x:b", 0)], {})).toEqual({});
	});

	it("is one sentence, groups within groups", () => {
		expect(ruleWords(rule, 0, { k2111: "Pédagogie" }, fr.rule)).toBe(
			"Il les faut tous (3) (X:A\u00a0; L’un de ces 2 suffit (X:B\u00a0; X:C)\u00a0; Il en faut au moins 2 de ces 2, de 2 émetteurs différents au moins (X:D\u00a0; Tout badge aligné sur Pédagogie))",
		);
		expect([groupsAround(rule, 7), groupsAround(rule, 1), groupsAround(rule, 0)]).toEqual([[0, 5], [0], []]);
	});

	it("tells why each part is met or not", () => {
		const by = ["y:d", "z:e"];
		const said = [
			{ ...badge("x:a", 0), met: true, reason: "MET_BY_ANOTHER" as const, by },
			rulePart({ kind: "COMPETENCY", met: true, reason: "MET_BY_ANOTHER", by }),
			rulePart({ reason: "TOO_OLD" }),
		].map((part) => reasonWords(part, { "y:d": "D" }, fr.rule));
		expect(said).toEqual(["remplacé par D, z:e", "couvert par D, z:e", "trop ancien"]);
	});

	it("names a competency of another referential by its address, and one that nobody knows by its code", () => {
		expect(describeAsked(origin, "https://esco.example/1", {})).toEqual({
			"@type": "DefinedTerm",
			"@id": "https://esco.example/1",
			name: "https://esco.example/1",
			url: "https://esco.example/1",
		});
		expect(describeAsked(origin, "zz9", {})).toEqual({ "@type": "DefinedTerm", name: "ZZ9", termCode: "ZZ9" });
	});

	it("lists steps in their order, with what is said of each", () => {
		const item = (name: string) => ({ "@type": "DefinedTerm" as const, name });
		const list = describeSteps("Un parcours", `${origin}/parcours`, "", [
			{ item: item("A"), says: "facultative" },
			{ item: item("B"), says: "" },
		]);
		expect(list).toMatchObject({ "@type": "ItemList", numberOfItems: 2 });
		expect(list).not.toHaveProperty("description");
		expect(list.itemListElement).toEqual([
			{ "@type": "ListItem", position: 1, item: item("A"), description: "facultative" },
			{ "@type": "ListItem", position: 2, item: item("B") },
		]);
	});
});
