import fc from "fast-check";
import type { DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BadgeHit } from "../../../subgraphs/catalogue/badge-hit.ts";
import { openCatalogueDatabase } from "../../../subgraphs/catalogue/database.ts";
import {
	type BadgeFacets,
	type BadgeSearchFilter,
	BadgeSearchOrder,
	type FacetCount,
} from "../../../subgraphs/catalogue/search/badge-search.ts";
import { countFacets, countFound } from "../../../subgraphs/catalogue/search/facets.ts";
import { indexBadges } from "../../../subgraphs/catalogue/search/index-badge.ts";
import { createNearWords } from "../../../subgraphs/catalogue/search/near-words.ts";
import { refreshFacets } from "../../../subgraphs/catalogue/search/refresh-facets.ts";
import { type Searcher, searchBadges } from "../../../subgraphs/catalogue/search/search.ts";
import { createStems } from "../../../subgraphs/catalogue/search/stems.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { loadCatalogue } from "../../bench/search/load.ts";
import { readExtract, writeBadges } from "../../bench/search/texts.ts";
import { freshSchemas } from "../../kit/database.ts";

const BADGES = 600;
const written = [...writeBadges(BADGES)];
const domains = new Map(readExtract().jobs.map(({ code, domain }) => [code, domain]));
/** Every seventh badge, and every institute whose number ends in 3, is recognised. */
const recognisers = (badge: BadgeHit, place: number) => [
	...(place % 7 === 0 ? ["institut-1", "institut-2"] : []),
	...(badge.instituteSlug.endsWith("3") ? ["institut-5"] : []),
];

let database: DataSource;
let searcher: Searcher;

beforeAll(async () => {
	const address = (await freshSchemas(["catalogue"])).get("catalogue") as DatabaseAddress;
	database = await openCatalogueDatabase(address, { deadline: 1500 });
	searcher = { database, stems: createStems(), nearWords: createNearWords() };
	// The deadline is for questions: filling the catalogue takes what it takes.
	const filling = await openCatalogueDatabase(address);
	await loadCatalogue(filling, searcher.stems, BADGES).finally(() => filling.destroy());
	const rows = [
		...written.flatMap(({ id }, place) => (place % 7 === 0 ? ["institut-1", "institut-2"].map((by) => ({ target: id, by })) : [])),
		...new Set(written.map(({ instituteSlug }) => instituteSlug).filter((slug) => slug.endsWith("3"))),
	].map((row) => (typeof row === "string" ? { target: row, by: "institut-5" } : row));
	await database.query(`INSERT INTO "recognised" SELECT * FROM json_populate_recordset(NULL::"recognised", $1)`, [JSON.stringify(rows)]);
	await refreshFacets(database);
}, 120_000);

afterAll(() => database.destroy());

/** What a badge has of each facet, worked out from the badge itself. */
function valuesOf(badge: BadgeHit): Record<keyof BadgeFacets, string[]> {
	const place = written.findIndex(({ id }) => id === badge.id);
	const number = Number(badge.instituteSlug.split("-")[1]);
	const jobs = badge.alignments.map(({ targetCode }) => targetCode as string);
	return {
		institutes: [badge.instituteSlug],
		departements: [["31"], ["25", "39"], ["81"], ["21"], ["34", "30"]][number % 5] as string[],
		collectives: [`collectif-${number % 4}`],
		jobs,
		domains: jobs.map((code) => domains.get(code) as string),
		frameworks: badge.alignments.map(({ targetFramework }) => (targetFramework === "ROME 4.0" ? "ROME" : (targetFramework as string))),
		recognisedBy: recognisers(badge, place),
		languages: [badge.language],
		requestable: [String(badge.requestable)],
		metabadges: [String(badge.metabadge)],
	};
}
const values = new Map(written.map((badge) => [badge.id, valuesOf(badge)]));

const LISTS = ["institutes", "departements", "collectives", "jobs", "domains", "frameworks", "recognisedBy", "languages"] as const;
const FACETS = [...LISTS, "requestable", "metabadges"] as const;

function passes(id: string, facet: (typeof FACETS)[number], filter: BadgeSearchFilter): boolean {
	const own = (values.get(id) as Record<keyof BadgeFacets, string[]>)[facet];
	if (facet === "requestable") return filter.requestable == null || own.includes(String(filter.requestable));
	if (facet === "metabadges") return filter.metabadge == null || own.includes(String(filter.metabadge));
	const chosen = filter[facet] ?? [];
	return chosen.length === 0 || own.some((value) => chosen.includes(value));
}

