import type { DataSource } from "typeorm";
import { type IndexMemory, memoryOf } from "./index-memory.ts";
import { ROOT_MARK } from "./lexemes.ts";
import { DIRECTIONS } from "./meanings.ts";
import type { Meanings } from "./near-words.ts";
import { LARGEST } from "./question-meaning.ts";
import { readVector } from "./ts-vector.ts";
import { frequencies } from "./vocabulary.ts";

/**
 * What badges mean: the sum of what their words mean, by how rare each is in the thesaurus and how much the badge makes of it. Worked
 * out of what the index holds of a badge, when it is first asked for, and kept in this process beside the index.
 */
export interface BadgeMeanings {
	/** Works out those that are not known yet. */
	learn(slots: ArrayLike<number>): Promise<void>;
	/** Those of `slots` that are not known yet. */
	unknown(slots: ArrayLike<number>): number[];
	/** Takes a badge from a reading of many, in which `read` tells each of its lexemes with its rank. */
	add(slot: number, read: (tell: (lexeme: string, rank: number) => void) => void): void;
	/** Likeness with a meaning, between 0 and 1; 0 where either is not known. */
	likeness(slot: number, meaning: Int8Array): number;
}

/** Rows that are read in one statement. */
const PAGE = 500;

interface Word {
	vector: Float32Array;
	rarity: number;
}

interface Kept {
	generation: number;
	digest: string;
	meanings: BadgeMeanings;
}

const kept = new WeakMap<IndexMemory, Kept>();

/** The meanings of the badges that are in memory now, by the words of one thesaurus. */
export async function badgeMeanings(database: DataSource, words: Meanings): Promise<BadgeMeanings> {
	const memory = memoryOf(database);
	const rarities = await frequencies(database.manager);
	const known = kept.get(memory);
	if (known && known.generation === memory.generation && known.digest === words.digest) return known.meanings;
	const meanings = new Learned(database, memory, words, (root) => rarities.rarity(ROOT_MARK + root, "labels"));
	kept.set(memory, { generation: memory.generation, digest: words.digest, meanings });
	return meanings;
}

class Learned implements BadgeMeanings {
	private vectors = new Int8Array(0);
	/** 0 where a badge is not known yet; negative where none of its words is. */
	private scales = new Float32Array(0);
	/** How many badges are known. */
	private count = 0;
	private readonly sum = new Float64Array(DIRECTIONS);
	private readonly generation: number;
	/** By root with its mark; null for those that the thesaurus does not know. */
	private readonly known = new Map<string, Word | null>();

	constructor(
		private readonly database: DataSource,
		private readonly memory: IndexMemory,
		private readonly words: Meanings,
		private readonly rarityOf: (root: string) => number,
	) {
		this.generation = memory.generation;
	}

	unknown(slots: ArrayLike<number>): number[] {
		const missing: number[] = [];
		if (this.count === this.memory.size) return missing;
		for (let index = 0; index < slots.length; index++) if (!this.scales[slots[index] as number]) missing.push(slots[index] as number);
		return missing;
	}

	async learn(slots: ArrayLike<number>): Promise<void> {
		const missing = this.unknown(slots);
		for (let first = 0; first < missing.length; first += PAGE) {
			const page = new Map(missing.slice(first, first + PAGE).map((slot) => [this.memory.numbers[slot] as number, slot]));
			const rows: { number: number; words: Buffer }[] = await this.database.query(
				`SELECT "number", tsvectorsend("words") AS "words" FROM "search_document" WHERE "number" = ANY ($1)`,
				[[...page.keys()]],
			);
			if (this.memory.generation !== this.generation) return;
			for (const { number, words } of rows) this.add(page.get(number) as number, (tell) => readVector(words, tell));
			// Removed meanwhile.
			for (const slot of page.values()) if (!this.scales[slot]) this.keep(slot, 0);
		}
	}

	add(slot: number, read: (tell: (lexeme: string, rank: number) => void) => void): void {
		const { sum } = this;
		sum.fill(0);
		read((lexeme, rank) => {
			const word = lexeme.startsWith(ROOT_MARK) ? this.wordOf(lexeme) : null;
			if (!word) return;
			const { vector } = word;
			const weight = Math.sqrt(rank) * word.rarity;
			for (let index = 0; index < DIRECTIONS; index++) sum[index] = (sum[index] as number) + weight * (vector[index] as number);
		});
		let largest = 0;
		for (let index = 0; index < DIRECTIONS; index++) largest = Math.max(largest, Math.abs(sum[index] as number));
		this.keep(slot, largest);
	}

	private wordOf(lexeme: string): Word | null {
		const known = this.known.get(lexeme);
		if (known !== undefined) return known;
		const root = lexeme.slice(ROOT_MARK.length);
		const vector = this.words.of(root);
		const word = vector ? { vector, rarity: this.rarityOf(root) } : null;
		this.known.set(lexeme, word);
		return word;
	}

	private keep(slot: number, largest: number): void {
		if (slot >= this.scales.length) this.grow(slot + 1);
		if (!this.scales[slot]) this.count++;
		if (largest < 1e-9) {
			this.scales[slot] = -1;
			return;
		}
		let length = 0;
		for (let index = 0; index < DIRECTIONS; index++) {
			const value = Math.round(((this.sum[index] as number) * LARGEST) / largest);
			this.vectors[slot * DIRECTIONS + index] = value;
			length += value * value;
		}
		this.scales[slot] = 1 / Math.sqrt(length);
	}

	private grow(least: number): void {
		const size = Math.max(this.memory.size, least) * 1.2 + 100;
		const [vectors, scales] = [new Int8Array(Math.ceil(size) * DIRECTIONS), new Float32Array(Math.ceil(size))];
		vectors.set(this.vectors);
		scales.set(this.scales);
		[this.vectors, this.scales] = [vectors, scales];
	}

	likeness(slot: number, meaning: Int8Array): number {
		const scale = this.scales[slot] ?? 0;
		if (scale <= 0) return 0;
		let [product, length] = [0, 0];
		for (let index = 0, at = slot * DIRECTIONS; index < DIRECTIONS; index++, at++) {
			const asked = meaning[index] as number;
			product += asked * (this.vectors[at] as number);
			length += asked * asked;
		}
		return length === 0 ? 0 : Math.max(0, (product * scale) / Math.sqrt(length));
	}
}
