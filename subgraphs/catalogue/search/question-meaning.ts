import type { WeighedText } from "./expand.ts";
import { DIRECTIONS } from "./meanings.ts";
import type { Meanings } from "./near-words.ts";
import { meantRoots, type Term } from "./question.ts";
import { rootOf } from "./roots.ts";
import { labelWords } from "./thesaurus.ts";

/** What is named weighs so much more than the words that name it, where the name fits wholly. */
const NAMED = 3;

/**
 * What a question means, as a unit vector: its words, each by how rare it is, and what it names, by how sure that is (0 to 1).
 * Zeros where no word of either is known.
 */
export function questionMeaning(
	words: Meanings,
	terms: readonly Term[],
	named: readonly WeighedText[],
	sure: number,
	rarityOf: (root: string) => number,
): Float64Array {
	const meaningOf = (roots: readonly string[]) => {
		const sum = new Float64Array(DIRECTIONS);
		for (const root of new Set(roots)) addTo(sum, words.of(root), rarityOf(root));
		return unit(sum);
	};
	const all = new Float64Array(DIRECTIONS);
	for (const { text, weight } of named) addTo(all, meaningOf(labelWords(text).map(rootOf)), weight);
	const whole = meaningOf(terms.flatMap((term) => [...meantRoots(term)]));
	addTo(whole, unit(all), NAMED * sure);
	return unit(whole);
}

function addTo(sum: Float64Array, part: ArrayLike<number> | undefined, weight: number): void {
	if (!part) return;
	for (let index = 0; index < DIRECTIONS; index++) sum[index] = (sum[index] as number) + weight * (part[index] as number);
}

function unit(vector: Float64Array): Float64Array {
	const length = Math.hypot(...vector);
	return length < 1e-9 ? vector : vector.map((value) => value / length);
}

/** Largest component of a vector in whole numbers. */
export const LARGEST = 127;

/** The same direction in whole numbers; null for zeros. */
export function quantised(vector: Float64Array): Int8Array | null {
	const largest = Math.max(...vector.map(Math.abs));
	return largest < 1e-9 ? null : Int8Array.from(vector, (value) => Math.round((value * LARGEST) / largest));
}