async function everyId(
	query: string | null,
	filter: BadgeSearchFilter | null,
	first = 100,
	order = BadgeSearchOrder.BEST,
): Promise<string[]> {
	const ids: string[] = [];
	for (let after: string | null = null; ; ) {
		const { edges, pageInfo } = await searchBadges(searcher, { query, filter, first, after, order }, false);
		ids.push(...edges.map(({ node }) => node.id));
		if (!pageInfo.hasNextPage) return ids;
		after = pageInfo.endCursor;
	}
}

describe("facets", () => {
	const every = [...values.values()];
	const someOf = (facet: (typeof LISTS)[number]) =>
		fc.option(
			fc.uniqueArray(fc.constantFrom(...new Set(every.flatMap((one) => one[facet])), "nothing has this"), { minLength: 1, maxLength: 3 }),
			{ nil: undefined, freq: 3 },
		);
	const filters = fc.record({
		...(Object.fromEntries(LISTS.map((facet) => [facet, someOf(facet)])) as Record<
			(typeof LISTS)[number],
			fc.Arbitrary<string[] | undefined>
		>),
		requestable: fc.option(fc.boolean(), { freq: 3 }),
		metabadge: fc.option(fc.boolean(), { freq: 2 }),
		retired: fc.boolean(),
	});

	test("count what counting by hand counts, under any filters and any question", async () => {
		await fc.assert(
			fc.asyncProperty(filters, fc.constantFrom(null, "accueil", "entretien des locaux", "chantier"), async (filter, query) => {
				const found = await everyId(query, { retired: filter.retired });
				const { search, edges } = await searchBadges(searcher, { query, filter, first: 100 });
				const counted = countFacets(database, search);
				const whole = found.filter((id) => FACETS.every((facet) => passes(id, facet, filter)));
				expect(countFound(search)).toBe(whole.length);
				expect(edges.map(({ node }) => node.id)).toEqual(whole.slice(0, 100));
				for (const facet of FACETS) {
					const base = found.filter((id) => FACETS.every((other) => other === facet || passes(id, other, filter)));
					const expected = new Map<string, number>();
					for (const id of base)
						for (const value of new Set((values.get(id) as Record<keyof BadgeFacets, string[]>)[facet]))
							expected.set(value, (expected.get(value) ?? 0) + 1);
					if (facet === "requestable" || facet === "metabadges") expect(counted[facet], facet).toBe(expected.get("true") ?? 0);
					else expect(new Map((counted[facet] as FacetCount[]).map(({ value, count }) => [value, count])), facet).toEqual(expected);
				}
			}),
			{ numRuns: 60 },
		);
	}, 120_000);
});

describe("paging", () => {
	test.each([null, "accueillir"])(
		"visits everything once while badges come and go, for the query %j",
		async (query) => {
			const stay = new Set(await everyId(query, null));
			const visited: string[] = [];
			const added: BadgeHit[] = [];
			const fresh = [...writeBadges(BADGES + 60)].slice(BADGES);
			for (let after: string | null = null; ; ) {
				const { edges, pageInfo } = await searchBadges(searcher, { query, first: 20, after }, false);
				visited.push(...edges.map(({ node }) => node.id));
				if (!pageInfo.hasNextPage) break;
				after = pageInfo.endCursor;
				const next = fresh.splice(0, 3);
				await database.query(`INSERT INTO "badge" SELECT * FROM json_populate_recordset(NULL::"badge", $1)`, [JSON.stringify(next)]);
				await indexBadges(database.manager, searcher.stems, next);
				added.push(...next);
				// One that was on an earlier page, and one that is new.
				const gone = added.length > 6 ? [added.shift()?.id as string] : [];
				await database.query(`DELETE FROM "badge" WHERE "id" = ANY ($1)`, [gone]);
			}
			expect(new Set(visited).size).toBe(visited.length);
			expect([...stay].filter((id) => !visited.includes(id))).toEqual([]);
			await database.query(`DELETE FROM "badge" WHERE "id" = ANY ($1)`, [added.map(({ id }) => id)]);
		},
		60_000,
	);
});

