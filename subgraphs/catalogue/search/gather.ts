import type { IndexMemory } from "./index-memory.ts";
import { chief, firm, type Plan, type PlannedTerm, power } from "./plan.ts";
import { type Posting, RANK_SCALE, type Sought } from "./postings.ts";

type Postings = (sought: Sought) => Posting;

/** What badges hold of a plan. Columns are by slot, and valid for the first `count` of `slots` alone. */
export interface Gathered {
	slots: Uint32Array;
	count: number;
	/** Sum of the terms' best ranks, each by its power. */
	ranks: Float64Array;
	/** How many terms it holds, and how many in a form that stands for the word. */
	terms: Uint8Array;
	firm: Uint8Array;
	/** Power of the terms that it holds in such a form, and in its name. */
	covered: Float64Array;
	named: Float64Array;
	/** What it holds of words that were not asked for. */
	related: Float64Array;
	/** Makes everything zero again, for the next. */
	release(): void;
}

/** Bits of how a badge holds a term. */
const [HELD, IS_FIRM, IN_NAME] = [1, 2, 4] as const;

/** Columns as long as the index, kept from one search to the next: making them anew takes longer than filling them. */
class Scratch implements Gathered {
	slots: Uint32Array;
	count = 0;
	/** Slots that are not zero, in order of finding; `slots` is this or a part of it. */
	readonly touched: Uint32Array;
	touchedCount = 0;
	readonly isTouched: Uint8Array;
	readonly ranks: Float64Array;
	readonly terms: Uint8Array;
	readonly firm: Uint8Array;
	readonly covered: Float64Array;
	readonly named: Float64Array;
	readonly related: Float64Array;
	/** Of the term that is being gathered. */
	readonly held: Uint32Array;
	readonly best: Float64Array;
	readonly bits: Uint8Array;
	isWide = false;

	constructor(readonly size: number) {
		const numbers = () => new Float64Array(size);
		[this.ranks, this.covered, this.named, this.related, this.best] = [numbers(), numbers(), numbers(), numbers(), numbers()];
		const small = () => new Uint8Array(size);
		[this.isTouched, this.terms, this.firm, this.bits] = [small(), small(), small(), small()];
		[this.touched, this.held] = [new Uint32Array(size), new Uint32Array(size)];
		this.slots = this.touched;
	}

	touch(slot: number): void {
		if (this.isTouched[slot] === 1) return;
		this.isTouched[slot] = 1;
		this.touched[this.touchedCount++] = slot;
	}

	release(): void {
		const { touched, touchedCount, isTouched, terms, ranks, firm: firmOnes, covered, named, related } = this;
		for (let index = 0; index < touchedCount; index++) {
			const slot = touched[index] as number;
			terms[slot] = 0;
			ranks[slot] = 0;
			if (!this.isWide) continue;
			isTouched[slot] = 0;
			firmOnes[slot] = 0;
			covered[slot] = 0;
			named[slot] = 0;
			related[slot] = 0;
		}
		this.touchedCount = 0;
	}
}

const scratches = new WeakMap<IndexMemory, Scratch>();

/** Adds up what the postings of a plan say of each badge. What it returns is to be released before the next is gathered. */
export function gather(memory: IndexMemory, plan: Exclude<Plan, { mode: "LIST" }>, postings: Postings): Gathered {
	let scratch = scratches.get(memory);
	if (!scratch || scratch.size < memory.size) {
		scratch = new Scratch(Math.ceil(memory.size * 1.2) + 1000);
		scratches.set(memory, scratch);
	}
	scratch.isWide = plan.mode === "WIDE";
	if (plan.mode === "ALL") {
		gatherAll(scratch, plan.terms, postings);
		return scratch;
	}
	for (const term of plan.terms) gatherAny(scratch, term, postings);
	for (const { lexeme, weight } of plan.expansions) {
		const { slots, ranks } = postings({ lexeme, prefix: false });
		for (let index = 0; index < slots.length; index++) {
			const slot = slots[index] as number;
			scratch.touch(slot);
			scratch.related[slot] = (scratch.related[slot] as number) + (weight / RANK_SCALE) * Math.abs(ranks[index] as number);
		}
	}
	scratch.slots = scratch.touched;
	scratch.count = scratch.touchedCount;
	return scratch;
}

/** Badges that hold every term: what the rarest leaves is all that the others look at. */
function gatherAll(scratch: Scratch, asked: readonly PlannedTerm[], postings: Postings): void {
	const { terms, ranks, best, held, touched } = scratch;
	scratch.count = 0;
	for (const [round, { variants, rarity }] of asked.toSorted((left, right) => right.rarity - left.rarity).entries()) {
		const ranked = new Set(chief(variants));
		let count = 0;
		for (const variant of variants.filter(({ strict }) => strict)) {
			const { slots, ranks: own } = postings(variant);
			const worth = (ranked.has(variant) ? variant.worth : 0) / RANK_SCALE;
			for (let index = 0; index < slots.length; index++) {
				const slot = slots[index] as number;
				const before = terms[slot] as number;
				if (before === round) {
					terms[slot] = round + 1;
					held[count++] = slot;
				} else if (before !== round + 1) continue;
				if (worth === 0) continue;
				const rank = own[index] as number;
				const value = rank < 0 ? -worth * rank : worth * rank;
				if (value > (best[slot] as number)) best[slot] = value;
			}
		}
		const weight = power(rarity);
		for (let index = 0; index < count; index++) {
			const slot = held[index] as number;
			ranks[slot] = (ranks[slot] as number) + weight * (best[slot] as number);
			best[slot] = 0;
		}
		if (round === 0) {
			touched.set(held.subarray(0, count));
			scratch.touchedCount = count;
		}
		scratch.count = count;
	}
	scratch.slots = held;
}

/** Badges that hold a term in any of its variants, beside what was gathered of the terms before it. */
function gatherAny(scratch: Scratch, { variants, rarity }: PlannedTerm, postings: Postings): void {
	const { held, best, bits } = scratch;
	const weight = power(rarity);
	const firmOnes = new Set(firm(variants));
	let count = 0;
	for (const variant of variants) {
		const { slots, ranks } = postings(variant);
		const worth = variant.worth / RANK_SCALE;
		const isFirm = firmOnes.has(variant);
		for (let index = 0; index < slots.length; index++) {
			const slot = slots[index] as number;
			const rank = ranks[index] as number;
			const before = bits[slot] as number;
			if (before === 0) held[count++] = slot;
			bits[slot] = before | (isFirm ? HELD | IS_FIRM | (rank < 0 ? IN_NAME : 0) : HELD);
			const value = rank < 0 ? -worth * rank : worth * rank;
			if (value > (best[slot] as number)) best[slot] = value;
		}
	}
	for (let index = 0; index < count; index++) {
		const slot = held[index] as number;
		scratch.touch(slot);
		const how = bits[slot] as number;
		scratch.ranks[slot] = (scratch.ranks[slot] as number) + weight * (best[slot] as number);
		scratch.terms[slot] = (scratch.terms[slot] as number) + 1;
		if (how & IS_FIRM) {
			scratch.firm[slot] = (scratch.firm[slot] as number) + 1;
			scratch.covered[slot] = (scratch.covered[slot] as number) + weight;
			if (how & IN_NAME) scratch.named[slot] = (scratch.named[slot] as number) + weight;
		}
		best[slot] = 0;
		bits[slot] = 0;
	}
}
