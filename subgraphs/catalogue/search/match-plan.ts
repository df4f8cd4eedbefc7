import type { DataSource } from "typeorm";
import { badgeMeanings } from "./badge-meanings.ts";
import { type Gathered, gather } from "./gather.ts";
import { type DocumentKind, GONE, type IndexMemory, memoryOf } from "./index-memory.ts";
import type { NearWords } from "./near-words.ts";
import { type Plan, power, soughtBy } from "./plan.ts";
import { type Posting, readPostings, type Sought } from "./postings.ts";

/** Badges that a plan finds, in no order. */
export interface Matches {
	memory: IndexMemory;
	/** Slots of the memory. */
	slots: Uint32Array;
	/** What the score of each is at most, in points: to know it, its name has to be read. */
	bounds: Float64Array;
	/** Whole points of the one at a place in `slots`. */
	scoreOf(place: number): number;
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
/** What meaning the same is worth. */
const MEANING = 0.5;
/** Least that words that were not asked for must be worth. */
const LEAST_EXPANSION = 0.02;
/** Whole points of a score of 1. */
const POINTS = 1e6;

/** Runs a plan over the whole index. Retired badges are left out unless asked for. */
export async function matchPlan(database: DataSource, nearWords: NearWords, plan: Plan, retired: boolean): Promise<Matches> {
	const memory = memoryOf(database);
	const { postings, likeness } = await readAll(database, nearWords, plan);
	const { kinds } = memory;
	const shownKinds = new Uint8Array(memory.allKinds.length);
	for (let kind = 0; kind < shownKinds.length; kind++)
		shownKinds[kind] = kind !== GONE && (retired || !(memory.allKinds[kind] as DocumentKind).retired) ? 1 : 0;
	if (plan.mode === "LIST") {
		const all = new Uint32Array(memory.size);
		let count = 0;
		for (let slot = 0; slot < memory.size; slot++) if (shownKinds[kinds[slot] as number] === 1) all[count++] = slot;
		const slots = all.subarray(0, count);
		return { memory, slots, bounds: new Float64Array(count), scoreOf: () => 0 };
	}
	// Nothing waits from here on to where what was gathered is given back.
	const found = gather(memory, plan, postings);
	try {
		return scored(memory, plan, found, shownKinds, likeness);
	} finally {
		found.release();
	}
}

type Likeness = (slot: number) => number;

/** Everything that has to be waited for: the postings of a plan, and what the badges in them mean. */
async function readAll(
	database: DataSource,
	nearWords: NearWords,
	plan: Plan,
): Promise<{ postings: (sought: Sought) => Posting; likeness: Likeness }> {
	const sought = soughtBy(plan);
	const words = plan.mode === "WIDE" && plan.meaning !== null ? await nearWords.meanings(database) : undefined;
	if (!words || plan.mode !== "WIDE") return { postings: await readPostings(database, sought), likeness: () => 0 };
	for (let attempt = 1; ; attempt++) {
		const meanings = await badgeMeanings(database, words);
		const postings = await readPostings(database, sought);
		const isKnown = sought.every((one) => meanings.unknown(postings(one).slots).length === 0);
		const likeness = (slot: number) => meanings.likeness(slot, plan.meaning as Int8Array);
		// What comes in meanwhile is found by its words alone, rather than never.
		if (isKnown || attempt === MOST_READINGS) return { postings, likeness };
		const slots = new Set<number>();
		for (const one of sought) for (const slot of postings(one).slots) slots.add(slot);
		await meanings.learn(Uint32Array.from(slots));
	}
}
const MOST_READINGS = 3;

function scored(
	memory: IndexMemory,
	plan: Exclude<Plan, { mode: "LIST" }>,
	found: Gathered,
	shownKinds: Uint8Array,
	likeness: Likeness,
): Matches {
	const { kinds, nameLengths, boosts, foldedNames } = memory;
	const isWide = plan.mode === "WIDE";
	const every = plan.terms.length;
	const whole = Math.max(
		0.01,
		plan.terms.reduce((sum, { rarity }) => sum + power(rarity), 0),
	);
	const asked = plan.folded.length;
	const initial = plan.folded.charCodeAt(0);
	const slots = new Uint32Array(found.count);
	/** The part of each score that grows where its name begins with the question. */
	const [ranks, bounds] = [new Float64Array(found.count), new Float64Array(found.count)];
	let count = 0;
	for (let index = 0; index < found.count; index++) {
		const slot = found.slots[index] as number;
		if (shownKinds[kinds[slot] as number] !== 1) continue;
		let rank = (found.ranks[slot] as number) / ONCE / whole;
		let other = boosts[slot] as number;
		if (isWide) {
			const related = (found.related[slot] as number) / ONCE;
			if (found.terms[slot] === 0 && related < LEAST_EXPANSION) continue;
			rank *= 0.4 + (0.6 * (found.covered[slot] as number)) / whole;
			// At most: how much it is takes longer to know than all the rest, and is looked at where it may matter.
			other += EXPANSION * related + MEANING;
			if (every > 0 && (found.firm[slot] === every || (found.named[slot] as number) >= NAMED * whole - 0.0005)) other += WHOLE;
		}
		const length = nameLengths[slot] as number;
		rank *= 1 + CONCENTRATION * (asked < length ? asked / length : 1);
		slots[count] = slot;
		ranks[count] = rank;
		bounds[count++] = (rank * (1 + BEGINNING) + other) * POINTS;
	}
	return {
		memory,
		slots: slots.subarray(0, count),
		bounds: bounds.subarray(0, count),
		scoreOf(place) {
			const name = foldedNames[slots[place] as number] as string;
			const begins = name.charCodeAt(0) === initial && name.startsWith(plan.folded);
			const unlike = isWide ? MEANING * (1 - likeness(slots[place] as number)) : 0;
			return Math.round((bounds[place] as number) - ((begins ? 0 : (ranks[place] as number) * BEGINNING) + unlike) * POINTS);
		},
	};
}
