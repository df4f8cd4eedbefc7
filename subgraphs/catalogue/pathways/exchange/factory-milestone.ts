import { z } from "zod";
import { neededOf, type Rule } from "../rule.ts";
import type { ForeignRule } from "./foreign-rule.ts";
import type { Lost, SharedPathway, Written } from "./pathway.ts";

/**
 * Milestone badges of Open Badge Factory, as its public interface tells them (`/v1/assertion/metabadge`): a badge, the
 * badges that it requires, and how many of them are enough. One level, badges alone.
 */

export function writeMilestone({ goal, badges, rules }: SharedPathway): Written {
	const lost = new Set<Lost>();
	const describe = (id: string) => {
		const badge = badges.get(id);
		if (!badge) lost.add("UNKNOWN_BADGES");
		return badge ? [{ id: factoryId(badge.iri), url: badge.iri, name: badge.name }] : [];
	};
	const rule = rules.get(goal.id) ?? ({ kind: "all", of: [] } satisfies Rule);
	if (!("of" in rule)) throw new TypeError("the rule of a metabadge is a group");
	if (rule.distinctIssuers !== undefined) lost.add("CONDITIONS");
	const required = rule.of.flatMap((part) => {
		if (part.kind === "competency") lost.add("COMPETENCIES");
		else if (part.kind !== "badge") lost.add("GROUPS");
		else if (part.conditions?.recognised || part.conditions?.notOlderThan !== undefined) lost.add("CONDITIONS");
		return part.kind === "badge" ? describe(part.id) : [];
	});
	const milestone = { badge: describe(goal.id)[0], min_required: Math.min(neededOf(rule), required.length), required_badges: required };
	return { document: { metabadge: [milestone] }, lost: [...lost] };
}

/** Of `https://…/v1/badge/_/XYZ.json?v=2.0`, `XYZ`; the whole IRI where it is another's. */
function factoryId(iri: string): string {
	return /\/v1\/badge\/_\/([^/.?]+)\.json/.exec(iri)?.[1] ?? iri;
}

const badge = z.object({ id: z.string().optional(), url: z.string().optional() });
const document = z.object({
	metabadge: z
		.array(z.object({ badge, min_required: z.number().int().min(1).optional(), required_badges: z.array(badge).min(1).max(500) }))
		.min(1, "is empty: nothing is required"),
});

/** The rule of the first milestone that is told. Throws a `ZodError` or an `Error` that says what is missing. */
export function readMilestone(given: unknown): ForeignRule {
	const [{ badge: goal, min_required, required_badges }] = document.parse(given).metabadge as [
		z.output<typeof document>["metabadge"][number],
	];
	const of = required_badges.map((one, place) => ({ iri: iriOf(one, `metabadge.0.required_badges.${place}`) }));
	return { goal: iriOf(goal, "metabadge.0.badge"), rule: { needed: Math.min(min_required ?? of.length, of.length), of } };
}

function iriOf({ id, url }: z.output<typeof badge>, place: string): string {
	const iri = url ?? id;
	if (iri === undefined) throw new Error(`${place} has neither url nor id`);
	return iri;
}
