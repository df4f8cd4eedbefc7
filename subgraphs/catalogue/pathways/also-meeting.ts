import { findWay } from "../pathway-graph.ts";
import type { Rule, World } from "./rule.ts";

/**
 * What else meets a requirement than the badge that it names: badges that this one's institute takes for the same, and
 * those aligned to a competency. One that requires, itself or in the end, a metabadge that it would count for is left
 * out: requirements are to stay without cycles.
 */
export function alsoMeeting(
	rules: ReadonlyMap<string, Rule>,
	matches: ReadonlyMap<string, readonly string[]>,
	aligned: ReadonlyMap<string, readonly string[]>,
): Pick<World, "standsFor" | "alignedTo"> {
	const inForce = new Map([...rules].map(([id, rule]) => [id, namedIn(rule)]));
	const [standing, meeting] = [new Map<string, string[]>(), new Map<string, string[]>()];
	// In an order of its own, so that the same catalogue leaves out the same.
	for (const [metabadge, rule] of [...rules].sort(([left], [right]) => (left < right ? -1 : 1)))
		for (const leaf of leavesOf(rule)) {
			const others = leaf.kind === "badge" ? matches.get(leaf.id) : aligned.get(leaf.id);
			const accepted = leaf.kind === "badge" ? standing : meeting;
			const known = accepted.get(leaf.id);
			const candidates = (known ?? (others ?? []).filter((id) => id !== leaf.id)).filter(
				(id) => id !== metabadge && findWay(inForce, id, metabadge) === undefined,
			);
			accepted.set(leaf.id, candidates);
			inForce.set(metabadge, [...(inForce.get(metabadge) ?? []), ...candidates]);
		}
	return { standsFor: (id) => standing.get(id) ?? [], alignedTo: (competency) => meeting.get(competency) ?? [] };
}

type Leaf = Extract<Rule, { kind: "badge" | "competency" }>;

function leavesOf(rule: Rule): Leaf[] {
	return rule.kind === "badge" || rule.kind === "competency" ? [rule] : rule.of.flatMap(leavesOf);
}

function namedIn(rule: Rule): string[] {
	return leavesOf(rule).flatMap((leaf) => (leaf.kind === "badge" ? [leaf.id] : []));
}
