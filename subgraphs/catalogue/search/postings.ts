import { LRUCache } from "lru-cache";
import type { DataSource } from "typeorm";
import { type IndexMemory, memoryOf } from "./index-memory.ts";
import { quoteLexeme } from "./lexemes.ts";
import { WEIGHTS } from "./ts-vector.ts";

/** Badges that hold a lexeme, or what begins with it. */
export interface Posting {
	slots: Uint32Array;
	/** PostgreSQL's `ts_rank` of each, times {@link RANK_SCALE}; negative where its name holds the lexeme. */
	ranks: Int16Array;
}

/** Ranks of words lie between 0.1 and 1; those of beginnings of words may add up to more. */
export const RANK_SCALE = 8192;
const HIGHEST_RANK = 0x7fff;

export interface KeptPosting extends Posting {
	/** Slots that were there when it was read. */
	upTo: number;
}

/** A lexeme that is looked for. */
export interface Sought {
	lexeme: string;
	prefix: boolean;
}

/** Bytes of postings that are kept, those used last; a posting of 20 000 badges takes 120 kB. */
const KEPT = 384 * 1024 * 1024;
/** Bytes of those that may be read ahead. */
export const ROOM = 0.8 * KEPT;

type Kept = LRUCache<string, KeptPosting>;
const caches = new WeakMap<IndexMemory, { generation: number; kept: Kept }>();

/** Bytes that a posting takes. */
export function sizeOf(badges: number): number {
	return 300 + 6 * badges;
}

/** What is kept of an index, empty after its slots were numbered anew. */
export function keptOf(memory: IndexMemory): { generation: number; kept: Kept } {
	let cache = caches.get(memory);
	if (!cache || cache.generation !== memory.generation) {
		cache = {
			generation: memory.generation,
			kept: new LRUCache({ maxSize: KEPT, sizeCalculation: ({ slots }) => sizeOf(slots.length) }),
		};
		caches.set(memory, cache);
	}
	return cache;
}

/**
 * The postings of some lexemes, ranked by PostgreSQL, in one statement at most for those that are not in memory, and
 * one for badges that came or changed since. Returns how to look one up by {@link Sought}.
 */
export async function readPostings(database: DataSource, wanted: readonly Sought[]): Promise<(sought: Sought) => Posting> {
	const memory = memoryOf(database);
	const cache = keptOf(memory);
	const { kept } = cache;
	const prefixes = new Map<string, string[]>();
	const lexemes = new Set<string>();
	for (const { lexeme, prefix } of wanted)
		if (!prefix) lexemes.add(lexeme);
		else if (kept.get(`${lexeme}*`)?.upTo !== memory.size) {
			const words = memory.wordsFrom(lexeme);
			prefixes.set(lexeme, words);
			for (const word of words) lexemes.add(word);
		}
	const found = new Map<string, KeptPosting>();
	const put = (key: string, posting: KeptPosting) => {
		found.set(key, posting);
		kept.set(key, posting);
	};
	const [missing, behind]: string[][] = [[], []];
	const upTo = memory.size;
	for (const lexeme of lexemes) {
		const posting = kept.get(lexeme);
		if (posting) found.set(lexeme, posting);
		if (!posting) missing?.push(lexeme);
		else if (posting.upTo < upTo) behind?.push(lexeme);
	}
	const since = (behind ?? []).reduce((least, key) => Math.min(least, (found.get(key) as KeptPosting).upTo), upTo);
	await Promise.all([
		read(database, missing ?? [], null).then((answers) => {
			for (const [key, bytes] of answers) put(key, { ...decode(memory, bytes, 0), upTo });
		}),
		read(database, behind ?? [], memory.numbers.slice(since, upTo)).then((answers) => {
			for (const [key, bytes] of answers) {
				const before = found.get(key) as KeptPosting;
				put(key, { ...joined(before, decode(memory, bytes, before.upTo)), upTo });
			}
		}),
	]);
	// Slots were numbered anew meanwhile, by another question: what was read names badges by the old ones.
	if (memory.generation !== cache.generation) return readPostings(database, wanted);
	for (const [prefix, words] of prefixes)
		put(`${prefix}*`, {
			...united(
				words.map((word) => found.get(word) as Posting),
				upTo,
			),
			upTo,
		});
	return ({ lexeme, prefix }) => (prefix ? (found.get(`${lexeme}*`) ?? kept.get(`${lexeme}*`)) : found.get(lexeme)) as Posting;
}

