import type { Holding } from "./holding.ts";
import { candidatesOf, neededOf, type Rule, type World } from "./rule.ts";

/** Whether a rule is met when certain badges have been earned beside those that are held. */
export function isMetWith(rule: Rule, earned: ReadonlySet<string>, holding: Holding, world: World): boolean {
	if (rule.kind === "badge" || rule.kind === "competency")
		return candidatesOf(rule, world).some((id) => earned.has(id)) || holding.meeting(rule, world).length > 0;
	if (rule.distinctIssuers !== undefined && issuersWith(rule, earned, holding, world).size < rule.distinctIssuers) return false;
	let met = 0;
	for (const one of rule.of) if (isMetWith(one, earned, holding, world)) met += 1;
	return met >= neededOf(rule);
}

/** The issuers of the badges by which a rule's parts are met. */
function issuersWith(rule: Rule, earned: ReadonlySet<string>, holding: Holding, world: World): Set<string> {
	if (rule.kind === "badge" || rule.kind === "competency") {
		const by = [...candidatesOf(rule, world).filter((id) => earned.has(id)), ...holding.meeting(rule, world)];
		return new Set(by.map((id) => world.issuerOf(id)));
	}
	const met = rule.of.filter((one) => isMetWith(one, earned, holding, world));
	return new Set(met.flatMap((one) => [...issuersWith(one, earned, holding, world)]));
}

/**
 * Every badge on some way to the goal that can be earned at all: the largest set in which each metabadge's rule is met
 * by the others and by what is held. The goal is in it exactly when a way exists: rules only ever ask for more badges.
 */
export function earnable(goal: string, holding: Holding, world: World, mayEarn: (id: string) => boolean): Set<string> {
	const all = new Set<string>();
	const queue = [goal];
	for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
		if (all.has(id) || !mayEarn(id) || !world.isKnown(id)) continue;
		all.add(id);
		const rule = world.ruleOf(id);
		if (rule) queue.push(...namedIn(rule, world));
	}
	for (let changed = true; changed; ) {
		changed = false;
		for (const id of all) {
			const rule = world.ruleOf(id);
			if (rule && !isMetWith(rule, all, holding, world)) changed = all.delete(id);
		}
	}
	return all;
}

/** A way made of a larger one, by leaving out whatever it does without. */
export function withoutNeedless(way: ReadonlySet<string>, goal: string, holding: Holding, world: World): Set<string> {
	const kept = new Set(way);
	const stands = () => [...kept].every((id) => isMetWith(world.ruleOf(id) ?? { kind: "all", of: [] }, kept, holding, world));
	for (const id of way) {
		if (id === goal || !kept.delete(id)) continue;
		if (!stands()) kept.add(id);
	}
	return kept;
}

/** The badges in an order in which each can be earned when its turn comes. */
export function orderToEarn(badges: ReadonlySet<string>, world: World): string[] {
	const ordered = new Set<string>();
	const place = (id: string): void => {
		if (ordered.has(id)) return;
		const rule = world.ruleOf(id);
		if (rule) for (const named of namedIn(rule, world)) if (badges.has(named)) place(named);
		ordered.add(id);
	};
	for (const id of [...badges].sort()) place(id);
	return [...ordered];
}

function namedIn(rule: Rule, world: World): string[] {
	return rule.kind === "badge" || rule.kind === "competency" ? candidatesOf(rule, world) : rule.of.flatMap((one) => namedIn(one, world));
}
