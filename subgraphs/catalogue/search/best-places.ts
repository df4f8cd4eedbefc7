import { compareCursors } from "../../../schema/cursor.ts";
import type { Place } from "./cursor.ts";
import type { Matches } from "./match-plan.ts";

/** A badge's place in the order of a list. */
export interface Ranked extends Place {
	badgeId: string;
}

/** The first of some matches, best first and then by name, from after a place on. Never sorts more than it returns. */
export function bestPlaces(
	{ memory, slots, scores }: Matches,
	places: readonly number[],
	size: number,
	after: Place | undefined,
): Ranked[] {
	const best: { score: number; nameCursor: string; slot: number }[] = [];
	for (const place of places) {
		const score = scores[place] as number;
		const worst = best.length === size ? best[size - 1] : undefined;
		if ((worst && score < worst.score) || (after && score > after.score)) continue;
		const slot = slots[place] as number;
		const nameCursor = memory.nameCursors[slot] as string;
		if (after && score === after.score && compareCursors(nameCursor, after.nameCursor) <= 0) continue;
		const one = { score, nameCursor, slot };
		if (worst && compare(one, worst) >= 0) continue;
		let [low, high] = [0, best.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (compare(best[middle] as Place, one) <= 0) low = middle + 1;
			else high = middle;
		}
		best.splice(low, 0, one);
		if (best.length > size) best.pop();
	}
	return best.map(({ score, nameCursor, slot }) => ({ score, nameCursor, badgeId: memory.badgeIds[slot] as string }));
}

function compare(left: Place, right: Place): number {
	return right.score - left.score || compareCursors(left.nameCursor, right.nameCursor);
}
