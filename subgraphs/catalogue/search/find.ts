import type { DataSource } from "typeorm";
import { bestPlaces } from "./best-places.ts";
import { type Expansion, expand } from "./expand.ts";
import { type Matches, matchPlan } from "./match-plan.ts";
import type { NearWords } from "./near-words.ts";
import { type Plan, planTerms } from "./plan.ts";
import type { Question } from "./question.ts";
import type { Stems } from "./stems.ts";

/** From so many badges that hold every word on, nothing else is looked for. */
const ENOUGH = 20;
const PLENTY = 500;
/** A word that more badges hold is not looked for by itself, where another is rarer: it would say little, and take long. */
const COMMON = 4000;
/** Of so many of the best, the words are taken for more of the same. */
const MOST_BEST = 5;

/** Decides how a question is answered; with what that found, where it had to be looked for. Independent of the filters, so that choosing one never changes what kind of answer is given. */
export async function planSearch(
	database: DataSource,
	stems: Stems,
	nearWords: NearWords,
	question: Question | undefined,
	retired: boolean,
): Promise<{ plan: Plan; expansions: Expansion[]; matches?: Matches }> {
	if (!question) return { plan: { mode: "LIST" }, expansions: [] };
	const terms = planTerms(question);
	const { folded } = question;
	const all: Plan = { mode: "ALL", folded, terms };
	const [only] = question.terms;
	// One frequent word needs no counting: some of its badges are retired, not all.
	const isPlenty = question.terms.length === 1 && only !== undefined && only.badges >= PLENTY;
	if (terms.length === question.terms.length) {
		if (isPlenty) return { plan: all, expansions: [] };
		const matches = await matchPlan(database, nearWords, all, retired);
		if (matches.slots.length >= ENOUGH) return { plan: all, expansions: [], matches };
	}
	const { manager } = database;
	const rarest = Math.min(...question.terms.map(({ badges }) => badges));
	const telling = planTerms({ ...question, terms: question.terms.filter(({ badges }) => badges <= Math.max(COMMON, rarest)) });
	const words = await nearWords.meanings(database);
	const best = await bestOf(database, nearWords, { mode: "WIDE", folded, terms: telling, expansions: [], meaning: null }, retired);
	const { expansions, meaning } = await expand(manager, stems, words, question, best);
	return {
		plan: { mode: "WIDE", folded, terms: telling, expansions: expansions.map(({ lexeme, weight }) => ({ lexeme, weight })), meaning },
		expansions,
	};
}

async function bestOf(
	database: DataSource,
	nearWords: NearWords,
	plan: Plan,
	retired: boolean,
): Promise<{ name: string; description: string; score: number }[]> {
	const matches = await matchPlan(database, nearWords, plan, retired);
	const best = bestPlaces(matches, Uint32Array.from(matches.slots.keys()), MOST_BEST, undefined).filter(
		({ score }) => score >= WHOLE_POINTS,
	);
	if (best.length === 0) return [];
	const rows: { id: string; name: string; description: string }[] = await database.query(
		`SELECT "id", "name", "description" FROM "badge" WHERE "id" = ANY ($1)`,
		[best.map(({ slot }) => matches.memory.badgeIds[slot])],
	);
	const texts = new Map(rows.map((row) => [row.id, row]));
	return best.flatMap(({ slot, score }) => {
		const row = texts.get(matches.memory.badgeIds[slot] as string);
		return row ? [{ name: row.name, description: row.description, score: Math.min(1, (score - WHOLE_POINTS) / 1e6) }] : [];
	});
}

/** Only badges that hold every word say what else the question is about. */
const WHOLE_POINTS = 10e6;
