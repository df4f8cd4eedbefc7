import { PartKind, ProgressPart, reasonOf } from "./answers.ts";
import type { Progress } from "./progress.ts";
import type { PathwayWorld } from "./read-world.ts";
import { candidatesOf, neededOf, type Rule } from "./rule.ts";
import { wayBadge } from "./way-badge.ts";

const KINDS: Record<Rule["kind"], PartKind> = {
	all: PartKind.ALL,
	any: PartKind.ANY,
	atLeast: PartKind.AT_LEAST,
	badge: PartKind.BADGE,
	competency: PartKind.COMPETENCY,
};

const MOST_ALTERNATIVES = 20;

/** Progress as a list, each group before its parts. */
export function partsOf(progress: Progress, world: PathwayWorld): ProgressPart[] {
	const list: ProgressPart[] = [];
	const put = ({ rule, met, reason, share, by, parts }: Progress, group: number | null): void => {
		const isGroup = "of" in rule;
		const place = list.push(
			Object.assign(new ProgressPart(), {
				kind: KINDS[rule.kind],
				group,
				id: rule.kind === "badge" ? rule.id : null,
				name: rule.kind === "badge" ? (world.badges.get(rule.id)?.name ?? null) : rule.kind === "competency" ? rule.id : null,
				needed: isGroup ? neededOf(rule) : null,
				distinctIssuers: isGroup ? (rule.distinctIssuers ?? null) : null,
				recognised: !isGroup && (rule.conditions?.recognised ?? false),
				notOlderThanDays: isGroup ? null : (rule.conditions?.notOlderThan ?? null),
				met,
				reason: reasonOf(reason),
				share,
				by,
				alternatives: isGroup ? [] : alternativesTo(rule, world).map((id) => wayBadge(id, world)),
			}),
		);
		for (const part of parts) put(part, place - 1);
	};
	put(progress, null);
	return list;
}

/** What else than the badge itself would meet a leaf and is still issued. */
function alternativesTo(rule: Extract<Rule, { kind: "badge" | "competency" }>, world: PathwayWorld): string[] {
	return candidatesOf(rule, world)
		.filter((id) => id !== rule.id && world.isKnown(id) && world.badges.get(id)?.retired === false)
		.slice(0, MOST_ALTERNATIVES);
}
