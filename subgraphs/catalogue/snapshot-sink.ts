import { Any, type DataSource, type EntityManager, In } from "typeorm";
import { latestFirstCursor, nameCursor } from "../../schema/cursor.ts";
import { BadgeHit } from "./badge-hit.ts";
import type { HarvestSink } from "./harvest/sink.ts";
import type { HarvestedBadge, HarvestedChange } from "./harvest/wire.ts";
import { Harvest, Refusal } from "./harvest.ts";
import { saveRequirements, settleRequirements, takeRequirementsTurn } from "./requirements.ts";
import { indexBadges } from "./search/index-badge.ts";
import type { Stems } from "./search/stems.ts";

/** Refusals kept of one member: a liar's are as many as it likes. */
const MOST_REFUSALS = 200;

/** Keeps the harvest as the catalogue's snapshot: rows, requirements and search index in one transaction each time. */
export function snapshotSink(database: DataSource, stems: Stems): HarvestSink {
	const { manager: outside } = database;
	return {
		members: async () => (await outside.find(Harvest, { select: { instituteSlug: true } })).map(({ instituteSlug }) => instituteSlug),
		welcome: ({ slug, name, departements, collectives }) =>
			database.transaction(async (manager) => {
				const before = await manager.findOneBy(Harvest, { instituteSlug: slug });
				await manager.upsert(Harvest, { instituteSlug: slug, name, departements, collectives }, ["instituteSlug"]);
				// The institute's name is among the words of its badges.
				if (before && before.name !== name) await indexBadges(manager, stems, await manager.findBy(BadgeHit, { instituteSlug: slug }));
			}),
		position: async (slug) => (await outside.findOneBy(Harvest, { instituteSlug: slug }))?.position ?? null,
		count: (slug) => outside.countBy(BadgeHit, { instituteSlug: slug }),
		apply: (slug, changes, position) =>
			database.transaction(async (manager) => {
				if (changes.length > 0) {
					await takeRequirementsTurn(manager);
					await applyChanges(manager, stems, slug, changes);
				}
				await manager.update(Harvest, { instituteSlug: slug }, { position });
			}),
		keepOnly: (slug, ids) =>
			database.transaction(async (manager) => {
				const gone = (await manager.find(BadgeHit, { where: { instituteSlug: slug }, select: { id: true } })).filter(
					({ id }) => !ids.has(id),
				);
				await takeRequirementsTurn(manager);
				await removeBadges(
					manager,
					gone.map(({ id }) => id),
				);
				for (const { rowId } of await manager.findBy(Refusal, { instituteSlug: slug }))
					if (!ids.has(rowId)) await manager.delete(Refusal, { instituteSlug: slug, rowId });
			}),
		async present(slug, presentation) {
			await outside.update(Harvest, { instituteSlug: slug }, { presentation: presentation as never });
		},
		async note(slug, state) {
			await outside.update(
				Harvest,
				{ instituteSlug: slug },
				"problem" in state ? { problem: state.problem } : { heardAt: state.heardAt, problem: null },
			);
		},
		forget: (slug) =>
			database.transaction(async (manager) => {
				await takeRequirementsTurn(manager);
				await manager.delete(Harvest, { instituteSlug: slug });
				await settleRequirements(manager);
			}),
	};
}

async function applyChanges(manager: EntityManager, stems: Stems, slug: string, changes: readonly HarvestedChange[]): Promise<void> {
	// Each row is told as it is now, so that the last word on it is enough.
	const last = new Map(changes.map((change) => [change.id, change]));
	await manager.delete(Refusal, { instituteSlug: slug, rowId: In([...last.keys()]) });
	const saved: BadgeHit[] = [];
	const removed: string[] = [];
	const refused: Refusal[] = [];
	for (const change of last.values()) {
		if (change.kind === "SAVED") saved.push(snapshotOf(slug, change.badge));
		else if (change.kind === "REMOVED") removed.push(change.id);
		else refused.push({ instituteSlug: slug, rowId: change.id, reason: change.reason });
	}
	await removeBadges(manager, removed);
	if (saved.length > 0) {
		await manager.upsert(BadgeHit, saved, ["id"]);
		for (const { id, requirement } of saved) await saveRequirements(manager, id, requirement);
		await indexBadges(manager, stems, saved);
	}
	const room = MOST_REFUSALS - (await manager.countBy(Refusal, { instituteSlug: slug }));
	if (room > 0 && refused.length > 0) await manager.insert(Refusal, refused.slice(0, room));
	await settleRequirements(manager);
}

async function removeBadges(manager: EntityManager, ids: readonly string[]): Promise<void> {
	if (ids.length === 0) return;
	await manager.delete(BadgeHit, { id: Any([...ids]) });
	await settleRequirements(manager);
}

function snapshotOf(slug: string, badge: HarvestedBadge): BadgeHit {
	const { issuer, status, request, ...same } = badge;
	return {
		...same,
		instituteSlug: slug,
		issuerId: issuer.id,
		issuerName: issuer.name,
		retired: status === "RETIRED",
		requestable: request.open,
		requestUrl: request.url,
		metabadge: badge.requirement !== null,
		harvestedAt: new Date(),
		nameCursor: nameCursor(badge.name, badge.id),
		createdCursor: latestFirstCursor(badge.createdAt, badge.id),
		updatedCursor: latestFirstCursor(badge.updatedAt, badge.id),
	};
}
