import type { DataSource } from "typeorm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCatalogueDatabase } from "../../../subgraphs/catalogue/database.ts";
import { memoryOf } from "../../../subgraphs/catalogue/search/index-memory.ts";
import { createNearWords } from "../../../subgraphs/catalogue/search/near-words.ts";
import { keptOf, RANK_SCALE, readPostings } from "../../../subgraphs/catalogue/search/postings.ts";
import { readAhead } from "../../../subgraphs/catalogue/search/read-ahead.ts";
import { createStems } from "../../../subgraphs/catalogue/search/stems.ts";
import { readVector } from "../../../subgraphs/catalogue/search/ts-vector.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { loadCatalogue } from "../../bench/search/load.ts";
import { freshSchemas } from "../../kit/database.ts";

let database: DataSource;

beforeAll(async () => {
	database = await openCatalogueDatabase((await freshSchemas(["catalogue"])).get("catalogue") as DatabaseAddress);
	await loadCatalogue(database, createStems(), 600);
}, 60_000);

afterAll(() => database.destroy());

test("a word's rank is the one that PostgreSQL gives it", async () => {
	const rows: { words: Buffer; ranks: Record<string, number> }[] = await database.query(
		`SELECT tsvectorsend("words") AS "words", (
			SELECT json_object_agg("lexeme", ts_rank('{0.2, 0.45, 0.4, 1}', "words", ('''' || replace(replace("lexeme", '\\', '\\\\'), '''', '''''') || '''')::tsquery))
			FROM unnest(tsvector_to_array("words")) AS "lexeme"
		) AS "ranks" FROM "search_document" ORDER BY "number" LIMIT 60`,
	);
	for (const { words, ranks } of rows) {
		const read = new Map<string, number>();
		readVector(words, (lexeme, rank) => read.set(lexeme, rank));
		expect([...read.keys()].sort()).toEqual(Object.keys(ranks).sort());
		for (const [lexeme, rank] of read) expect(rank).toBeCloseTo(ranks[lexeme] as number, 5);
	}
});

test("postings read ahead are those that are read when a word is asked for", async () => {
	const memory = memoryOf(database);
	await memory.loaded();
	const wanted = [...memory.vocabulary]
		.filter(([lexeme, { badges }]) => lexeme !== "" && badges >= 20)
		.map(([lexeme]) => ({ lexeme, prefix: false }));
	expect(wanted.length).toBeGreaterThan(500);
	const told = async () => {
		const postings = await readPostings(database, wanted);
		return wanted.map((sought) => {
			const { slots, ranks } = postings(sought);
			return [
				sought.lexeme,
				[...slots].map((slot, index) => [slot, ranks[index] as number]).sort(([left], [right]) => (left as number) - (right as number)),
			] as const;
		});
	};
	const asked = await told();
	keptOf(memory).kept.clear();
	await readAhead(database, createNearWords());
	expect(keptOf(memory).kept.size).toBe(wanted.length);
	// Each is one number in 8192, rounded here and there from 32 and from 64 bits.
	for (const [index, [lexeme, ahead]] of (await told()).entries()) {
		const [, read] = asked[index] as (typeof asked)[number];
		expect(
			ahead.map(([slot]) => slot),
			lexeme,
		).toEqual(read.map(([slot]) => slot));
		for (const [place, [, rank]] of ahead.entries())
			expect(Math.abs((rank as number) - (read[place]?.[1] as number)) / RANK_SCALE).toBeLessThan(2 / RANK_SCALE);
	}
});

test("reading ahead ends when it is told to", async () => {
	const memory = memoryOf(database);
	keptOf(memory).kept.clear();
	await readAhead(database, createNearWords(), AbortSignal.abort());
	expect(keptOf(memory).kept.size).toBe(0);
});
