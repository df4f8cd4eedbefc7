import type { RulePart } from "../../web/app/pathway/rule-parts.ts";

/** A part of a rule as the hub answers it: a badge that is not held, unless told otherwise. */
export const rulePart = (part: Partial<RulePart>): RulePart => ({
	kind: "BADGE",
	group: null,
	id: null,
	name: null,
	needed: null,
	distinctIssuers: null,
	recognised: false,
	notOlderThanDays: null,
	met: false,
	reason: "NOT_HELD",
	by: [],
	alternatives: [],
	badgeClass: null,
	...part,
});
