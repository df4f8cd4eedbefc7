import type { HarvestedBadge } from "../harvest/wire.ts";
import type { Rule } from "./rule.ts";

type Requirement = NonNullable<HarvestedBadge["requirement"]>;
type Part = NonNullable<Requirement["parts"]>[number];

/**
 * The rule of a metabadge, as its institute wrote it. `inForce` are the badges that it requires without closing a
 * cycle: the others are left out, and a group asks for as many as it has at most.
 */
export function readRule({ rule, needed, badgeClassIds, parts }: Requirement, inForce: ReadonlySet<string>): Rule {
	if (parts == null) {
		const of: Rule[] = badgeClassIds.filter((id) => inForce.has(id)).map((id) => ({ kind: "badge", id }));
		return rule === "ALL" ? { kind: "all", of } : rule === "ANY" ? { kind: "any", of } : { kind: "atLeast", needed, of };
	}
	const children = new Map<number, number[]>();
	for (const [place, { group }] of parts.entries()) if (group !== null) children.set(group, [...(children.get(group) ?? []), place]);
	const read = (place: number): Rule | undefined => {
		const part = parts[place] as Part;
		const conditions = {
			...(part.recognised && { recognised: true }),
			...(part.notOlderThanDays !== null && { notOlderThan: part.notOlderThanDays }),
		};
		if (part.kind === "BADGE")
			return inForce.has(part.badgeClassId as string) ? { kind: "badge", id: part.badgeClassId as string, conditions } : undefined;
		if (part.kind === "COMPETENCY") return { kind: "competency", id: (part.competency as string).toLowerCase(), conditions };
		const of = (children.get(place) ?? []).flatMap((child) => read(child) ?? []);
		const issuers = part.distinctIssuers ? { distinctIssuers: part.distinctIssuers } : {};
		if (part.kind === "ALL") return { kind: "all", of, ...issuers };
		return part.kind === "ANY" ? { kind: "any", of, ...issuers } : { kind: "atLeast", needed: part.needed ?? 1, of, ...issuers };
	};
	return read(0) ?? { kind: "all", of: [] };
}
