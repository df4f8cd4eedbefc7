import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "../network/test-hub.ts";
import { startTestRegion, type TestRegion } from "./test-region.ts";

let region: TestRegion;

beforeAll(async () => {
	region = await startTestRegion(["instep-occitanie", "emfor-bfc", "ecole-itinerante", "competences-doubs"]);
});

afterAll(() => region.stop());

interface Hit {
	id: string;
	name: string;
	highlightedName: { text: string; match: boolean }[];
	excerpt: { text: string; match: boolean }[];
}

async function search(query: string | null, filter: Record<string, unknown> | null = null, page: { first?: number; after?: string } = {}) {
	const { data, errors } = await ask(
		region.catalogue.url,
		`query ($query: String, $filter: BadgeSearchFilter, $first: Int! = 100, $after: String) { searchBadges(query: $query, filter: $filter, first: $first, after: $after) {
			totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
			edges { cursor node { id name instituteSlug instituteName metabadge requestable retired tags harvestedAt badgeClass { id } highlightedName { text match } excerpt { text match } } }
			facets { institutes { value label count } departements { value label count } collectives { value label count } requestable metabadges }
		} }`,
		{ query, filter, ...page },
	);
	return { result: data?.searchBadges, hits: (data?.searchBadges?.edges.map(({ node }: { node: Hit }) => node) ?? []) as Hit[], errors };
}

const names = ({ hits }: { hits: Hit[] }) => hits.map(({ name }) => name);
const marked = (segments: Hit["excerpt"]) => segments.filter(({ match }) => match).map(({ text }) => text);

describe("a search", () => {
	test.each([
		["recherche emploi", "Organiser sa recherche d'emploi"],
		["recherche d’emploi", "Organiser sa recherche d'emploi"],
		["organisee", "Organiser sa recherche d'emploi"],
		["organisée recherches", "Organiser sa recherche d'emploi"],
		["orga rech", "Organiser sa recherche d'emploi"],
		["singularite", "La singularité : une richesse à explorer"],
		["SINGULARITÉ", "La singularité : une richesse à explorer"],
		["richesses explorer", "La singularité : une richesse à explorer"],
		["organniser sa recherhce", "Organiser sa recherche d'emploi"],
		["singluarité", "La singularité : une richesse à explorer"],
	])("for « %s » finds « %s » among the first", async (query, name) => {
		const found = names(await search(query));
		expect(found.slice(0, query === "organisee" ? 3 : 1)).toContain(name);
	});

	test("finds the beginning of the last word, as it is typed", async () => {
		for (const query of ["singu", "une rich", "organiser sa rech"]) expect(names(await search(query)).length).toBeGreaterThan(0);
		expect(names(await search("organiser sa rech"))[0]).toBe("Organiser sa recherche d'emploi");
	});

	test("puts badges that hold all words above the others, whatever else is typed", async () => {
		for (const query of ["entretien accompagnement", "entretien accompagnement zzzzz"])
			expect(names(await search(query))[0]).toBe("Mener un entretien d'accompagnement");
	});

	test("finds nothing, without an error, where there is nothing", async () => {
		for (const query of ["xyzzyqwv", "???", "' OR 1=1 --", "\\", "a:* & !b", "\u0001x\u0001yzw", "<script>", "ŉ", "½ ﷺ"]) {
			const { errors } = await search(query);
			expect(errors).toBeUndefined();
		}
		expect(names(await search("xyzzyqwv"))).toEqual([]);
	});

	test("shows where words match, in the name and in the passage that fits best", async () => {
		const { hits } = await search("recherche emploi");
		const first = hits[0] as Hit;
		expect(first.highlightedName).toEqual([
			{ text: "Organiser sa ", match: false },
			{ text: "recherche", match: true },
			{ text: " d'", match: false },
			{ text: "emploi", match: true },
		]);
		for (const { excerpt, name, highlightedName } of hits) {
			expect(excerpt.map(({ text }) => text).join("").length).toBeLessThan(300);
			expect(highlightedName.map(({ text }) => text).join("")).toBe(name);
		}
		expect(marked(((await search("organisee")).hits.find(({ name }) => name.startsWith("Organiser")) as Hit).highlightedName)).toEqual([
			"Organiser",
		]);
	});

	test.each([
		["   ", "query", /leave it out/],
		["", "query", /leave it out/],
		["\u0000\u0001", "query", /leave it out/],
		["x".repeat(301), "query", /at most 300 characters/],
	])("refuses %j", async (query, field, message) => {
		const { errors } = await search(query);
		expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
		expect(errors?.[0]?.message).toMatch(message);
	});

	test.each([
		[{ first: 101 }, "first"],
		[{ first: -1 }, "first"],
		[{ after: "nonsense" }, "after"],
		[{ after: "" }, "after"],
		[{ after: Buffer.from('["1","\\u0000"]').toString("base64url") }, "after"],
		[{ after: Buffer.from('["1; DROP TABLE badge","x"]').toString("base64url") }, "after"],
	])("refuses a page %j", async (page, field) => {
		const { errors } = await search(null, null, page);
		expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
	});

	test("answers whatever is typed", async () => {
		const signs = fc.constantFrom(
			"'",
			"’",
			'"',
			"\\",
			":",
			"*",
			"&",
			"|",
			"!",
			"(",
			")",
			"<",
			">",
			"%",
			"_",
			"=",
			"é",
			"ß",
			"ŉ",
			"ﬁ",
			"½",
			"a",
			"emploi",
			" ",
		);
		const typed = fc.oneof(
			fc.string({ unit: "binary", maxLength: 60 }),
			fc.array(signs, { maxLength: 30 }).map((parts) => parts.join("")),
		);
		await fc.assert(
			fc.asyncProperty(typed, async (query) => {
				for (const { extensions } of (await search(query)).errors ?? []) expect(extensions?.code).toBe("BAD_USER_INPUT");
			}),
			{ numRuns: 150 },
		);
	});

	test("takes 300 characters, and a null byte among others", async () => {
		expect((await search("é".repeat(300))).errors).toBeUndefined();
		expect(names(await search("recherche\u0000emploi"))[0]).toBe("Organiser sa recherche d'emploi");
		expect((await search(null, { institutes: ["\u0000"], departements: ["\u0000"], collectives: ["x\u0000"] })).errors).toBeUndefined();
	});
});

