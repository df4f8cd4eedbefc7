import { BadgeSearchOrder } from "./badge-search.ts";
import type { Matches } from "./match-plan.ts";
import type { Plan } from "./plan.ts";

/** Share of the best score that a badge must come to, to be listed by something else than how well it matches. */
const RELEVANT = 0.35;

/**
 * What is listed in an order. Where words were looked for widely, what barely speaks of them comes last as long as the
 * best come first; in another order it would come anywhere, and is left out.
 */
export function listedIn(order: BadgeSearchOrder, plan: Plan, matches: Matches): Matches {
	if (order === BadgeSearchOrder.BEST) return matches;
	const { memory, bounds } = matches;
	let least = 0;
	if (plan.mode === "WIDE") for (const bound of bounds) least = Math.max(least, RELEVANT * bound);
	const slots = least === 0 ? matches.slots : matches.slots.filter((_, place) => (bounds[place] as number) >= least);
	const { createdAts } = memory;
	const scores = new Float64Array(slots.length);
	if (order === BadgeSearchOrder.NEWEST)
		for (let place = 0; place < slots.length; place++) scores[place] = createdAts[slots[place] as number] as number;
	return { memory, slots, bounds: scores, scoreOf: (place) => scores[place] as number };
}
