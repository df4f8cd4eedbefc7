import { isMetWith } from "./earnable.ts";
import type { Holding } from "./holding.ts";
import { evaluate, missingOf } from "./progress.ts";
import type { World } from "./rule.ts";
import { shortestWay, type WayOptions } from "./shortest-way.ts";

/** A badge that could be earned now, and the metabadges that it leads to. */
export interface Step {
	id: string;
	towards: string[];
	/** Whether one of those metabadges can be had as soon as it is earned. */
	completes: boolean;
}

/** The badges of the shortest way to a goal that nothing else has to come before. */
export function stepsTowards(goal: string, holding: Holding, world: World, options: WayOptions): Step[] {
	const way = shortestWay(goal, holding, world, options);
	if (!way.found) return [];
	return way.badges
		.filter((id) => canBeEarnedNow(id, holding, world))
		.map((id) => ({ id, towards: [goal], completes: suffices(goal, id, holding, world) }));
}

/** Without a goal: what is missing to metabadges that have been begun, the most useful first. */
export function stepsFrom(begun: readonly string[], holding: Holding, world: World, { mayEarn }: WayOptions): Step[] {
	const steps = new Map<string, Step & { share: number }>();
	for (const metabadge of begun) {
		const rule = world.ruleOf(metabadge);
		if (!rule || holding.has(metabadge) || !mayEarn(metabadge)) continue;
		const progress = evaluate(rule, holding, world);
		if (progress.met) {
			steps.set(metabadge, { id: metabadge, towards: [metabadge], completes: true, share: 1 });
			continue;
		}
		for (const { rule: leaf } of missingOf(progress)) {
			if (leaf.kind !== "badge" || !mayEarn(leaf.id) || !world.isKnown(leaf.id) || !canBeEarnedNow(leaf.id, holding, world)) continue;
			const step = steps.get(leaf.id) ?? { id: leaf.id, towards: [], completes: false, share: 0 };
			step.towards.push(metabadge);
			step.completes ||= suffices(metabadge, leaf.id, holding, world);
			step.share = Math.max(step.share, progress.share);
			steps.set(leaf.id, step);
		}
	}
	return [...steps.values()]
		.sort(
			(a, b) =>
				Number(b.completes) - Number(a.completes) || b.share - a.share || b.towards.length - a.towards.length || (a.id < b.id ? -1 : 1),
		)
		.map(({ share: _, ...step }) => step);
}

/** Whether a metabadge can be had once one more badge is earned. */
function suffices(metabadge: string, id: string, holding: Holding, world: World): boolean {
	const rule = world.ruleOf(metabadge);
	return id !== metabadge && rule !== undefined && isMetWith(rule, new Set([id]), holding, world);
}

function canBeEarnedNow(id: string, holding: Holding, world: World): boolean {
	const rule = world.ruleOf(id);
	return !rule || evaluate(rule, holding, world).met;
}
