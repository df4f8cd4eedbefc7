import { deflateRawSync, inflateRawSync } from "node:zlib";
import { z } from "zod";
import { badInput } from "../../kit/errors.ts";
import { BadgeSearchOrder } from "./badge-search.ts";
import { DIRECTIONS } from "./meanings.ts";
import type { Plan } from "./plan.ts";

/**
 * A place in a list of badges, and the plan of that list: rarities change with the catalogue, and all pages of a list
 * are to be of one order, so that each badge is visited once while others come and go.
 */
export interface Place {
	score: number;
	nameCursor: string;
}

const lexeme = z
	.string()
	.max(80)
	.refine((value) => value !== "" && !value.includes("\u0000"));
const variant = z
	.tuple([lexeme, z.number().min(0).max(1), z.int().min(0).max(3)])
	.transform(([one, worth, flags]) => ({ lexeme: one, worth, strict: (flags & 1) !== 0, prefix: (flags & 2) !== 0 }));
const terms = z
	.array(z.tuple([z.number().min(0).max(30), z.array(variant).min(1).max(40)]).transform(([rarity, variants]) => ({ rarity, variants })))
	.max(24);
const folded = z
	.string()
	.max(1000)
	.refine((value) => !value.includes("\u0000"));
const meaning = z
	.base64url()
	.transform((text) => Int8Array.from(Buffer.from(text, "base64url")))
	.refine(({ length }) => length === DIRECTIONS)
	.nullable();
const planSchema = z.union([
	z.tuple([z.literal("LIST")]).transform(([mode]) => ({ mode })),
	z.tuple([z.literal("ALL"), folded, terms]).transform(([mode, typed, planned]) => ({ mode, folded: typed, terms: planned })),
	z
		.tuple([z.literal("WIDE"), folded, terms, z.array(z.tuple([lexeme, z.number().min(0).max(4)])).max(40), meaning])
		.transform(([mode, typed, planned, more, means]) => ({
			mode,
			folded: typed,
			terms: planned,
			expansions: more.map(([one, weight]) => ({ lexeme: one, weight })),
			meaning: means,
		})),
]);
const cursorSchema = z.tuple([
	z.int().min(-1e9).max(2e9),
	z
		.string()
		.min(1)
		.refine((value) => !value.includes("\u0000")),
	planSchema,
	z.enum(BadgeSearchOrder),
]);

/** Bytes of a plan, however well they are packed. */
const LARGEST = 20_000;

/** Writes the places of one list. */
export function cursorWriter(plan: Plan, order: BadgeSearchOrder): (place: Place) => string {
	const compact = compactPlan(plan);
	return ({ score, nameCursor }) => deflateRawSync(JSON.stringify([score, nameCursor, compact, order])).toString("base64url");
}

/** Throws `BAD_USER_INPUT` for anything that `cursorWriter` does not write. */
export function readCursor(cursor: string): Place & { plan: Plan; order: BadgeSearchOrder } {
	try {
		const text = inflateRawSync(Buffer.from(cursor, "base64url"), { maxOutputLength: LARGEST }).toString("utf8");
		const [score, nameCursor, plan, order] = cursorSchema.parse(JSON.parse(text));
		return { score, nameCursor, plan: plan as Plan, order };
	} catch {
		throw badInput("after", "is not a cursor of this list: leave it out to start again");
	}
}

function compactPlan(plan: Plan): unknown[] {
	if (plan.mode === "LIST") return [plan.mode];
	const planned = plan.terms.map(({ rarity, variants }) => [
		rarity,
		variants.map((one) => [one.lexeme, Number(one.worth.toFixed(3)), (one.strict ? 1 : 0) + (one.prefix ? 2 : 0)]),
	]);
	return plan.mode === "ALL"
		? [plan.mode, plan.folded, planned]
		: [
				plan.mode,
				plan.folded,
				planned,
				plan.expansions.map((one) => [one.lexeme, one.weight]),
				plan.meaning && Buffer.from(plan.meaning).toString("base64url"),
			];
}
