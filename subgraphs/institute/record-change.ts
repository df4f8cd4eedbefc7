import type { EntityManager } from "typeorm";
import { latestFirstCursor, nameCursor } from "../../schema/cursor.ts";
import { BadgeClass } from "./badge-class.ts";
import { Change, ChangeKind } from "./change.ts";

/** Channel on which a committed change is announced; the payload is its position. */
export const CHANGE_CHANNEL = "badge_class_change";

/** A badge class without what follows from its other fields. */
export type BadgeClassContent = Omit<BadgeClass, "nameCursor" | "createdCursor" | "updatedCursor" | "issuerRow">;

/**
 * Writers take turns until the end of their transaction. Without it a change with a lower position could be
 * committed after a higher one had been read, and a harvester would never see it.
 */
export async function takeTurn(manager: EntityManager): Promise<void> {
	await manager.query("SELECT pg_advisory_xact_lock(hashtext('badge class changes'))");
}

/** Saves a row and records it. Call {@link takeTurn} first in the same transaction. */
export async function saveBadgeClass(manager: EntityManager, content: BadgeClassContent): Promise<void> {
	await manager.upsert(
		BadgeClass,
		{
			...content,
			nameCursor: nameCursor(content.name, content.id),
			createdCursor: latestFirstCursor(content.createdAt, content.id),
			updatedCursor: latestFirstCursor(content.updatedAt, content.id),
		},
		["id"],
	);
	await record(manager, ChangeKind.SAVED, content.id);
}

/** Removes a row and records it. Call {@link takeTurn} first in the same transaction. */
export async function removeBadgeClass(manager: EntityManager, id: string): Promise<void> {
	await manager.delete(BadgeClass, { id });
	await record(manager, ChangeKind.REMOVED, id);
}

async function record(manager: EntityManager, kind: ChangeKind, badgeClassId: string): Promise<void> {
	const { identifiers } = await manager.insert(Change, { kind, badgeClassId, at: new Date() });
	await manager.query("SELECT pg_notify($1, $2)", [CHANGE_CHANNEL, String(identifiers[0]?.position)]);
}
