import { type CheckedFilter, failedFilters, LETTER_BITS, listedFailures } from "./filter.ts";
import type { FacetSet, Institute } from "./index-memory.ts";
import type { Matches } from "./match-plan.ts";

/**
 * What every facet is counted from, gathered in one pass over the badges found: how many there are of each combination
 * of what a badge has one value of, and of each listed value. Institutes bring their départements and collectives.
 */
export interface FacetCells {
	ones: OneCell[];
	listed: ListedCell[];
	institutes: readonly Institute[];
}

interface OneCell {
	instituteSlug: string;
	requestable: boolean;
	metabadge: boolean;
	language: string;
	/** Among those that pass the filters of listed facets. */
	count: number;
}

interface ListedCell {
	/** With its facet's letter before it. */
	value: string;
	count: number;
}

/** Most values of a facet that are told. */
const MOST_VALUES = 200;

/** Which of the matches pass every filter, as places in `matches.slots`; and with `counted`, what facets are counted from. */
export function sift({ memory, slots }: Matches, filter: CheckedFilter, counted: boolean): { passing: number[]; cells: FacetCells } {
	const institutes = new Map(memory.institutes.map((one) => [one.instituteSlug, one]));
	const passes = memory.allKinds.map((kind) => failedFilters(kind, institutes.get(kind.instituteSlug), filter).length === 0);
	const failures = new Uint8Array(memory.allFacetSets.length);
	if (Object.values(filter.listed).some((chosen) => chosen.length > 0))
		for (const [set, { values }] of memory.allFacetSets.entries())
			failures[set] = listedFailures(
				filter,
				values.map((code) => memory.facetValues[code] as string),
			);
	const [ones, sets] = [new Uint32Array(passes.length), new Uint32Array(failures.length)];
	const passing: number[] = [];
	for (let place = 0; place < slots.length; place++) {
		const slot = slots[place] as number;
		const kind = memory.kinds[slot] as number;
		const set = memory.facetSets[slot] as number;
		const isListed = failures[set] === 0;
		if (isListed) ones[kind] = (ones[kind] as number) + 1;
		if (!passes[kind]) continue;
		sets[set] = (sets[set] as number) + 1;
		if (isListed) passing.push(place);
	}
	if (!counted) return { passing, cells: { ones: [], listed: [], institutes: [] } };
	const oneCells = memory.allKinds.flatMap(({ instituteSlug, requestable, metabadge, language }, kind) =>
		ones[kind] ? [{ instituteSlug, requestable, metabadge, language, count: ones[kind] }] : [],
	);
	const listed = listedCells(memory.allFacetSets, memory.facetValues, sets, failures);
	return { passing, cells: { ones: oneCells, listed, institutes: memory.institutes } };
}

/** Each facet counts as if its own filter were not set. */
function listedCells(all: readonly FacetSet[], names: readonly string[], sets: Uint32Array, failures: Uint8Array): ListedCell[] {
	const counts = new Uint32Array(names.length);
	const bits = names.map((value) => LETTER_BITS[value.charAt(0)] as number);
	for (const [set, { values }] of all.entries()) {
		const count = sets[set] as number;
		if (count === 0) continue;
		for (const code of values)
			if (((failures[set] as number) & ~(bits[code] as number)) === 0) counts[code] = (counts[code] as number) + count;
	}
	const cells = names.flatMap((value, code) => (counts[code] ? [{ value, count: counts[code] }] : []));
	cells.sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1));
	const told = new Map<string, number>();
	return cells.filter(({ value }) => {
		const letter = value.charAt(0);
		told.set(letter, (told.get(letter) ?? 0) + 1);
		return (told.get(letter) as number) <= MOST_VALUES;
	});
}
