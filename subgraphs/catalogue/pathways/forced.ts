import type { Holding } from "./holding.ts";
import { candidatesOf, neededOf, type Rule, type World } from "./rule.ts";

/** What every way holds: badges that nobody gets around. Undefined where there is no way. */
export interface Forced {
	ofBadge(id: string): ReadonlySet<string> | undefined;
	ofRule(rule: Rule): ReadonlySet<string> | undefined;
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * Finds what every way to a badge, or to a rule's fulfilment, must earn: of parts that are all needed the union, of
 * alternatives what they have in common. It bounds the shortest way from below, and tells where there is none.
 */
export function forcedBy(holding: Holding, world: World, mayEarn: (id: string) => boolean): Forced {
	const known = new Map<string, ReadonlySet<string> | undefined>();

	function ofBadge(id: string): ReadonlySet<string> | undefined {
		if (known.has(id)) return known.get(id);
		known.set(id, undefined);
		const found = mayEarn(id) && world.isKnown(id) ? withRule(id) : undefined;
		known.set(id, found);
		return found;
	}

	function withRule(id: string): ReadonlySet<string> | undefined {
		const rule = world.ruleOf(id);
		const below = rule ? ofRule(rule) : NOTHING;
		return below && new Set([id, ...below]);
	}

	function ofRule(rule: Rule): ReadonlySet<string> | undefined {
		if (rule.kind === "badge" || rule.kind === "competency") {
			if (holding.meeting(rule, world).length > 0) return NOTHING;
			return common(1, candidatesOf(rule, world).map(ofBadge));
		}
		return common(neededOf(rule), rule.of.map(ofRule));
	}

	return { ofBadge, ofRule };
}

/** What is in every choice of `needed` parts; undefined when fewer than that are possible. */
function common(needed: number, parts: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
	const possible = parts.filter((part) => part !== undefined);
	if (possible.length < needed) return undefined;
	const spare = possible.length - needed;
	const counts = new Map<string, number>();
	for (const part of possible) for (const id of part) counts.set(id, (counts.get(id) ?? 0) + 1);
	// A badge of more parts than can be left out is in every choice.
	const inAll = [...counts].filter(([, count]) => count > spare).map(([id]) => id);
	return inAll.length > 0 ? new Set(inAll) : NOTHING;
}
