import { BadgeClass } from "../member-rows.ts";
import { LostTrust, SuspensionImpact } from "./questions.ts";
import type { TrustGraph } from "./trust-graph.ts";

/** Hops that trust is followed for. */
const WITHIN = 3;

/** What falls with a member: the graph is compared with itself without it. */
export function impactOf(graph: TrustGraph, slug: string, first: number): SuspensionImpact {
	const [by, of] = [graph.by.get(slug) ?? [], graph.of.get(slug) ?? []];
	const after = graph.without(slug);
	const still = new Set(after.recognitions.map(({ badgeClassId }) => badgeClassId));
	const badgeClasses = [...new Set(by.flatMap(({ badgeClassId }) => badgeClassId ?? []))].filter((id) => !still.has(id)).sort();
	const members = [...new Set(by.map(({ memberSlug }) => memberSlug))].filter((one) => !after.of.has(one)).sort();
	const trustedAfter = after.trusted(WITHIN);
	const lost = [...graph.trusted(WITHIN)].filter((pair) => !trustedAfter.has(pair) && !pair.split(" ").includes(slug)).sort();
	return Object.assign(new SuspensionImpact(), {
		recognitionsByCount: by.length,
		recognitionsOfCount: of.length,
		recognitions: [...by, ...of].sort((left, right) => right.since.getTime() - left.since.getTime()).slice(0, first),
		badgeClassesLeftWithoutCount: badgeClasses.length,
		badgeClassesLeftWithout: badgeClasses.slice(0, first).map(BadgeClass.of),
		membersLeftWithoutCount: members.length,
		membersLeftWithout: members.slice(0, first),
		lostTrustCount: lost.length,
		lostTrust: lost.slice(0, first).map((pair) => {
			const [from, to] = pair.split(" ");
			return Object.assign(new LostTrust(), { from, to });
		}),
	});
}
