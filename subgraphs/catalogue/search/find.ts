import type { DataSource } from "typeorm";
import { type Expansion, expand } from "./expand.ts";
import type { NearWords } from "./near-words.ts";
import { type Plan, planSql, planTerms } from "./plan.ts";
import type { Question } from "./question.ts";
import type { Stems } from "./stems.ts";

/** From so many badges that hold every word on, nothing else is looked for. */
const ENOUGH = 20;
const PLENTY = 500;
/** A word that more badges hold is not looked for by itself, where another is rarer: it would say little, and take long. */
const COMMON = 4000;
/** Of so many of the best, the words are taken for more of the same. */
const MOST_BEST = 5;

/** Decides how a question is answered. Independent of the filters, so that choosing one never changes what kind of answer is given. */
export async function planSearch(
	database: DataSource,
	stems: Stems,
	nearWords: NearWords,
	question: Question | undefined,
	retired: boolean,
): Promise<{ plan: Plan; expansions: Expansion[] }> {
	if (!question) return { plan: { mode: "LIST" }, expansions: [] };
	const terms = planTerms(question);
	const { folded } = question;
	const all: Plan = { mode: "ALL", folded, terms };
	const [only] = question.terms;
	// One frequent word needs no counting: some of its badges are retired, not all.
	const isPlenty = question.terms.length === 1 && only !== undefined && only.badges >= PLENTY;
	if (terms.length === question.terms.length && (isPlenty || (await count(database, all, retired)) >= ENOUGH))
		return { plan: all, expansions: [] };
	const { manager } = database;
	const rarest = Math.min(...question.terms.map(({ badges }) => badges));
	const telling = planTerms({ ...question, terms: question.terms.filter(({ badges }) => badges <= Math.max(COMMON, rarest)) });
	const best = await bestOf(database, { mode: "WIDE", folded, terms: telling, expansions: [] }, retired);
	const expansions = await expand(manager, stems, nearWords, question.terms, best);
	return {
		plan: { mode: "WIDE", folded, terms: telling, expansions: expansions.map(({ lexeme, weight }) => ({ lexeme, weight })) },
		expansions,
	};
}

async function count(database: DataSource, plan: Plan, retired: boolean): Promise<number> {
	const parameters: unknown[] = [];
	const { where } = planSql(plan, (value) => `$${parameters.push(value)}`);
	// Only the condition's parameter, which comes first, is of use.
	const [row] = await database.query(
		`SELECT count(*)::integer AS "count" FROM (SELECT FROM "search_document" WHERE ${where} ${retired ? "" : `AND NOT "retired"`} LIMIT ${ENOUGH}) AS "some"`,
		parameters.slice(0, 1),
	);
	return (row as { count: number }).count;
}

async function bestOf(database: DataSource, plan: Plan, retired: boolean): Promise<{ name: string; description: string; score: number }[]> {
	const parameters: unknown[] = [];
	const { score, where } = planSql(plan, (value) => `$${parameters.push(value)}`);
	const rows: { name: string; description: string; score: number }[] = await database.query(
		`SELECT "name", "description", "score" FROM (
			SELECT "badgeId", ${score} AS "score" FROM "search_document" WHERE ${where} ${retired ? "" : `AND NOT "retired"`} ORDER BY 2 DESC, "nameCursor" LIMIT ${MOST_BEST}
		) AS "best" JOIN "badge" ON "id" = "badgeId" ORDER BY "score" DESC, "nameCursor"`,
		parameters,
	);
	return rows.filter((row) => row.score >= WHOLE_POINTS).map((row) => ({ ...row, score: Math.min(1, (row.score - WHOLE_POINTS) / 1e6) }));
}

/** Only badges that hold every word say what else the question is about. */
const WHOLE_POINTS = 10e6;