describe("orders", () => {
	test.each([null, "accueil", "entretien des locaux"])("by date and by name list the same badges of %j, each once", async (query) => {
		const all = await everyId(query, null);
		const newestOnes = await everyId(query, null, 100, BadgeSearchOrder.NEWEST);
		// What barely speaks of the question comes last by relevance, and would come anywhere by date.
		const best = all.slice(0, newestOnes.length);
		expect(best.length).toBeGreaterThan(5);
		const byId = new Map(written.map((badge) => [badge.id, badge]));
		const newest = await everyId(query, null, 7, BadgeSearchOrder.NEWEST);
		const named = await everyId(query, null, 7, BadgeSearchOrder.NAME);
		expect(newest.toSorted()).toEqual(best.toSorted());
		expect(named.toSorted()).toEqual(best.toSorted());
		const dates = newest.map((id) => (byId.get(id) as BadgeHit).createdAt.getTime());
		expect(dates).toEqual(dates.toSorted((left, right) => right - left));
		const names = named.map((id) => (byId.get(id) as BadgeHit).nameCursor);
		expect(names).toEqual(names.toSorted((left, right) => (left < right ? -1 : 1)));
	});

	test("of another kind do not take a cursor", async () => {
		const { pageInfo } = await searchBadges(searcher, { query: "accueil", first: 1, order: BadgeSearchOrder.NEWEST });
		await expect(searchBadges(searcher, { query: "accueil", first: 1, after: pageInfo.endCursor })).rejects.toMatchObject({
			extensions: { code: "BAD_USER_INPUT", field: "after" },
		});
	});
});

describe("hostile questions", () => {
	const hostile = [
		"x".repeat(100_000),
		"é'".repeat(50_000),
		"a & b | !c <-> d:* ( ' \\ :: )",
		"'''' \\\\ %%% ___",
		"%",
		"\\",
		"\u0000",
		"recherche\u0000emploi",
		"\u202eiolpme\u202c",
		"\u200f\u200e\u2066\u2069",
		"👩‍🏭🔥",
		"\ud800",
		"a".repeat(300),
		Array.from({ length: 150 }, (_, index) => String.fromCharCode(97 + (index % 26))).join(" "),
		"=emploi ~emploi +é ^epi",
		"'; DROP TABLE badge; --",
		"ﷺ".repeat(20),
	];
	test.each(hostile.map((query) => [query]))("get a clear error or an answer: %j", async (query) => {
		await expect(
			searchBadges(searcher, { query, first: 20 }).then(
				({ edges }) => edges.length,
				({ extensions }) => extensions,
			),
		).resolves.toSatisfy((outcome: number | { code: string; field: string }) =>
			typeof outcome === "number" ? outcome >= 0 : outcome.code === "BAD_USER_INPUT" && outcome.field === "query",
		);
	});

	test("with a value that no badge has find nothing", async () => {
		for (const facet of LISTS) {
			const { edges, search } = await searchBadges(searcher, {
				query: null,
				filter: { [facet]: ["👻\u0000'\\%"], retired: false },
				first: 20,
			});
			expect([edges.length, countFound(search)], facet).toEqual([0, 0]);
		}
	});

	test("with 500 filters, or an endless one, are refused by name", async () => {
		const many = Array.from({ length: 500 }, (_, index) => `institut-${index}`);
		for (const facet of LISTS) {
			await expect(searchBadges(searcher, { query: null, filter: { [facet]: many, retired: false }, first: 20 })).rejects.toMatchObject({
				message: expect.stringContaining("at most 100 values, and holds 500"),
				extensions: { code: "BAD_USER_INPUT", field: `filter.${facet}` },
			});
			await expect(
				searchBadges(searcher, { query: null, filter: { [facet]: ["x".repeat(100_000)], retired: false }, first: 20 }),
			).rejects.toMatchObject({ extensions: { code: "BAD_USER_INPUT", field: `filter.${facet}` } });
		}
	});

	test("that take the database too long are given up with a clear error", async () => {
		const slow: Searcher = { ...searcher, database: Object.create(database) as DataSource };
		slow.database.query = ((sql: string, parameters?: unknown[]) =>
			database.query(
				sql.includes("ts_rank") ? `SELECT pg_sleep(20), ${sql.length} WHERE $1::text IS NULL OR TRUE` : sql,
				sql.includes("ts_rank") ? ["x"] : parameters,
			)) as never;
		await expect(searchBadges(slow, { query: "accueil", first: 20 })).rejects.toMatchObject({
			extensions: { code: "BAD_USER_INPUT", field: "query" },
		});
	}, 15_000);
});