async function read(database: DataSource, lexemes: readonly string[], numbers: readonly number[] | null): Promise<[string, Buffer][]> {
	if (lexemes.length === 0) return [];
	const rows: { lexeme: string; found: Buffer | null }[] = await database.query(
		// Queries are read from text once each, before the rows they find.
		`SELECT "lexeme", (
			SELECT string_agg(int4send("number") || int2send((least(${HIGHEST_RANK}, ${RANK_SCALE} * ts_rank('{${WEIGHTS.join(", ")}}', "words", "query")) * CASE WHEN "words" @@ "named" THEN -1 ELSE 1 END)::smallint), ''::bytea)
			FROM "search_document" WHERE "words" @@ "query" ${numbers === null ? "" : `AND "number" = ANY ($3)`}
		) AS "found" FROM (
			SELECT "lexeme", "quoted"::tsquery AS "query", ("quoted" || ':A')::tsquery AS "named"
			FROM unnest($1::text[], $2::text[]) AS "asked" ("lexeme", "quoted") OFFSET 0
		) AS "asked"`,
		[lexemes, lexemes.map(quoteLexeme), ...(numbers === null ? [] : [numbers])],
	);
	return rows.map((row) => [row.lexeme, row.found ?? Buffer.alloc(0)]);
}

/** Bytes of one badge: its number, and its rank. */
const WIDTH = 6;

/** Rows that have not been taken in yet are left out. */
function decode(memory: IndexMemory, bytes: Buffer, from: number): Posting {
	const slots = new Uint32Array(bytes.length / WIDTH);
	const ranks = new Int16Array(slots.length);
	let length = 0;
	for (let at = 0; at < bytes.length; at += WIDTH) {
		const slot = memory.slots.get(bytes.readInt32BE(at));
		if (slot === undefined || slot < from) continue;
		slots[length] = slot;
		ranks[length++] = bytes.readInt16BE(at + 4);
	}
	return { slots: slots.slice(0, length), ranks: ranks.slice(0, length) };
}

function joined(before: Posting, more: Posting): Posting {
	const slots = new Uint32Array(before.slots.length + more.slots.length);
	const ranks = new Int16Array(slots.length);
	slots.set(before.slots);
	slots.set(more.slots, before.slots.length);
	ranks.set(before.ranks);
	ranks.set(more.ranks, before.slots.length);
	return { slots, ranks };
}

/** Badges that hold any of some words. PostgreSQL adds up the ranks of all words that a beginning stands for, too. */
function united(postings: readonly Posting[], size: number): Posting {
	const [only] = postings;
	if (only && postings.length === 1) return only;
	const ranks = new Int32Array(size);
	const named = new Uint8Array(size);
	const slots: number[] = [];
	for (const posting of postings)
		for (let index = 0; index < posting.slots.length; index++) {
			const slot = posting.slots[index] as number;
			const rank = posting.ranks[index] as number;
			if (ranks[slot] === 0) slots.push(slot);
			ranks[slot] = (ranks[slot] as number) + Math.abs(rank);
			if (rank < 0) named[slot] = 1;
		}
	const rankOf = (slot: number) => Math.min(HIGHEST_RANK, ranks[slot] as number) * (named[slot] ? -1 : 1);
	return { slots: Uint32Array.from(slots), ranks: Int16Array.from(slots, rankOf) };
}
