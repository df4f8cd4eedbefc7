import { graphql, type ResultOf } from "../graphql.ts";

/** A part of a rule as pages show it: what is asked, whether it is met and why, and where it can be had. */
export const RuleParts_Part = graphql(`
	fragment RuleParts_Part on ProgressPart @_unmask {
		kind
		group
		id
		name
		needed
		distinctIssuers
		recognised
		notOlderThanDays
		met
		reason
		by
		alternatives {
			id
			name
			requestable
		}
		badgeClass {
			request {
				open
				url
			}
		}
	}
`);

/** Each group before its parts, the whole rule first. */
export type RulePart = ResultOf<typeof RuleParts_Part>;

/** Places of the parts of a group, in their order. */
export function partsWithin(parts: readonly RulePart[], group: number): number[] {
	return parts.flatMap((part, place) => (part.group === group ? [place] : []));
}

/** The leaves that are not met, in groups that are not met themselves. */
export function missingParts(parts: readonly RulePart[], place = 0): RulePart[] {
	const part = parts[place];
	if (!part || part.met) return [];
	const within = partsWithin(parts, place);
	return within.length > 0 ? within.flatMap((one) => missingParts(parts, one)) : [part];
}
