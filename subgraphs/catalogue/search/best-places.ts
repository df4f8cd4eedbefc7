import { compareCursors } from "../../../schema/cursor.ts";
import type { Place } from "./cursor.ts";
import type { Matches } from "./match-plan.ts";

/** A badge's place in the order of a list. */
export interface Ranked extends Place {
	/** Of the memory. */
	slot: number;
}

/**
 * The first of some matches, best first and then by name, from after a place on. Never sorts more than it returns, and
 * looks at the names of those alone that could be among them.
 */
export function bestPlaces(matches: Matches, places: Uint32Array, size: number, after: Place | undefined): Ranked[] {
	const { memory, slots, bounds } = matches;
	const best: Ranked[] = [];
	// Nothing below it is among the best.
	let least = Number.NEGATIVE_INFINITY;
	for (let index = 0; index < places.length; index++) {
		const place = places[index] as number;
		// A score is rounded.
		if ((bounds[place] as number) + 1 < least) continue;
		const score = matches.scoreOf(place);
		if (score < least || (after && score > after.score)) continue;
		const slot = slots[place] as number;
		const nameCursor = memory.nameCursors[slot] as string;
		if (after && score === after.score && compareCursors(nameCursor, after.nameCursor) <= 0) continue;
		const one = { score, nameCursor, slot };
		if (best.length === size && compare(one, best[size - 1] as Place) >= 0) continue;
		let [low, high] = [0, best.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (compare(best[middle] as Place, one) <= 0) low = middle + 1;
			else high = middle;
		}
		best.splice(low, 0, one);
		if (best.length > size) best.pop();
		if (best.length === size) least = (best[size - 1] as Place).score;
	}
	return best;
}

function compare(left: Place, right: Place): number {
	return right.score - left.score || compareCursors(left.nameCursor, right.nameCursor);
}
