import { z } from "zod";
import { neededOf, type Rule } from "../rule.ts";
import type { ForeignRule } from "./foreign-rule.ts";
import type { Lost, SharedPathway, Written } from "./pathway.ts";

/**
 * Achievements and associations as a `ClrSubject` holds them (1EdTech CLR 2.0 §ClrSubject, §Association): each required
 * badge `isPartOf` its metabadge, each badge that stands for another `exactMatchOf` it. CLR has no word for how many are
 * enough, for groups, nor for conditions.
 */

interface Association {
	type: ["Association"];
	associationType: "isPartOf" | "exactMatchOf";
	sourceId: string;
	targetId: string;
}

export function writeClr({ badges, rules, standsFor }: SharedPathway): Written {
	const lost = new Set<Lost>();
	const association: Association[] = [];
	const named = new Set<string>();
	const associate = (associationType: Association["associationType"], source: string, target: string): void => {
		const [sourceId, targetId] = [badges.get(source)?.iri, badges.get(target)?.iri];
		if (sourceId === undefined || targetId === undefined) lost.add("UNKNOWN_BADGES");
		else association.push({ type: ["Association"], associationType, sourceId, targetId });
	};
	const walk = (rule: Rule, metabadge: string, depth: number): void => {
		if (rule.kind === "competency") lost.add("COMPETENCIES");
		else if (rule.kind === "badge") {
			if (rule.conditions?.recognised || rule.conditions?.notOlderThan !== undefined) lost.add("CONDITIONS");
			associate("isPartOf", rule.id, metabadge);
			if (!named.has(rule.id)) for (const other of standsFor(rule.id)) associate("exactMatchOf", other, rule.id);
			named.add(rule.id);
		} else {
			if (neededOf(rule) < rule.of.length) lost.add("COUNTS");
			if (depth > 0) lost.add("GROUPS");
			if (rule.distinctIssuers !== undefined) lost.add("CONDITIONS");
			for (const part of rule.of) walk(part, metabadge, depth + 1);
		}
	};
	for (const [metabadge, rule] of rules) walk(rule, metabadge, 0);
	const achievement = [...badges.values()].map(({ iri, name, description, language, criteria }) => ({
		id: iri,
		type: ["Achievement"],
		name,
		description,
		inLanguage: language,
		criteria: { ...(criteria.url && { id: criteria.url }), ...(criteria.narrative && { narrative: criteria.narrative }) },
	}));
	const context = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"];
	return { document: { "@context": context, type: ["ClrSubject"], achievement, association }, lost: [...lost] };
}

const subject = z.object({
	association: z
		.array(z.object({ associationType: z.string(), sourceId: z.string(), targetId: z.string() }))
		.min(1, "is empty: nothing is required")
		.max(5000),
});

/** Kinds by which the source belongs to the target, and the other way round. */
const [PART, WHOLE] = [new Set(["isPartOf", "isChildOf", "precedes"]), new Set(["isParentOf"])];

/** The rule of the one metabadge that belongs to no other: all of what belongs to it. Throws a `ZodError` or an `Error`. */
export function readClr(document: unknown): ForeignRule {
	const credentialSubject = (document as { credentialSubject?: unknown } | null)?.credentialSubject;
	const { association } = subject.parse(credentialSubject ?? document);
	const parts = new Map<string, Set<string>>();
	const others = new Map<string, Set<string>>();
	const add = (map: Map<string, Set<string>>, key: string, value: string) => map.set(key, (map.get(key) ?? new Set()).add(value));
	for (const { associationType, sourceId, targetId } of association) {
		if (PART.has(associationType)) add(parts, targetId, sourceId);
		else if (WHOLE.has(associationType)) add(parts, sourceId, targetId);
		else if (associationType === "exactMatchOf") add(others, targetId, sourceId);
	}
	const belonging = new Set([...parts.values()].flatMap((set) => [...set]));
	const goals = [...parts.keys()].filter((iri) => !belonging.has(iri));
	const [goal] = goals;
	if (goal === undefined || goals.length > 1)
		throw new Error(`association must lead to one achievement, and leads to ${goals.length}: ${goals.slice(0, 5).join(", ")}`);
	const of = [...(parts.get(goal) as Set<string>)].map((iri) => {
		const equivalents = [...(others.get(iri) ?? [])];
		return equivalents.length === 0 ? { iri } : { needed: 1, of: [iri, ...equivalents].map((one) => ({ iri: one })) };
	});
	return { goal, rule: { needed: of.length, of } };
}
