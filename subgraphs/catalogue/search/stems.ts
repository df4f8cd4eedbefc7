import { LRUCache } from "lru-cache";
import type { EntityManager } from "typeorm";
import { rootOf } from "./roots.ts";
import { plain } from "./words.ts";

/**
 * French stems, by PostgreSQL's own stemmer, accents taken off afterwards: taken off before, `organisée` would no
 * longer be a form of `organiser`.
 */
export interface Stems {
	/** The stem of each word; null for a word too common to count. */
	of(manager: EntityManager, words: Iterable<string>): Promise<ReadonlyMap<string, string | null>>;
	/** All that words are compared by, of each. */
	forms(manager: EntityManager, words: Iterable<string>): Promise<ReadonlyMap<string, WordForms>>;
}

/** What a word is compared by. */
export interface WordForms {
	/** Null for a word too common to count. */
	stem: string | null;
	/** Without accents. */
	bare: string;
	root: string;
}

/** Too common, and missing from PostgreSQL's French list. */
const COMMON = new Set(["les", "cet", "cette", "ces", "plus"]);

export function createStems(remembered = 50_000): Stems {
	const cache = new LRUCache<string, WordForms>({ max: remembered });
	const forms: Stems["forms"] = async (manager, words) => {
		const found = new Map<string, WordForms>();
		const unknown: string[] = [];
		for (const word of new Set(words)) {
			const known = cache.get(word);
			if (known) found.set(word, known);
			else unknown.push(word);
		}
		if (unknown.length === 0) return found;
		const rows: { word: string; lexemes: string[] }[] = await manager.query(
			`SELECT word, ts_lexize('pg_catalog.french_stem', word) AS lexemes FROM unnest($1::text[]) AS word`,
			[unknown],
		);
		for (const { word, lexemes } of rows) {
			const [lexeme] = lexemes;
			const stem = lexeme === undefined || COMMON.has(word) ? null : plain(lexeme);
			const one = { stem, bare: plain(word), root: rootOf(word) };
			cache.set(word, one);
			found.set(word, one);
		}
		return found;
	};
	return {
		forms,
		of: async (manager, words) => new Map([...(await forms(manager, words))].map(([word, { stem }]) => [word, stem])),
	};
}
