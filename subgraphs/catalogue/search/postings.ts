import { LRUCache } from "lru-cache";
import type { DataSource } from "typeorm";
import { type IndexMemory, memoryOf } from "./index-memory.ts";
import { quoteLexeme } from "./lexemes.ts";

/** Badges that hold a lexeme, or what begins with it. */
export interface Posting {
	slots: Uint32Array;
	/** PostgreSQL's `ts_rank` of each, negative where its name holds the lexeme. */
	ranks: Float32Array;
}

interface KeptPosting extends Posting {
	/** Slots that were there when it was read. */
	upTo: number;
}

/** A lexeme that is looked for. */
export interface Sought {
	lexeme: string;
	prefix: boolean;
}

/** Share of what a word in the name is worth: in criteria, descriptions, tags and issuers, names. */
const WEIGHTS = "'{0.2, 0.45, 0.4, 1}'::real[]";
/** Bytes of postings that are kept, those used last; a posting of 20 000 badges takes 160 kB. */
const KEPT = 96 * 1024 * 1024;

const caches = new WeakMap<IndexMemory, { generation: number; kept: LRUCache<string, KeptPosting> }>();

/**
 * The postings of some lexemes, ranked by PostgreSQL, in one statement at most for those that are not in memory, and
 * one for badges that came or changed since. Returns how to look one up by {@link Sought}.
 */
export async function readPostings(database: DataSource, wanted: readonly Sought[]): Promise<(sought: Sought) => Posting> {
	const memory = memoryOf(database);
	let cache = caches.get(memory);
	if (!cache || cache.generation !== memory.generation) {
		cache = {
			generation: memory.generation,
			kept: new LRUCache({ maxSize: KEPT, sizeCalculation: ({ slots }) => 200 + 8 * slots.length }),
		};
		caches.set(memory, cache);
	}
	const { kept } = cache;
	const found = new Map<string, KeptPosting>();
	const [missing, behind]: string[][] = [[], []];
	const upTo = memory.size;
	for (const key of new Set(wanted.map(queryOf))) {
		const posting = kept.get(key);
		if (posting) found.set(key, posting);
		if (!posting) missing?.push(key);
		else if (posting.upTo < upTo) behind?.push(key);
	}
	const put = (key: string, posting: KeptPosting) => {
		found.set(key, posting);
		kept.set(key, posting);
	};
	const since = Math.min(upTo, ...(behind ?? []).map((key) => (found.get(key) as KeptPosting).upTo));
	await Promise.all([
		read(database, missing ?? [], null).then((answers) => {
			for (const [key, bytes] of answers) put(key, { ...decode(memory, bytes, 0), upTo });
		}),
		read(database, behind ?? [], memory.numbers.slice(since, upTo)).then((answers) => {
			for (const [key, bytes] of answers) {
				const before = found.get(key) as KeptPosting;
				const more = decode(memory, bytes, before.upTo);
				const slots = new Uint32Array(before.slots.length + more.slots.length);
				const ranks = new Float32Array(slots.length);
				slots.set(before.slots);
				slots.set(more.slots, before.slots.length);
				ranks.set(before.ranks);
				ranks.set(more.ranks, before.slots.length);
				put(key, { slots, ranks, upTo });
			}
		}),
	]);
	// Slots were numbered anew meanwhile, by another question: what was read names badges by the old ones.
	if (memory.generation !== cache.generation) return readPostings(database, wanted);
	return (sought) => found.get(queryOf(sought)) as Posting;
}

function queryOf({ lexeme, prefix }: Sought): string {
	return quoteLexeme(lexeme) + (prefix ? ":*" : "");
}

async function read(database: DataSource, queries: readonly string[], numbers: readonly number[] | null): Promise<[string, Buffer][]> {
	if (queries.length === 0) return [];
	const rows: { query: string; found: Buffer | null }[] = await database.query(
		`SELECT "query", (
			SELECT string_agg(int4send("number") || float4send((ts_rank(${WEIGHTS}, "words", "query"::tsquery) * CASE WHEN "words" @@ "named"::tsquery THEN -1 ELSE 1 END)::real), ''::bytea)
			FROM "search_document" WHERE "words" @@ "query"::tsquery ${numbers === null ? "" : `AND "number" = ANY ($3)`}
		) AS "found" FROM unnest($1::text[], $2::text[]) AS "asked" ("query", "named")`,
		[queries, queries.map((query) => (query.endsWith(":*") ? `${query}A` : `${query}:A`)), ...(numbers === null ? [] : [numbers])],
	);
	return rows.map((row) => [row.query, row.found ?? Buffer.alloc(0)]);
}

/** Rows that have not been taken in yet are left out. */
function decode(memory: IndexMemory, bytes: Buffer, from: number): Posting {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const slots = new Uint32Array(bytes.length / 8);
	const ranks = new Float32Array(bytes.length / 8);
	let length = 0;
	for (let at = 0; at < bytes.length; at += 8) {
		const slot = memory.slots.get(view.getInt32(at));
		if (slot === undefined || slot < from) continue;
		slots[length] = slot;
		ranks[length++] = view.getFloat32(at + 4);
	}
	return { slots: slots.slice(0, length), ranks: ranks.slice(0, length) };
}
