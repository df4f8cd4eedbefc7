import { Any, type DataSource, In } from "typeorm";
import { nameCursor } from "../../schema/cursor.ts";
import type { HarvestSink } from "../catalogue/harvest/sink.ts";
import { Badge, HarvestedMember } from "./aligned-badge.ts";
import { saveUnderstood } from "./understand-badges.ts";

/** Keeps the alignments of every member's badge classes, and what they are understood to mean. */
export function alignmentSink(database: DataSource): HarvestSink {
	const { manager: outside } = database;
	return {
		members: async () => (await outside.find(HarvestedMember)).map(({ slug }) => slug),
		async welcome({ slug, collectives, departements }) {
			await outside.query(
				`INSERT INTO harvested_member ("slug", "collectives", "departements") VALUES ($1, $2, $3)
				ON CONFLICT ("slug") DO UPDATE SET "collectives" = excluded."collectives", "departements" = excluded."departements"`,
				[slug, collectives, departements],
			);
		},
		position: async (slug) => (await outside.findOneBy(HarvestedMember, { slug }))?.position ?? null,
		count: (slug) => outside.countBy(Badge, { slug }),
		apply: (slug, changes, position) =>
			database.transaction(async (manager) => {
				// An import of a referential understands everything again: what is kept meanwhile would be missed.
				await manager.query("SELECT pg_advisory_xact_lock_shared(hashtext('referential'))");
				// Each row is told as it is now, so that the last word on it is enough.
				const last = [...new Map(changes.map((change) => [change.id, change])).values()];
				const removed = last.flatMap((change) => (change.kind === "REMOVED" ? [change.id] : []));
				if (removed.length > 0) await manager.delete(Badge, { id: In(removed) });
				const saved = last.flatMap((change) => (change.kind === "SAVED" ? [change.badge] : []));
				const badges = saved.map(
					({ id, name, description, tags, alignments }): Badge => ({
						id,
						slug,
						name,
						description,
						tags,
						alignments,
						nameCursor: nameCursor(name, id),
					}),
				);
				if (badges.length > 0) await manager.upsert(Badge, badges, ["id"]);
				await saveUnderstood(manager, badges);
				await manager.update(HarvestedMember, { slug }, { position });
			}),
		async keepOnly(slug, ids) {
			const gone = (await outside.find(Badge, { where: { slug }, select: { id: true } })).filter(({ id }) => !ids.has(id));
			if (gone.length > 0) await outside.delete(Badge, { id: Any(gone.map(({ id }) => id)) });
		},
		// How fresh the harvest is, the catalogue says.
		note: async () => undefined,
		async forget(slug) {
			await outside.delete(HarvestedMember, { slug });
		},
	};
}
