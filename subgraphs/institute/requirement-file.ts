import { z } from "zod";
import { isGlobalId } from "../../schema/global-id.ts";
import { type Requirement, type RequirementPart, RequirementPartKind, type RequirementRule } from "./badge-class.parts.ts";

/**
 * The rule of a metabadge, as a badge file writes it in `extensions:requirement`: over a list of badges,
 * `{ "rule": "AT_LEAST", "atLeast": 2, "badges": [ids] }`, or over parts that may be groups themselves,
 * `{ "rule": "ALL", "of": [{ "badge": id }, { "competency": code or address, "recognised": true }, { "rule": "ANY", "of": [...] }] }`.
 */

const MOST_PARTS = 200;
const DEEPEST = 8;

export const badgeClassId = z.string().refine(isGlobalId, "must be the id of a badge class, `<slug>:<local id>`");
const rule = z.enum(["ALL", "ANY", "AT_LEAST"]);
const atLeast = z.int().min(1).optional();
const conditions = { recognised: z.boolean().optional(), notOlderThanDays: z.int().min(1).max(36_500).optional() };

type Node =
	| { badge: string; recognised?: boolean | undefined; notOlderThanDays?: number | undefined }
	| { competency: string; recognised?: boolean | undefined; notOlderThanDays?: number | undefined }
	| Group;
interface Group {
	rule: z.output<typeof rule>;
	atLeast?: number | undefined;
	distinctIssuers?: number | undefined;
	of: Node[];
}

const badgeNode = z.strictObject({ badge: badgeClassId, ...conditions });
const competencyNode = z.strictObject({ competency: z.string().trim().min(1).max(1000), ...conditions });
const node: z.ZodType<Node> = z.lazy(() =>
	readAs<Node>((value) => ("of" in value ? group : "competency" in value ? competencyNode : badgeNode)),
);
const group = z
	.strictObject({
		rule,
		atLeast,
		distinctIssuers: z.int().min(2).max(100).optional(),
		of: z.array(node).min(1, "must name at least one part").max(MOST_PARTS),
	})
	.superRefine((value, context) => checkAtLeast(value.rule, value.atLeast, value.of.length, "parts", context));
const tree = group.superRefine((value, context) => {
	if (depthOf(value) > DEEPEST)
		context.addIssue({ code: "custom", path: ["of"], message: `must have at most ${DEEPEST} groups within groups` });
	if (partsOf(value).length > MOST_PARTS)
		context.addIssue({ code: "custom", path: ["of"], message: `must have at most ${MOST_PARTS} parts` });
});
const list = z
	.object({ rule, atLeast, badges: z.array(badgeClassId).min(1, "must name at least one badge").max(MOST_PARTS) })
	.superRefine((value, context) => checkAtLeast(value.rule, value.atLeast, new Set(value.badges).size, "badges", context));

export const requirement = readAs<Requirement>((value) => ("of" in value ? tree.transform(fromTree) : list.transform(fromList)));

/** Reads a value as what its keys say that it is: of a union of all forms, nobody would be told what is wrong. */
function readAs<Output>(formOf: (value: object) => z.ZodType<Output>) {
	return z.record(z.string(), z.unknown()).transform((value, context): Output => {
		const result = formOf(value).safeParse(value);
		if (result.success) return result.data;
		for (const { path, message } of result.error.issues) context.addIssue({ code: "custom", path, message });
		return z.NEVER;
	});
}

function checkAtLeast(
	kind: z.output<typeof rule>,
	asked: number | undefined,
	named: number,
	what: string,
	context: { addIssue(issue: { code: "custom"; path: string[]; message: string }): void },
): void {
	if (kind === "AT_LEAST" && asked === undefined)
		context.addIssue({ code: "custom", path: ["atLeast"], message: "is needed with the rule AT_LEAST" });
	if (asked !== undefined && asked > named)
		context.addIssue({ code: "custom", path: ["atLeast"], message: `asks for ${asked} of ${named} ${what}` });
}

function fromList(value: z.output<typeof list>): Requirement {
	const badgeClassIds = [...new Set(value.badges)];
	return {
		rule: value.rule as RequirementRule,
		needed: value.rule === "ALL" ? badgeClassIds.length : value.rule === "ANY" ? 1 : (value.atLeast ?? 1),
		badgeClassIds,
		parts: null,
	};
}

function fromTree(value: Group): Requirement {
	const parts = partsOf(value);
	const badgeClassIds = [...new Set(parts.flatMap((part) => part.badgeClassId ?? []))];
	return { rule: value.rule as RequirementRule, needed: fewestOf(value), badgeClassIds, parts };
}

/** A tree as a list, each group before its parts. */
function partsOf(whole: Group): RequirementPart[] {
	const parts: RequirementPart[] = [];
	const put = (one: Node, parent: number | null): void => {
		const place = parts.push(partOf(one, parent)) - 1;
		if ("of" in one) for (const child of one.of) put(child, place);
	};
	put(whole, null);
	return parts;
}

function partOf(one: Node, parent: number | null): RequirementPart {
	const nothing = { needed: null, distinctIssuers: null, badgeClassId: null, competency: null, recognised: null, notOlderThanDays: null };
	if ("of" in one) {
		const needed = one.rule === "AT_LEAST" ? (one.atLeast ?? 1) : null;
		return { ...nothing, kind: RequirementPartKind[one.rule], group: parent, needed, distinctIssuers: one.distinctIssuers ?? null };
	}
	const { recognised = null, notOlderThanDays = null } = one;
	return "badge" in one
		? { ...nothing, kind: RequirementPartKind.BADGE, group: parent, badgeClassId: one.badge, recognised, notOlderThanDays }
		: { ...nothing, kind: RequirementPartKind.COMPETENCY, group: parent, competency: one.competency, recognised, notOlderThanDays };
}

function depthOf(one: Node): number {
	return "of" in one ? 1 + Math.max(...one.of.map(depthOf)) : 0;
}

/** The fewest leaves by which it can be met. */
function fewestOf(one: Node): number {
	if (!("of" in one)) return 1;
	const each = one.of.map(fewestOf).sort((left, right) => left - right);
	const needed = one.rule === "ALL" ? each.length : one.rule === "ANY" ? 1 : (one.atLeast ?? 1);
	return Math.max(
		one.distinctIssuers ?? 0,
		each.slice(0, needed).reduce((sum, count) => sum + count, 0),
	);
}
