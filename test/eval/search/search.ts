import path from "node:path";
import { openCatalogueDatabase } from "../../../subgraphs/catalogue/database.ts";
import { createStems } from "../../../subgraphs/catalogue/search/stems.ts";
import { storeThesaurus } from "../../../subgraphs/catalogue/search/thesaurus.ts";
import { commandOptions } from "../../../subgraphs/kit/run.ts";
import { withCatalogueDatabase } from "../../kit/catalogue-database.ts";
import { catalogueEngine, type Engine, miniSearchEngine, postgresEngine } from "./engines.ts";
import { loadBadges } from "./load-catalogue.ts";
import { mean, ndcg, recall } from "./measures.ts";
import { type EvaluatedBadge, type Judgment, readTsv } from "./read-tables.ts";
import { readRome } from "./rome.ts";

const DATA = "../shared/data";
const OPTIONS = {
	judgments: `graded judgments (${DATA}/search/judgments.tsv)`,
	badges: `the badges that are searched (${DATA}/badges/french_badges.tsv)`,
	rome: `folder of the ROME archive (${DATA}/rome)`,
	verbose: "yes: also what each query found",
};

interface Figures {
	ndcg10: number;
	recall20: number;
	zeroResultRate: number;
}

/**
 * `npm run eval -- search`: how well the catalogue's search answers graded queries, against PostgreSQL's French
 * configuration as it comes and MiniSearch, on the same badges. Judged are badges; the jobs and competencies among the
 * judgments are left to the referential's own search.
 */
export async function evaluateSearch(words: readonly string[]): Promise<Record<string, unknown>> {
	const options = commandOptions(words, OPTIONS);
	const option = (name: string, standard: string) => path.resolve(options.get(name)?.at(-1) ?? standard);
	const badges = readTsv(option("badges", `${DATA}/badges/french_badges.tsv`), ["badge_id", "title", "description", "issuer"]).map(
		(row): EvaluatedBadge => ({
			id: row.badge_id as string,
			title: row.title as string,
			description: row.description as string,
			issuer: row.issuer as string,
		}),
	);
	const judgments = readTsv(option("judgments", `${DATA}/search/judgments.tsv`), ["query", "target_type", "target_id", "grade"])
		.map(
			(row): Judgment => ({
				query: row.query as string,
				targetType: row.target_type as string,
				targetId: row.target_id as string,
				grade: Number(row.grade),
			}),
		)
		.filter(({ targetType }) => targetType === "badge");
	const thesaurus = readRome(option("rome", `${DATA}/rome`));
	const queries = [...new Set(judgments.map(({ query }) => query))];
	const gradesOf = (query: string) =>
		new Map(judgments.filter((one) => one.query === query).map(({ targetId, grade }) => [targetId, grade]));
	process.stdout.write(
		`${queries.length} queries, ${judgments.length} judgments, ${badges.length} badges; ${thesaurus.jobs.length} jobs and ${thesaurus.competencies.length} competencies as thesaurus\n`,
	);
	return withCatalogueDatabase(async (address) => {
		const database = await openCatalogueDatabase(address);
		const stems = createStems();
		await storeThesaurus(database, stems, thesaurus);
		await loadBadges(database, stems, badges);
		const engines = [
			catalogueEngine(database, stems),
			await postgresEngine(database, badges, "all"),
			await postgresEngine(database, badges, "any"),
			miniSearchEngine("minisearch", badges, {}),
			miniSearchEngine("minisearch-fuzzy-prefix", badges, { fuzzy: 0.2, prefix: true }),
		];
		const figures: Record<string, Figures> = {};
		process.stdout.write(`${"".padEnd(26)}nDCG@10  recall@20  without result\n`);
		for (const engine of engines) {
			const result = await judge(
				engine,
				queries,
				gradesOf,
				options.get("verbose")?.at(-1) === "yes" ? new Map(badges.map((one) => [one.id, one.title])) : undefined,
			);
			figures[engine.name] = result;
			process.stdout.write(
				`${engine.name.padEnd(26)}${result.ndcg10.toFixed(3).padStart(7)}${result.recall20.toFixed(3).padStart(11)}${`${(100 * result.zeroResultRate).toFixed(0)} %`.padStart(16)}\n`,
			);
		}
		await database.destroy();
		return { queries: queries.length, engines: figures };
	});
}

async function judge(
	engine: Engine,
	queries: readonly string[],
	gradesOf: (query: string) => Map<string, number>,
	titles: ReadonlyMap<string, string> | undefined,
): Promise<Figures> {
	const each: { ndcg: number; recall: number; found: number }[] = [];
	for (const query of queries) {
		const answers = await engine.find(query, 20);
		const grades = gradesOf(query);
		each.push({ ndcg: ndcg(answers, grades), recall: recall(answers, grades), found: answers.length });
		if (titles) {
			process.stdout.write(`\n${engine.name} « ${query} » ${ndcg(answers, grades).toFixed(3)}\n`);
			for (const id of answers.slice(0, 10)) process.stdout.write(`  ${grades.get(id) ?? "-"} ${id} ${titles.get(id)}\n`);
			for (const [id, grade] of grades)
				if (grade > 0 && !answers.slice(0, 10).includes(id))
					process.stdout.write(`    missing ${grade} ${id} ${titles.get(id)} (place ${answers.indexOf(id) + 1})\n`);
		}
	}
	const round = (value: number) => Number(value.toFixed(4));
	return {
		ndcg10: round(mean(each.map((one) => one.ndcg))),
		recall20: round(mean(each.map((one) => one.recall))),
		zeroResultRate: round(mean(each.map((one) => (one.found === 0 ? 1 : 0)))),
	};
}
