import { Any, type DataSource, type EntityManager, In } from "typeorm";
import { nameCursor } from "../../schema/cursor.ts";
import type { HarvestSink } from "../catalogue/harvest/sink.ts";
import { Badge, BadgeCompetency, BadgeJob, HarvestedMember } from "./aligned-badge.ts";
import { insertRows } from "./insert-rows.ts";
import type { AlignmentReader } from "./understand-alignments.ts";

/** Keeps the alignments of every member's badge classes, and what they are understood to mean. */
export function alignmentSink(database: DataSource, reader: AlignmentReader): HarvestSink {
	const { manager: outside } = database;
	return {
		members: async () => (await outside.find(HarvestedMember)).map(({ slug }) => slug),
		async welcome({ slug }) {
			await outside.createQueryBuilder().insert().into(HarvestedMember).values({ slug, position: null }).orIgnore().execute();
		},
		position: async (slug) => (await outside.findOneBy(HarvestedMember, { slug }))?.position ?? null,
		count: (slug) => outside.countBy(Badge, { slug }),
		apply: (slug, changes, position) =>
			database.transaction(async (manager) => {
				// Each row is told as it is now, so that the last word on it is enough.
				const last = [...new Map(changes.map((change) => [change.id, change])).values()];
				const removed = last.flatMap((change) => (change.kind === "REMOVED" ? [change.id] : []));
				if (removed.length > 0) await manager.delete(Badge, { id: In(removed) });
				const saved = last.flatMap((change) => (change.kind === "SAVED" ? [change.badge] : []));
				const badges = saved.map(({ id, name, alignments }): Badge => ({ id, slug, name, alignments, nameCursor: nameCursor(name, id) }));
				if (badges.length > 0) await manager.upsert(Badge, badges, ["id"]);
				await saveUnderstood(manager, reader, badges);
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

/** Understands every kept alignment again, for a referential that has changed. */
export async function understandAgain(manager: EntityManager, reader: AlignmentReader): Promise<void> {
	await saveUnderstood(manager, reader, await manager.find(Badge));
}

async function saveUnderstood(manager: EntityManager, reader: AlignmentReader, badges: readonly Badge[]): Promise<void> {
	const badgeId = Any(badges.map(({ id }) => id));
	await manager.delete(BadgeJob, { badgeId });
	await manager.delete(BadgeCompetency, { badgeId });
	const understood = badges.flatMap(({ id, alignments }) => reader.understand(alignments).map((one) => ({ badgeId: id, ...one })));
	const jobs = understood.filter(({ kind }) => kind === "job");
	const competencies = understood.filter(({ kind }) => kind === "competency");
	await insertRows(
		manager,
		BadgeJob,
		jobs.map(({ badgeId: badge, code, provenance }) => ({ badgeId: badge, jobCode: code, provenance })),
	);
	await insertRows(
		manager,
		BadgeCompetency,
		competencies.map(({ badgeId: badge, code, provenance }) => ({ badgeId: badge, competencyCode: code, provenance })),
	);
}
