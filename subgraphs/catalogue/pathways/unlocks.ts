import type { Holding } from "./holding.ts";
import { evaluate } from "./progress.ts";
import type { World } from "./rule.ts";

/** The metabadges that what is held suffices for and that are not held yet, of those given. */
export function unlocked(metabadges: Iterable<string>, holding: Holding, world: World): string[] {
	const now: string[] = [];
	for (const id of metabadges) {
		if (holding.has(id)) continue;
		const rule = world.ruleOf(id);
		if (rule && evaluate(rule, holding, world).met) now.push(id);
	}
	return now.sort();
}
