import { isMetWith } from "./earnable.ts";
import type { Holding } from "./holding.ts";
import { evaluate, missingOf } from "./progress.ts";
import { candidatesOf, type Rule, type World } from "./rule.ts";
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
			for (const id of advisedFor(leaf, holding, world, mayEarn)) {
				const step = steps.get(id) ?? { id, towards: [], completes: false, share: 0 };
				if (!step.towards.includes(metabadge)) step.towards.push(metabadge);
				step.completes ||= suffices(metabadge, id, holding, world);
				step.share = Math.max(step.share, progress.share);
				steps.set(id, step);
			}
		}
	}
	return [...steps.values()]
		.sort(
			(a, b) =>
				Number(b.completes) - Number(a.completes) || b.share - a.share || b.towards.length - a.towards.length || (a.id < b.id ? -1 : 1),
		)
		.map(({ share: _, ...step }) => step);
}

/** Badges that are advised of those aligned to one competency: any will do. */
const MOST_ALIKE = 3;

/** What could be earned now to meet a leaf of a rule: the badge that it names, or some that are aligned to its competency. */
function advisedFor(leaf: Rule, holding: Holding, world: World, mayEarn: (id: string) => boolean): string[] {
	if ("of" in leaf) return [];
	const candidates = leaf.kind === "badge" ? candidatesOf(leaf, world).slice(0, 1) : candidatesOf(leaf, world);
	return candidates.filter((id) => mayEarn(id) && world.isKnown(id) && canBeEarnedNow(id, holding, world)).slice(0, MOST_ALIKE);
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
