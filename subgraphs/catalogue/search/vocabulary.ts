import type { EntityManager } from "typeorm";
import { editDistance } from "./edit-distance.ts";
import { memoryOf } from "./index-memory.ts";

/** How often lexemes are in badges and in labels of the thesaurus: kept by the database, read here. */

export interface Frequency {
	badges: number;
	labels: number;
}

export interface Frequencies {
	of(lexeme: string): Frequency;
	/** Rarity among badges, or among labels, from about 0 for what is everywhere. */
	rarity(lexeme: string, among: "badges" | "labels"): number;
}

const NONE: Frequency = { badges: 0, labels: 0 };

/** The frequencies of all lexemes, as this process has last read them. */
export async function frequencies(manager: EntityManager): Promise<Frequencies> {
	const memory = memoryOf(manager.connection);
	await memory.loaded();
	const known = memory.vocabulary;
	const total = known.get("") ?? NONE;
	return {
		of: (lexeme) => known.get(lexeme) ?? NONE,
		rarity: (lexeme, among) => inverseFrequency(known.get(lexeme)?.[among] ?? 0, total[among]),
	};
}

/** As in BM25; never negative. */
function inverseFrequency(holding: number, all: number): number {
	return Math.log(1 + (Math.max(all, holding) - holding + 0.5) / (holding + 0.5));
}

/** A word that may have been meant. */
export interface Correction {
	word: string;
	/** Between 0 and 1: how much of what was typed stays. */
	likeness: number;
}

/** Shorter words have too many neighbours. */
const SHORTEST = 4;

/** What may have been meant by a plain word that no badge and no label holds: the nearest words, the most frequent first. */
export async function correct(manager: EntityManager, word: string): Promise<Correction[]> {
	if (word.length < SHORTEST || /\d/.test(word)) return [];
	const rows: ({ lexeme: string } & Frequency)[] = await manager.query(
		`SELECT "lexeme", "badges", "labels" FROM "vocabulary"
		WHERE "lexeme" % $1 AND "lexeme" ~ '^[a-z]' AND ("badges" > 0 OR "labels" > 0) ORDER BY similarity("lexeme", $1) DESC, "lexeme" LIMIT 60`,
		[word],
	);
	const most = word.length < 6 ? 1 : word.length < 10 ? 2 : 3;
	return rows
		.map(({ lexeme, badges, labels }) => ({ lexeme, badges, labels, distance: editDistance(word, lexeme, most) }))
		.filter(({ distance, lexeme }) => distance <= most && (distance < 2 || lexeme[0] === word[0]))
		.sort(
			(left, right) =>
				left.distance - right.distance ||
				Number(right.badges > 0) - Number(left.badges > 0) ||
				right.badges + right.labels / 100 - (left.badges + left.labels / 100) ||
				(left.lexeme < right.lexeme ? -1 : 1),
		)
		.slice(0, 3)
		.map(({ lexeme, distance }) => ({ word: lexeme, likeness: 1 - distance / Math.max(word.length, lexeme.length) }));
}
