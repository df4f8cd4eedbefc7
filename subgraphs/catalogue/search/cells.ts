import { type CheckedFilter, failedFilters, filtersSingles, LETTER_BITS, listedFailures } from "./filter.ts";
import type { DocumentKind, FacetSet, Institute } from "./index-memory.ts";
import type { Matches } from "./match-plan.ts";

/**
 * What every facet is counted from, gathered in one pass over the badges found: how many there are of each combination
 * of what a badge has one value of, and of each listed value. Institutes bring their départements and collectives.
 */
export interface FacetCells {
	ones: OneCell[];
	listed: ListedCell[];
	institutes: ReadonlyMap<string, Institute>;
}

interface OneCell {
	kind: DocumentKind;
	/** A bit for each filter of `SINGLE` that it does not pass. */
	failures: number;
	/** Among those that pass the filters of listed facets. */
	count: number;
}

interface ListedCell {
	/** With its facet's letter before it. */
	value: string;
	count: number;
}

const NO_CELLS: FacetCells = { ones: [], listed: [], institutes: new Map() };

/** Most values of a facet that are told. */
const MOST_VALUES = 200;

/** Which of the matches pass every filter, as places in `matches.slots`; and with `counted`, what facets are counted from. */
export function sift({ memory, slots }: Matches, filter: CheckedFilter, counted: boolean): { passing: Uint32Array; cells: FacetCells } {
	const { institutes } = memory;
	const kindFailures = new Uint8Array(memory.allKinds.length);
	if (filtersSingles(filter))
		for (const [index, kind] of memory.allKinds.entries())
			kindFailures[index] = failedFilters(kind, institutes.get(kind.instituteSlug), filter);
	const setFailures = new Uint8Array(memory.allFacetSets.length);
	if (Object.values(filter.listed).some((chosen) => chosen.length > 0))
		for (const [set, { values }] of memory.allFacetSets.entries())
			setFailures[set] = listedFailures(
				filter,
				values.map((code) => memory.facetValues[code] as string),
			);
	const [ones, sets] = [new Uint32Array(kindFailures.length), new Uint32Array(setFailures.length)];
	const { kinds, facetSets } = memory;
	const passing = new Uint32Array(slots.length);
	let passed = 0;
	for (let place = 0; place < slots.length; place++) {
		const slot = slots[place] as number;
		const kind = kinds[slot] as number;
		const set = facetSets[slot] as number;
		const isListed = setFailures[set] === 0;
		if (isListed) ones[kind] = (ones[kind] as number) + 1;
		if (kindFailures[kind] !== 0) continue;
		sets[set] = (sets[set] as number) + 1;
		if (isListed) passing[passed++] = place;
	}
	if (!counted) return { passing: passing.subarray(0, passed), cells: NO_CELLS };
	const oneCells: OneCell[] = [];
	for (let kind = 0; kind < ones.length; kind++)
		if (ones[kind])
			oneCells.push({ kind: memory.allKinds[kind] as DocumentKind, failures: kindFailures[kind] as number, count: ones[kind] as number });
	const listed = listedCells(memory.allFacetSets, memory.facetValues, sets, setFailures);
	return { passing: passing.subarray(0, passed), cells: { ones: oneCells, listed, institutes } };
}

/** Each facet counts as if its own filter were not set. */
function listedCells(all: readonly FacetSet[], names: readonly string[], sets: Uint32Array, failures: Uint8Array): ListedCell[] {
	const counts = new Uint32Array(names.length);
	const bits = names.map((value) => LETTER_BITS[value.charAt(0)] as number);
	for (let set = 0; set < sets.length; set++) {
		const count = sets[set] as number;
		if (count === 0) continue;
		for (const code of (all[set] as FacetSet).values)
			if (((failures[set] as number) & ~(bits[code] as number)) === 0) counts[code] = (counts[code] as number) + count;
	}
	const cells: ListedCell[] = [];
	for (let code = 0; code < counts.length; code++)
		if (counts[code]) cells.push({ value: names[code] as string, count: counts[code] as number });
	cells.sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1));
	const told = new Map<string, number>();
	return cells.filter(({ value }) => {
		const letter = value.charAt(0);
		told.set(letter, (told.get(letter) ?? 0) + 1);
		return (told.get(letter) as number) <= MOST_VALUES;
	});
}
