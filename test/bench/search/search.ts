import { openCatalogueDatabase } from "../../../subgraphs/catalogue/database.ts";
import { countFacets, countFound } from "../../../subgraphs/catalogue/search/facets.ts";
import { createNearWords } from "../../../subgraphs/catalogue/search/near-words.ts";
import { planTerms } from "../../../subgraphs/catalogue/search/plan.ts";
import { understand } from "../../../subgraphs/catalogue/search/question.ts";
import { readAhead } from "../../../subgraphs/catalogue/search/read-ahead.ts";
import { type Searcher, searchBadges } from "../../../subgraphs/catalogue/search/search.ts";
import { showExcerpt, showName } from "../../../subgraphs/catalogue/search/show-matches.ts";
import { createStems } from "../../../subgraphs/catalogue/search/stems.ts";
import { allOf, termQuery } from "../../../subgraphs/catalogue/search/term-query.ts";
import { commandOptions } from "../../../subgraphs/kit/run.ts";
import { withCatalogueDatabase } from "../../kit/catalogue-database.ts";
import { loadCatalogue } from "./load.ts";
import { writeQueries } from "./texts.ts";

const OPTIONS = { rows: "badge classes (100000)", queries: "different queries (200)" };

/** A page of twenty, as the list of badges shows it. */
const PAGE = 20;
/** So many times the questions that are measured are asked before: a hub that has run for some minutes has compiled what it runs. */
const WARMING = 5;

interface Times {
	p50: number;
	p99: number;
	perSecond: number;
}

/**
 * `npm run bench -- search`: a whole answer (page, total, every facet, highlights; through the functions that the
 * resolvers call) against bare statements on the same table: one tsquery and LIMIT 20, with no order and in that of
 * `ts_rank`. One client and sixteen, rounds in turns; no answer is kept for another. The catalogue keeps postings of
 * words, read ahead at its start, and the badges shown last (see search/postings.ts and shown-badges.ts), PostgreSQL
 * its pages. `memory` is the process's, after all.
 */
export async function benchSearch(words: readonly string[]): Promise<Record<string, unknown>> {
	const options = commandOptions(words, OPTIONS);
	const rows = Number(options.get("rows")?.at(-1) ?? 100_000);
	const queries = writeQueries(Number(options.get("queries")?.at(-1) ?? 200));
	return withCatalogueDatabase(async (address) => {
		const database = await openCatalogueDatabase(address, { poolSize: 16 });
		try {
			const stems = createStems();
			const started = performance.now();
			await loadCatalogue(database, stems, rows);
			process.stdout.write(
				`${rows.toLocaleString("fr")} badge classes indexed in ${((performance.now() - started) / 1000).toFixed(0)} s\n`,
			);
			const nearWords = createNearWords();
			const searcher: Searcher = { database, stems, nearWords };
			const questions = new Map<string, string>();
			for (const query of queries) questions.set(query, await bareQuestion(searcher, query));
			const contenders: Record<string, (query: string) => Promise<unknown>> = {
				answer: (query) => wholeAnswer(searcher, query),
				bare: (query) =>
					database.query(`SELECT "badgeId" FROM "search_document" WHERE "words" @@ $1::tsquery LIMIT ${PAGE}`, [questions.get(query)]),
				ranked: (query) =>
					database.query(
						`SELECT "badgeId" FROM "search_document" WHERE "words" @@ $1::tsquery ORDER BY ts_rank("words", $1::tsquery) DESC LIMIT ${PAGE}`,
						[questions.get(query)],
					),
			};
			const ahead = performance.now();
			await readAhead(database, nearWords);
			const readAheadSeconds = Number(((performance.now() - ahead) / 1000).toFixed(1));
			process.stdout.write(`postings read ahead in ${readAheadSeconds} s\n`);
			// Other questions than those that are measured, for the compiler of this process and the caches of the server.
			const others = writeQueries(WARMING * queries.length, 12);
			for (const query of others) questions.set(query, await bareQuestion(searcher, query));
			for (const run of Object.values(contenders)) await measure(run, others, 4);
			const result: Record<string, unknown> = { rows, queries: queries.length, readAheadSeconds };
			for (const clients of [1, 16]) {
				const times: Record<string, Times> = {};
				for (const [name, run] of Object.entries(contenders)) times[name] = await measure(run, queries, clients);
				result[`clients${clients}`] = { ...times, ratios: ratios(times) };
				for (const [name, one] of Object.entries(times))
					process.stdout.write(
						`${String(clients).padStart(2)} clients  ${name.padEnd(8)} p50 ${one.p50.toFixed(1)} ms  p99 ${one.p99.toFixed(1)} ms  ${one.perSecond.toFixed(0)}/s\n`,
					);
				process.stdout.write(`${JSON.stringify(ratios(times))}\n`);
			}
			const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
			const megabytes = (bytes: number) => Math.round(bytes / 1e6);
			result.memory = { rss: megabytes(rss), heapUsed: megabytes(heapUsed), arrayBuffers: megabytes(arrayBuffers) };
			process.stdout.write(`${JSON.stringify(result.memory)}\n`);
			return result;
		} finally {
			await database.destroy();
		}
	});
}

function ratios({ answer, bare, ranked }: Record<string, Times>): Record<string, number> {
	const ratio = (left: number | undefined, right: number | undefined) => Number(((left ?? 0) / (right || 1)).toFixed(2));
	return {
		p50ToBare: ratio(answer?.p50, bare?.p50),
		p99ToBare: ratio(answer?.p99, bare?.p99),
		p50ToRanked: ratio(answer?.p50, ranked?.p50),
		p99ToRanked: ratio(answer?.p99, ranked?.p99),
	};
}

async function bareQuestion({ database, stems }: Searcher, query: string): Promise<string> {
	const terms = planTerms(await understand(database.manager, stems, query));
	return allOf(terms.map(({ variants }) => termQuery(variants.filter(({ strict }) => strict))).filter((one) => one !== ""));
}

async function wholeAnswer(searcher: Searcher, query: string): Promise<void> {
	const { database, stems } = searcher;
	const { edges, search } = await searchBadges(searcher, { query, first: PAGE }, true);
	countFound(search);
	countFacets(database, search);
	for (const { node } of edges) {
		showName(node);
		await showExcerpt(database.manager, stems, node);
	}
}

/** Every query once, by so many clients at a time. */
async function measure(run: (query: string) => Promise<unknown>, queries: readonly string[], clients: number): Promise<Times> {
	const times: number[] = [];
	const waiting = [...queries];
	const started = performance.now();
	await Promise.all(
		Array.from({ length: clients }, async () => {
			for (let query = waiting.pop(); query !== undefined; query = waiting.pop()) {
				const from = performance.now();
				await run(query);
				times.push(performance.now() - from);
			}
		}),
	);
	const seconds = (performance.now() - started) / 1000;
	times.sort((left, right) => left - right);
	const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] as number;
	return { p50: at(0.5), p99: at(0.99), perSecond: times.length / seconds };
}
