import { LRUCache } from "lru-cache";
import type { EntityManager } from "typeorm";
import { plain } from "./words.ts";

/**
 * French stems, by PostgreSQL's own stemmer, accents taken off afterwards: taken off before, `organisée` would no
 * longer be a form of `organiser`.
 */
export interface Stems {
	/** The stem of each word; null for a word too common to count. */
	of(manager: EntityManager, words: Iterable<string>): Promise<ReadonlyMap<string, string | null>>;
}

/** Too common, and missing from PostgreSQL's French list. */
const COMMON = new Set(["les", "cet", "cette", "ces", "plus"]);

export function createStems(remembered = 50_000): Stems {
	const cache = new LRUCache<string, { stem: string | null }>({ max: remembered });
	return {
		async of(manager, words) {
			const stems = new Map<string, string | null>();
			const unknown: string[] = [];
			for (const word of new Set(words)) {
				const known = cache.get(word);
				if (known) stems.set(word, known.stem);
				else unknown.push(word);
			}
			if (unknown.length === 0) return stems;
			const rows: { word: string; lexemes: string[] }[] = await manager.query(
				`SELECT word, ts_lexize('pg_catalog.french_stem', word) AS lexemes FROM unnest($1::text[]) AS word`,
				[unknown],
			);
			for (const { word, lexemes } of rows) {
				const [lexeme] = lexemes;
				const stem = lexeme === undefined || COMMON.has(word) ? null : plain(lexeme);
				cache.set(word, { stem });
				stems.set(word, stem);
			}
			return stems;
		},
	};
}
