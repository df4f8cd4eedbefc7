import { type DataSource, type EntityManager, QueryFailedError } from "typeorm";
import type { Caller } from "../../../kit/caller.ts";
import { type CheckedPathway, checkDrawn, refused } from "./check-drawn.ts";
import { DrawnPathwayRefusal as Code, type DrawnPathwayInput, DrawnPathwayRefused } from "./drawn-answers.ts";
import { DrawnPathway, DrawnPathwayAction, DrawnPathwayEvent, DrawnStep } from "./drawn-pathway.ts";

const UNIQUE_VIOLATION = "23505";
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text can be the id of a drawn pathway. */
export const isDrawnId = (id: string): boolean => ID.test(id);

/** Makes a pathway, or changes the one that is named. What a steward may get wrong is told, and nothing is done then. */
export async function saveDrawn(
	database: DataSource,
	by: Pick<Caller, "issuer" | "subject">,
	input: DrawnPathwayInput,
): Promise<DrawnPathway | DrawnPathwayRefused> {
	try {
		return await database.transaction(async (manager) => {
			const known = input.id == null ? null : await lock(manager, input.id, input.version ?? null);
			if (known instanceof DrawnPathwayRefused) return known;
			const checked = await checkDrawn(manager, input);
			if (checked instanceof DrawnPathwayRefused) return checked;
			const { name, description } = checked;
			if (await isTaken(manager, name, known?.id ?? null)) return nameTaken();
			const version = (known?.version ?? 0) + 1;
			const now = known === null ? {} : { changedAt: new Date() };
			const { id } = await manager.save(DrawnPathway, { ...(known && { id: known.id }), name, description, version, ...now });
			await manager.delete(DrawnStep, { pathwayId: id });
			await manager.insert(
				DrawnStep,
				checked.steps.map((step, place) => ({ ...step, pathwayId: id, place })),
			);
			await note(manager, by, id, known === null ? DrawnPathwayAction.DRAWN : DrawnPathwayAction.CHANGED, version, checked);
			return manager.findOneByOrFail(DrawnPathway, { id });
		});
	} catch (error) {
		// Somebody took it between the look and the writing.
		if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNIQUE_VIOLATION) return nameTaken();
		throw error;
	}
}

const nameTaken = () => refused(Code.NAME_TAKEN, "name", "Another pathway has this name: choose another one.");

function isTaken(manager: EntityManager, name: string, but: string | null): Promise<boolean> {
	return manager
		.createQueryBuilder(DrawnPathway, "pathway")
		.where(`lower(pathway.name) = lower(:name) AND pathway."removedAt" IS NULL`, { name })
		.andWhere("(CAST(:but AS uuid) IS NULL OR pathway.id <> :but)", { but })
		.getExists();
}

/** Takes a pathway away; its history stays. */
export function removeDrawn(
	database: DataSource,
	by: Pick<Caller, "issuer" | "subject">,
	id: string,
	version: number,
): Promise<DrawnPathway | DrawnPathwayRefused> {
	return database.transaction(async (manager) => {
		const known = await lock(manager, id, version);
		if (known instanceof DrawnPathwayRefused) return known;
		const next = known.version + 1;
		await manager.update(DrawnPathway, { id }, { removedAt: new Date(), changedAt: new Date(), version: next });
		await note(manager, by, id, DrawnPathwayAction.REMOVED, next, { name: known.name, description: known.description, steps: [] });
		return manager.findOneByOrFail(DrawnPathway, { id });
	});
}

/** Holds a pathway until the transaction ends. */
async function lock(manager: EntityManager, id: string, version: number | null): Promise<DrawnPathway | DrawnPathwayRefused> {
	const known = isDrawnId(id) ? await manager.findOne(DrawnPathway, { where: { id }, lock: { mode: "pessimistic_write" } }) : null;
	if (!known || known.removedAt)
		return refused(Code.UNKNOWN_PATHWAY, null, "There is no such pathway: it may have been removed meanwhile.");
	if (known.version !== version)
		return refused(Code.OUTDATED, null, "Somebody changed this pathway since you read it: read it again, and write your changes anew.");
	return known;
}

function note(
	manager: EntityManager,
	{ issuer, subject }: Pick<Caller, "issuer" | "subject">,
	pathwayId: string,
	action: DrawnPathwayAction,
	version: number,
	content: CheckedPathway,
) {
	return manager.insert(DrawnPathwayEvent, { pathwayId, issuer, steward: subject, action, version, content });
}
