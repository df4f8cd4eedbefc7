import { z } from "zod";
import { parseSettings, readJsonFile } from "../kit/config.ts";

/** A region as a file: its collectives, its members, and who recognises whom. Where members answer is not in it. */
const day = z.iso.date("must be a day like 2026-03-02");

const regionSchema = z.object({
	collectives: z.array(z.object({ id: z.string(), name: z.string(), description: z.string().nullish() })),
	members: z.array(
		z.object({
			slug: z.string(),
			name: z.string(),
			collectives: z.array(z.string()).default([]),
			departements: z.array(z.string()).default([]),
			admittedAt: day,
			demonstration: z.boolean().default(false),
		}),
	),
	/** `subject`: a member's slug, or the id of one of its badge classes. */
	recognitions: z.array(z.object({ by: z.string(), subject: z.string(), since: day, reason: z.string() })),
	/** What the hub, or the collective `by`, attests of a member. */
	marks: z
		.array(
			z
				.object({
					member: z.string(),
					mark: z.enum(["charter", "qualiopi", "metabadge-operator"]),
					by: z.string().optional(),
					number: z.string().optional(),
					declaredOn: day.optional(),
					since: day,
				})
				.refine(({ mark, by }) => (mark === "charter") === (by !== undefined), {
					path: ["by"],
					error: "is the collective whose charter it is; other marks are the hub's here",
				}),
		)
		.optional(),
});

export type Region = z.output<typeof regionSchema>;

/** Reads the file of a region. Throws an `OperatorError` that lists every mistake. */
export function readRegion(file: string): Region {
	return parseSettings(regionSchema, readJsonFile(file), file);
}
