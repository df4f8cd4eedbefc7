import type { DataSource } from "typeorm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BadgeHit } from "../../../subgraphs/catalogue/badge-hit.ts";
import { openCatalogueDatabase } from "../../../subgraphs/catalogue/database.ts";
import { countFacets, countFound } from "../../../subgraphs/catalogue/search/facets.ts";
import { indexBadges } from "../../../subgraphs/catalogue/search/index-badge.ts";
import { createNearWords } from "../../../subgraphs/catalogue/search/near-words.ts";
import { type Searcher, searchBadges } from "../../../subgraphs/catalogue/search/search.ts";
import { createStems } from "../../../subgraphs/catalogue/search/stems.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { loadCatalogue } from "../../bench/search/load.ts";
import { writeBadges } from "../../bench/search/texts.ts";
import { freshSchemas } from "../../kit/database.ts";

const [badge] = [...writeBadges(1)] as [BadgeHit];

/** Two processes on one database: one writes, the other answers. */
let writing: DataSource;
let reading: DataSource;
let searcher: Searcher;

beforeEach(async () => {
	const address = (await freshSchemas(["catalogue"])).get("catalogue") as DatabaseAddress;
	writing = await openCatalogueDatabase(address);
	reading = await openCatalogueDatabase(address);
	searcher = { database: reading, stems: createStems(), nearWords: createNearWords() };
	await loadCatalogue(writing, searcher.stems, 50);
	// What is in memory from here on has to follow.
	await found("zythologie");
}, 60_000);

afterEach(() => Promise.all([writing.destroy(), reading.destroy()]));

async function found(query: string): Promise<string[]> {
	return (await searchBadges(searcher, { query, first: 50 })).edges.map(({ node }) => node.name);
}

async function save(...badges: Partial<BadgeHit>[]): Promise<void> {
	await writing.transaction(async (manager) => {
		const rows = badges.map((one) => ({ ...badge, ...one }));
		for (const row of rows) await manager.query(`DELETE FROM "badge" WHERE "id" = $1`, [row.id]);
		await manager.query(`INSERT INTO "badge" SELECT * FROM json_populate_recordset(NULL::"badge", $1)`, [JSON.stringify(rows)]);
		await indexBadges(manager, searcher.stems, rows);
	});
}

const zythologist = { id: "institut-1:z", name: "Zythologie", nameCursor: "zythologie institut-1:z", instituteSlug: "institut-1" };

describe("what another process writes", () => {
	test("is found by the next question, changed, and removed", async () => {
		expect(await found("zythologie")).not.toContain("Zythologie");
		await save(zythologist);
		expect(await found("zythologie")).toContain("Zythologie");
		await save({ ...zythologist, name: "Apiculture" });
		expect(await found("zythologie")).not.toContain("Zythologie");
		expect(await found("apiculture")).toContain("Apiculture");
		await writing.query(`DELETE FROM "badge" WHERE "id" = $1`, [zythologist.id]);
		expect(await found("apiculture")).not.toContain("Apiculture");
	});

	test("is seen although a longer transaction began before it and ends after it", async () => {
		const runner = writing.createQueryRunner();
		await runner.startTransaction();
		await runner.query(`UPDATE "search_document" SET "retired" = TRUE WHERE "badgeId" = $1`, [badge.id]);
		const before = countFound((await searchBadges(searcher, { first: 1 })).search);
		await save(zythologist);
		expect(countFound((await searchBadges(searcher, { first: 1 })).search)).toBe(before + 1);
		expect(await found("zythologie")).toContain("Zythologie");
		await runner.commitTransaction();
		await runner.release();
		expect(countFound((await searchBadges(searcher, { first: 1 })).search)).toBe(before);
	});

	test("is not seen when it is rolled back", async () => {
		const runner = writing.createQueryRunner();
		await runner.startTransaction();
		await runner.query(`DELETE FROM "search_document" WHERE "badgeId" = $1`, [badge.id]);
		const before = countFound((await searchBadges(searcher, { first: 1 })).search);
		await runner.rollbackTransaction();
		await runner.release();
		expect(countFound((await searchBadges(searcher, { first: 1 })).search)).toBe(before);
	});

	test("brings new names of institutes and collectives", async () => {
		await writing.query(`UPDATE "harvest" SET "name" = 'Nouveau nom' WHERE "instituteSlug" = $1`, [badge.instituteSlug]);
		const { search } = await searchBadges(searcher, { first: 1 });
		expect(countFacets(reading, search).institutes.find(({ value }) => value === badge.instituteSlug)?.label).toBe("Nouveau nom");
		await writing.query(`INSERT INTO "collective_name" ("id", "name") VALUES ('collectif-0', 'Le premier')`);
		const again = await searchBadges(searcher, { first: 1 });
		expect(countFacets(reading, again.search).collectives.map(({ label }) => label)).toContain("Le premier");
	});
});
