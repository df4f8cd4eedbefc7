/**
 * The fewest badges that cover competencies: set cover. Exact by branch and bound where that ends within a budget of
 * steps; else greedy, whose answer is at most H(d) times the shortest, d being the most that one badge covers
 * (Chvátal, 1979).
 */

/** What a badge covers. */
export interface CoverSet {
	id: string;
	covers: readonly string[];
}

export interface Cover {
	/** Ids of the badges, in the order in which each adds most; of equals the first by id. */
	chosen: string[];
	/** What no badge covers. */
	uncoverable: string[];
	method: "EXACT" | "GREEDY";
	/** How many times longer than the shortest the answer may be: 1 when exact, H(d) when greedy. */
	bound: number;
	/** No set of badges is shorter than this. */
	atLeast: number;
}

/** Steps of the exact search before it is given up: some tens of milliseconds. */
const STEPS = 50_000;

export function coverWith(wanted: readonly string[], sets: readonly CoverSet[], steps = STEPS): Cover {
	const place = new Map([...new Set(wanted)].map((code, index) => [code, index]));
	const usable = sets
		.map(({ id, covers }) => ({
			id,
			bits: covers.reduce((bits, code) => (place.has(code) ? bits | (1n << BigInt(place.get(code) as number)) : bits), 0n),
		}))
		.filter(({ bits }) => bits !== 0n)
		.sort((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : 0));
	const target = usable.reduce((bits, set) => bits | set.bits, 0n);
	const uncoverable = [...place].filter(([, index]) => !((target >> BigInt(index)) & 1n)).map(([code]) => code);
	if (target === 0n) return { chosen: [], uncoverable, method: "EXACT", bound: 1, atLeast: 0 };
	const kept = withoutDominated(usable);
	const greedy = greedyCover(target, kept);
	const largest = Math.max(...kept.map(({ bits }) => countBits(bits)));
	const exact = exactCover(target, kept, greedy, largest, steps);
	const atLeast = Math.ceil(countBits(target) / largest);
	return exact
		? { chosen: ordered(target, exact), uncoverable, method: "EXACT", bound: 1, atLeast: exact.length }
		: { chosen: greedy.map(({ id }) => id), uncoverable, method: "GREEDY", bound: harmonic(largest), atLeast };
}

interface BitSet {
	id: string;
	bits: bigint;
}

/** H(n) = 1 + 1/2 + … + 1/n. */
export function harmonic(n: number): number {
	let sum = 0;
	for (let index = 1; index <= n; index += 1) sum += 1 / index;
	return sum;
}

/** Without the badges of which another covers everything: of equals the first by id stays. */
function withoutDominated(sets: readonly BitSet[]): BitSet[] {
	const first = new Map<bigint, BitSet>();
	for (const set of sets) if (!first.has(set.bits)) first.set(set.bits, set);
	const distinct = [...first.values()];
	return distinct.filter((one) => !distinct.some((other) => other !== one && (one.bits & other.bits) === one.bits));
}

function greedyCover(target: bigint, sets: readonly BitSet[]): BitSet[] {
	const chosen: BitSet[] = [];
	for (let left = target; left !== 0n; ) {
		const best = largestIn(left, sets);
		chosen.push(best);
		left &= ~best.bits;
	}
	return chosen;
}

function largestIn(left: bigint, sets: readonly BitSet[]): BitSet {
	let best = sets[0] as BitSet;
	let most = -1;
	for (const set of sets) {
		const gain = countBits(set.bits & left);
		if (gain > most) [best, most] = [set, gain];
	}
	return best;
}

/** Undefined when the budget of steps does not suffice. */
function exactCover(
	target: bigint,
	sets: readonly BitSet[],
	greedy: readonly BitSet[],
	largest: number,
	budget: number,
): readonly BitSet[] | undefined {
	let best: readonly BitSet[] = greedy;
	let steps = 0;
	const path: BitSet[] = [];
	/** False when the budget is spent. */
	const search = (left: bigint): boolean => {
		if (left === 0n) {
			if (path.length < best.length) best = [...path];
			return true;
		}
		if (path.length + Math.ceil(countBits(left) / largest) >= best.length) return true;
		steps += 1;
		if (steps > budget) return false;
		// The competency that the fewest badges cover: one of them has to be taken.
		let choices: BitSet[] = [];
		for (let rest = left, bit = 0n; rest !== 0n; rest >>= 1n, bit += 1n) {
			if (!(rest & 1n)) continue;
			const covering = sets.filter(({ bits }) => (bits >> bit) & 1n);
			if (choices.length === 0 || covering.length < choices.length) choices = covering;
			if (choices.length === 1) break;
		}
		choices.sort((one, other) => countBits(other.bits & left) - countBits(one.bits & left));
		for (const set of choices) {
			path.push(set);
			const within = search(left & ~set.bits);
			path.pop();
			if (!within) return false;
		}
		return true;
	};
	return search(target) ? best : undefined;
}

/** The same badges, each followed by the one that then adds most. */
function ordered(target: bigint, sets: readonly BitSet[]): string[] {
	const rest = [...sets];
	const ids: string[] = [];
	for (let left = target; rest.length > 0; ) {
		const next = largestIn(left, rest);
		rest.splice(rest.indexOf(next), 1);
		ids.push(next.id);
		left &= ~next.bits;
	}
	return ids;
}

function countBits(bits: bigint): number {
	let count = 0;
	for (let rest = bits; rest !== 0n; rest >>= 32n) {
		let word = Number(rest & 0xffffffffn);
		while (word !== 0) {
			word &= word - 1;
			count += 1;
		}
	}
	return count;
}