describe("the list of all badges", () => {
	test("goes by name, whatever accents and case", async () => {
		const found = await search(null);
		expect(found.result.totalCount).toBe(81);
		expect((await search(null, { retired: true })).result.totalCount).toBe(43 + 10 + 15 + 14);
		const folded = names(found).map((name) =>
			name
				.normalize("NFKD")
				.replace(/\p{M}/gu, "")
				.toLowerCase()
				.replace(/[^a-z0-9]+/g, "_"),
		);
		expect(folded).toEqual([...folded].sort());
	});

	test.each([[null], ["emploi"]])("is visited once by its pages, for the query %j", async (query) => {
		const whole = (await search(query)).hits.map(({ id }) => id);
		const visited: string[] = [];
		let after: string | undefined;
		for (;;) {
			const { result } = await search(query, null, { first: 7, after });
			visited.push(...result.edges.map(({ node }: { node: Hit }) => node.id));
			expect(result.pageInfo.hasPreviousPage).toBe(after !== undefined);
			if (!result.pageInfo.hasNextPage) break;
			after = result.pageInfo.endCursor;
		}
		expect(visited).toEqual(whole);
		expect(new Set(visited).size).toBe(visited.length);
	});

	test("can be counted without being read", async () => {
		const { result, hits } = await search(null, null, { first: 0 });
		expect(hits).toEqual([]);
		expect(result.totalCount).toBe(81);
		expect(result.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, endCursor: null });
	});
});

describe("the facets", () => {
	test("count the whole result, each without its own filter, and name what they count", async () => {
		const all = (await search(null)).result.facets;
		expect(all.institutes[0]).toEqual({ value: "instep-occitanie", label: "Instep Occitanie", count: 42 });
		expect(all.departements.find(({ value }: { value: string }) => value === "25")).toEqual({ value: "25", label: "Doubs", count: 24 });
		expect(all.collectives).toEqual([
			{ value: "badgeons-occitanie", label: "Badgeons l'Occitanie", count: 57 },
			{ value: "bravo-bfc", label: "BRAVO-BFC", count: 39 },
		]);
		expect(all.metabadges).toBe(4);

		const { result, hits } = await search(null, { institutes: ["emfor-bfc"], requestable: true });
		expect(result.totalCount).toBe(hits.length);
		expect(hits.every(({ id }) => id.startsWith("emfor-bfc:"))).toBe(true);
		const counts = new Map(result.facets.institutes.map(({ value, count }: { value: string; count: number }) => [value, count]));
		expect(counts.size).toBe(4);
		expect(counts.get("emfor-bfc")).toBe(result.totalCount);
		expect(result.facets.requestable).toBe(result.totalCount);
		expect(result.facets.collectives).toEqual([{ value: "bravo-bfc", label: "BRAVO-BFC", count: result.totalCount }]);
	});

	test("agree with the filters that they offer", async () => {
		const { result } = await search("accompagnement");
		for (const [filter, key] of [
			["institutes", "institutes"],
			["departements", "departements"],
			["collectives", "collectives"],
		] as const) {
			for (const { value, count } of result.facets[key])
				expect((await search("accompagnement", { [filter]: [value] })).result.totalCount, `${filter} ${value}`).toBe(count);
		}
		expect((await search("accompagnement", { requestable: true })).result.totalCount).toBe(result.facets.requestable);
		expect((await search("accompagnement", { metabadge: true })).result.totalCount).toBe(result.facets.metabadges);
	});
});
