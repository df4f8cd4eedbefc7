import type { DataSource } from "typeorm";
import { z } from "zod";
import { parseSettings, readJsonFile } from "../../../kit/config.ts";
import { DrawnPathway, DrawnPathwayAction, DrawnPathwayEvent, DrawnStep } from "./drawn-pathway.ts";

const drawnFile = z.array(
	z.object({
		id: z.uuid(),
		name: z.string(),
		description: z.string(),
		steward: z.string(),
		steps: z.array(
			z.object({
				badge: z.string().optional(),
				competency: z.string().optional(),
				optional: z.boolean().default(false),
				note: z.string().default(""),
			}),
		),
	}),
);

/**
 * Puts the pathways of a file into a catalogue that has not had them: one that a steward changed or removed stays so.
 * Its badges may not have been harvested yet. Throws an `OperatorError` that lists every mistake of the file.
 */
export async function seedDrawn(database: DataSource, file: string, issuer: string): Promise<void> {
	for (const { id, name, description, steward, steps } of parseSettings(drawnFile, readJsonFile(file), file))
		await database.transaction(async (manager) => {
			const made = await manager.query(
				`INSERT INTO "drawn_pathway" ("id", "name", "description") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING "id"`,
				[id, name, description],
			);
			if (made.length === 0) return;
			const rows = steps.map(({ badge, competency, optional, note }) => ({
				badgeClassId: badge ?? null,
				competency: competency ?? null,
				optional,
				note,
			}));
			await manager.insert(
				DrawnStep,
				rows.map((row, place) => ({ ...row, pathwayId: id, place })),
			);
			const { version } = await manager.findOneByOrFail(DrawnPathway, { id });
			const content = { name, description, steps: rows };
			await manager.insert(DrawnPathwayEvent, { pathwayId: id, issuer, steward, action: DrawnPathwayAction.DRAWN, version, content });
		});
}
