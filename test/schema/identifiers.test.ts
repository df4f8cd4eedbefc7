import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareCursors, latestFirstCursor, nameCursor } from "../../schema/cursor.ts";
import { fold, globalId, isGlobalId, localIdFrom, ownerOf } from "../../schema/global-id.ts";

describe("a global id", () => {
	it("names its owner before the colon", () => {
		expect(ownerOf("instep-occitanie:organiser-sa-recherche-d-emploi")).toBe("instep-occitanie");
		expect(ownerOf("instep-occitanie")).toBe("instep-occitanie");
		expect(ownerOf("Not an id")).toBeUndefined();
		expect(ownerOf(":x")).toBeUndefined();
	});

	it("is refused with a wrong slug or local part, by a message that says which", () => {
		expect(() => globalId("Instep", "a")).toThrow(/slug/);
		expect(() => globalId("instep", "a b")).toThrow(/local id/);
		expect(isGlobalId("instep:a b")).toBe(false);
		expect(isGlobalId(`instep:${"a".repeat(201)}`)).toBe(false);
		expect(isGlobalId("-instep:a")).toBe(false);
	});

	it("is made from a title", () => {
		expect(localIdFrom("La singularité : une richesse à explorer")).toBe("la-singularite-une-richesse-a-explorer");
		expect(localIdFrom("Concevoir et mettre en œuvre un grand jeu")).toBe("concevoir-et-mettre-en-oeuvre-un-grand-jeu");
	});
});

describe("a cursor", () => {
	it("compares as UTF-8 bytes do, which is how PostgreSQL's collation C compares", () => {
		const text = fc.string({ unit: "binary" }).filter((value) => Buffer.from(value).toString() === value);
		fc.assert(
			fc.property(text, text, (left, right) => {
				expect(Math.sign(compareCursors(left, right))).toBe(Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right))));
			}),
		);
	});

	it("orders by the folded name first: a space comes before every letter, digit and underscore", () => {
		const names = ["Été", "ete bis", "Étendre", "ETE", "été-2"];
		const sorted = names.map((name, index) => nameCursor(name, `a:${index}`)).sort(compareCursors);
		expect(sorted).toEqual(["ete a:0", "ete a:3", "ete_2 a:4", "ete_bis a:1", "etendre a:2"]);
	});

	it("puts later instants first", () => {
		const early = latestFirstCursor(new Date("2024-01-01"), "a:1");
		const late = latestFirstCursor(new Date("2026-01-01"), "a:1");
		expect(compareCursors(late, early)).toBeLessThan(0);
	});

	it("folds to a text that folding leaves alone", () => {
		fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => fold(fold(text)) === fold(text)));
	});
});
