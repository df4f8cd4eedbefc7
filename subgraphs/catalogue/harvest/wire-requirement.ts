import { z } from "zod";
import { isGlobalId } from "../../../schema/global-id.ts";
import { text } from "./wire-text.ts";

/** What the harvest accepts as the rule of a metabadge. See `Requirement` in `member.graphql`. */

export const badgeClassId = z.string().refine(isGlobalId, "is not an id of a badge class");

const MOST_PARTS = 500;
const DEEPEST = 20;
const absent = <T extends z.ZodType>(item: T) => item.nullish().transform((value) => value ?? null);
const part = z
	.object({
		kind: z.enum(["ALL", "ANY", "AT_LEAST", "BADGE", "COMPETENCY"]),
		group: absent(z.int().min(0)),
		needed: absent(z.int().min(0).max(MOST_PARTS)),
		distinctIssuers: absent(z.int().min(0).max(MOST_PARTS)),
		badgeClassId: absent(badgeClassId),
		// Made printable as the codes of alignments are, with which it is compared.
		competency: absent(text(1000).refine((value) => value.trim() !== "", "is empty")),
		recognised: absent(z.boolean()),
		notOlderThanDays: absent(z.int().min(0).max(36_500)),
	})
	.refine((value) => value.kind !== "BADGE" || value.badgeClassId !== null, { path: ["badgeClassId"], error: "is missing" })
	.refine((value) => value.kind !== "COMPETENCY" || value.competency !== null, { path: ["competency"], error: "is missing" })
	.refine((value) => value.kind !== "AT_LEAST" || value.needed !== null, { path: ["needed"], error: "is missing" });

type Part = z.output<typeof part>;
const isGroup = ({ kind }: Part) => kind === "ALL" || kind === "ANY" || kind === "AT_LEAST";

const parts = z
	.array(part)
	.min(1, "are none")
	.max(MOST_PARTS, `are more than ${MOST_PARTS}`)
	.superRefine((list, context) => {
		const depths: number[] = [];
		for (const [place, one] of list.entries()) {
			const problem = (message: string) => context.addIssue({ code: "custom", path: [place, "group"], message });
			const group = one.group === null ? undefined : list[one.group];
			if (place === 0) {
				if (one.group !== null || !isGroup(one)) problem("is wrong: the first part is the whole rule, a group in none");
			} else if (one.group === null || one.group >= place || !group || !isGroup(group)) problem("is not that of a group before it");
			depths.push(1 + (one.group === null ? 0 : (depths[one.group] ?? 0)));
			if ((depths[place] as number) > DEEPEST) problem("is too deep");
		}
	});

export const requirement = z
	.object({
		rule: z.enum(["ALL", "ANY", "AT_LEAST"]),
		needed: z.int().min(0).max(1000),
		badgeClassIds: z.array(badgeClassId).max(MOST_PARTS, `are more than ${MOST_PARTS}`),
		parts: absent(parts),
	})
	.refine((value) => value.parts !== null || value.badgeClassIds.length > 0, { path: ["badgeClassIds"], error: "are none" })
	.transform((value) => {
		if (value.parts === null) return value;
		// The tree is what counts: its list of badges says the same.
		const named = value.parts.flatMap(({ badgeClassId: id }) => id ?? []);
		return { ...value, badgeClassIds: [...new Set(named)] };
	});
