import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
	clearedPath,
	formatSearch,
	parseSearch,
	type SearchState,
	savedPath,
	searchFilter,
	searchPath,
} from "../../web/app/search/search-params.ts";

const nothing: SearchState = {
	words: "",
	institutes: [],
	departements: [],
	collectives: [],
	domains: [],
	jobs: [],
	frameworks: [],
	recognisedBy: [],
	languages: [],
	requestable: false,
	metabadge: false,
	retired: false,
	order: "BEST",
	compared: [],
	after: null,
};

const words = fc
	.string({ maxLength: 300, unit: "grapheme" })
	.map((text) => text.replace(/\s+/g, " ").trim())
	.filter((text) => text.length <= 300);
const value = fc
	.string({ minLength: 1, maxLength: 60 })
	.map((text) => text.trim())
	.filter((text) => text !== "");
const values = fc.uniqueArray(value, { maxLength: 8 });

const state: fc.Arbitrary<SearchState> = fc.record({
	words,
	institutes: values,
	departements: values,
	collectives: values,
	domains: values,
	jobs: values,
	frameworks: values,
	recognisedBy: values,
	languages: values,
	requestable: fc.boolean(),
	metabadge: fc.boolean(),
	retired: fc.boolean(),
	order: fc.constantFrom("BEST" as const, "NEWEST" as const, "NAME" as const),
	compared: values,
	after: fc.option(fc.string({ minLength: 1, maxLength: 80 }), { nil: null }),
});

describe("the address of a search", () => {
	it("gives back the state it was written from", () => {
		fc.assert(
			fc.property(state, (one) => {
				expect(parseSearch(new URLSearchParams(formatSearch(one).toString()))).toEqual(one);
			}),
		);
	});

	it("reads any address, and writes it in one form only", () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.constantFrom("q", "institut", "demandable", "apres", "x"), fc.string())), (pairs) => {
				const once = formatSearch(parseSearch(new URLSearchParams(pairs))).toString();
				expect(formatSearch(parseSearch(new URLSearchParams(once))).toString()).toBe(once);
			}),
		);
	});

	it("leaves out what is at its default", () => {
		expect(searchPath(nothing)).toBe("/badges");
		expect(parseSearch(new URLSearchParams("q=&institut=&demandable=0&retires=non&apres="))).toEqual(nothing);
	});

	it("repeats a parameter for several values and keeps each once", () => {
		const parsed = parseSearch(new URLSearchParams("institut=a&institut=b&institut=a&departement=31"));
		expect(parsed.institutes).toEqual(["a", "b"]);
		expect(searchPath(parsed)).toBe("/badges?institut=a&institut=b&departement=31");
	});

	it("goes back to the first page when anything else changes", () => {
		expect(searchPath({ ...nothing, after: "c", words: "eau" }, { metabadge: true })).toBe("/badges?q=eau&metabadge=1");
		expect(searchPath({ ...nothing, words: "eau" }, { after: "c" })).toBe("/badges?q=eau&apres=c");
	});

	it("keeps what was chosen to be compared, and saves the search without it", () => {
		const chosen = { ...nothing, words: "eau", compared: ["a:1", "b:2"], after: "c" };
		expect(searchPath(chosen, { metabadge: true })).toBe("/badges?q=eau&metabadge=1&badge=a%3A1&badge=b%3A2");
		expect(clearedPath(chosen)).toBe("/badges?badge=a%3A1&badge=b%3A2");
		expect(savedPath(chosen, "/badges.atom")).toBe("/badges.atom?q=eau");
		expect(searchFilter(chosen)).toEqual({ retired: false });
	});

	it("never asks the hub for more than 300 characters nor for half a character", () => {
		const parsed = parseSearch(new URLSearchParams({ q: `${"a".repeat(299)}😀` }));
		expect(parsed.words).toBe("a".repeat(299));
	});

	it("takes a control character for a space, where the hub would refuse the whole question", () => {
		const parsed = parseSearch(
			new URLSearchParams([
				["q", "\u0000eau\u001b\u007f vive\t"],
				["institut", "a\u0000"],
			]),
		);
		expect([parsed.words, parsed.institutes]).toEqual(["eau vive", ["a"]]);
	});

	it("asks the hub only for what was chosen", () => {
		expect(searchFilter(nothing)).toEqual({ retired: false });
		expect(searchFilter({ ...nothing, institutes: ["a"], requestable: true, retired: true })).toEqual({
			institutes: ["a"],
			requestable: true,
			retired: true,
		});
	});
});
