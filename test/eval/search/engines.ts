import MiniSearch, { type SearchOptions } from "minisearch";
import type { DataSource } from "typeorm";
import { createNearWords } from "../../../subgraphs/catalogue/search/near-words.ts";
import { searchBadges } from "../../../subgraphs/catalogue/search/search.ts";
import type { Stems } from "../../../subgraphs/catalogue/search/stems.ts";
import type { EvaluatedBadge } from "./read-tables.ts";

/** Something that answers a question with ids of badges, the best first. */
export interface Engine {
	name: string;
	find(query: string, count: number): Promise<string[]>;
}

/** The catalogue's own search, by the function that answers `searchBadges`. */
export function catalogueEngine(database: DataSource, stems: Stems): Engine {
	const nearWords = createNearWords();
	return {
		name: "hub",
		async find(query, first) {
			const { edges } = await searchBadges({ database, stems, nearWords }, { query, first }, false);
			return edges.map(({ node }) => node.id);
		},
	};
}

/** PostgreSQL's own French configuration over the same texts, all words asked for or any of them. */
export async function postgresEngine(database: DataSource, badges: readonly EvaluatedBadge[], words: "all" | "any"): Promise<Engine> {
	await database.query(`CREATE TABLE IF NOT EXISTS "evaluated" ("id" text PRIMARY KEY, "words" tsvector NOT NULL)`);
	await database.query(
		`INSERT INTO "evaluated" SELECT "id", setweight(to_tsvector('french', "title"), 'A') || setweight(to_tsvector('french', "issuer"), 'B') || setweight(to_tsvector('french', "description"), 'C')
		FROM json_to_recordset($1) AS "row" ("id" text, "title" text, "description" text, "issuer" text) ON CONFLICT DO NOTHING`,
		[JSON.stringify(badges)],
	);
	const question = words === "all" ? `plainto_tsquery('french', $1)` : `(replace(plainto_tsquery('french', $1)::text, '&', '|')::tsquery)`;
	return {
		name: `postgres-french-${words}`,
		async find(query, count) {
			const rows: { id: string }[] = await database.query(
				`SELECT "id" FROM "evaluated", (SELECT ${question} AS "question") AS "asked" WHERE "words" @@ "question" ORDER BY ts_rank("words", "question") DESC, "id" LIMIT $2`,
				[query, count],
			);
			return rows.map(({ id }) => id);
		},
	};
}

/** MiniSearch over the same texts. */
export function miniSearchEngine(name: string, badges: readonly EvaluatedBadge[], options: SearchOptions): Engine {
	const index = new MiniSearch({ fields: ["title", "description", "issuer"] });
	index.addAll(badges.map((badge) => ({ ...badge })));
	return {
		name,
		find: async (query, count) =>
			index
				.search(query, options)
				.slice(0, count)
				.map(({ id }) => id as string),
	};
}
