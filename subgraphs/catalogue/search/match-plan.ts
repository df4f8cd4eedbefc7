import type { DataSource } from "typeorm";
import { type IndexMemory, memoryOf } from "./index-memory.ts";
import { chief, firm, type Plan, type PlannedTerm, power, soughtBy } from "./plan.ts";
import { type Posting, readPostings, type Sought } from "./postings.ts";

/** Badges that a plan finds, in no order. */
export interface Matches {
	memory: IndexMemory;
	/** Slots of the memory. */
	slots: number[];
	/** Whole points, of each slot in turn. */
	scores: number[];
}

/** `ts_rank` of one lexeme found once, at weight 1. */
const ONCE = 0.6079271;
/** Share of the question that a name must hold to be as good as every word somewhere. */
const NAMED = 0.65;
/** What a badge that holds every word has above one that does not. */
const WHOLE = 10;
/** What a name that begins with the question is worth above one that holds it further on. */
const BEGINNING = 0.15;
/** What a name that holds nothing else is worth above one that holds much. */
const CONCENTRATION = 0.25;
/** What all the words that were not asked for are worth beside those that were. */
const EXPANSION = 1.9;
/** Least that words that were not asked for must be worth. */
const LEAST_EXPANSION = 0.02;

/** Bits of how a badge holds a term. */
const [HELD, IS_FIRM, IN_NAME] = [1, 2, 4] as const;

/** Runs a plan over the whole index. Retired badges are left out unless asked for. */
export async function matchPlan(database: DataSource, plan: Plan, retired: boolean): Promise<Matches> {
	const postings = await readPostings(database, soughtBy(plan));
	const memory = memoryOf(database);
	const { alive, kinds, foldedNames, boosts } = memory;
	const shownKinds = memory.allKinds.map((kind) => retired || !kind.retired);
	const isShown = (slot: number) => alive[slot] === true && shownKinds[kinds[slot] as number] === true;
	if (plan.mode === "LIST") {
		const slots: number[] = [];
		for (let slot = 0; slot < memory.size; slot++) if (isShown(slot)) slots.push(slot);
		return { memory, slots, scores: slots.map(() => 0) };
	}
	const isWide = plan.mode === "WIDE";
	const found = gather(memory.size, plan.terms, postings, isWide);
	const expanded = isWide ? expansionOf(memory.size, plan.expansions, postings, found) : undefined;
	const powers = plan.terms.map(({ rarity }) => power(rarity));
	const whole = Math.max(
		0.01,
		powers.reduce((sum, one) => sum + one, 0),
	);
	const every = plan.terms.length;
	const slots: number[] = [];
	const scores: number[] = [];
	for (const slot of found.touched) {
		if ((!expanded && found.terms[slot] !== every) || !isShown(slot)) continue;
		const alike = likeName(foldedNames[slot] as string, plan.folded);
		const rank = ((found.ranks[slot] as number) / ONCE / whole) * alike;
		let score = rank;
		if (expanded) {
			const related = (expanded[slot] as number) / ONCE;
			if (found.terms[slot] === 0 && related < LEAST_EXPANSION) continue;
			score = rank * (0.4 + (0.6 * (found.covered[slot] as number)) / whole) + EXPANSION * related;
			if (every > 0 && (found.firm[slot] === every || (found.named[slot] as number) >= NAMED * whole - 0.0005)) score += WHOLE;
		}
		slots.push(slot);
		scores.push(Math.round((score + (boosts[slot] as number)) * 1e6));
	}
	return { memory, slots, scores };
}

/** By slot, over all terms. */
interface Gathered {
	/** Slots that hold any of them. */
	touched: number[];
	isTouched: Uint8Array;
	ranks: Float64Array;
	/** How many terms it holds, and how many in a form that stands for the word. */
	terms: Uint8Array;
	firm: Uint8Array;
	/** Power of the terms that it holds in such a form, and in its name. */
	covered: Float64Array;
	named: Float64Array;
}

function gather(size: number, terms: readonly PlannedTerm[], postings: (sought: Sought) => Posting, isWide: boolean): Gathered {
	const whole: Gathered = {
		touched: [],
		isTouched: new Uint8Array(size),
		ranks: new Float64Array(size),
		terms: new Uint8Array(size),
		firm: new Uint8Array(size),
		covered: new Float64Array(isWide ? size : 0),
		named: new Float64Array(isWide ? size : 0),
	};
	const best = new Float64Array(size);
	const bits = new Uint8Array(size);
	for (const { variants, rarity } of terms) {
		const weight = power(rarity);
		const firmOnes = new Set(firm(variants));
		const ranked = new Set(isWide ? variants : chief(variants));
		const held: number[] = [];
		for (const variant of isWide ? variants : variants.filter(({ strict }) => strict)) {
			const { slots, ranks } = postings(variant);
			const worth = ranked.has(variant) ? variant.worth : 0;
			const isFirm = firmOnes.has(variant);
			for (let index = 0; index < slots.length; index++) {
				const slot = slots[index] as number;
				const rank = ranks[index] as number;
				if (bits[slot] === 0) held.push(slot);
				bits[slot] = (bits[slot] as number) | HELD | (isFirm ? IS_FIRM | (rank < 0 ? IN_NAME : 0) : 0);
				best[slot] = Math.max(best[slot] as number, worth * Math.abs(rank));
			}
		}
		for (const slot of held) {
			if (whole.isTouched[slot] === 0) {
				whole.isTouched[slot] = 1;
				whole.touched.push(slot);
			}
			const how = bits[slot] as number;
			whole.ranks[slot] = (whole.ranks[slot] as number) + weight * (best[slot] as number);
			whole.terms[slot] = (whole.terms[slot] as number) + 1;
			if (isWide && how & IS_FIRM) {
				whole.firm[slot] = (whole.firm[slot] as number) + 1;
				whole.covered[slot] = (whole.covered[slot] as number) + weight;
				if (how & IN_NAME) whole.named[slot] = (whole.named[slot] as number) + weight;
			}
			best[slot] = 0;
			bits[slot] = 0;
		}
	}
	return whole;
}

/** What the words that were not asked for are worth, by slot. */
function expansionOf(
	size: number,
	expansions: readonly { lexeme: string; weight: number }[],
	postings: (sought: Sought) => Posting,
	{ touched, isTouched }: Gathered,
): Float64Array {
	const worth = new Float64Array(size);
	for (const { lexeme, weight } of expansions) {
		const { slots, ranks } = postings({ lexeme, prefix: false });
		for (let index = 0; index < slots.length; index++) {
			const slot = slots[index] as number;
			if (isTouched[slot] === 0) {
				isTouched[slot] = 1;
				touched.push(slot);
			}
			worth[slot] = (worth[slot] as number) + weight * Math.abs(ranks[index] as number);
		}
	}
	return worth;
}

/** More for a name that begins with what was asked for, and for one that holds little else. */
function likeName(name: string, folded: string): number {
	return 1 + (name.startsWith(folded) ? BEGINNING : 0) + CONCENTRATION * Math.min(1, folded.length / Math.max(1, name.length));
}
