import { type DataSource, type EntityManager, In, IsNull } from "typeorm";
import { isGlobalId, ownerOf } from "../../schema/global-id.ts";
import { BadgeHit } from "./badge-hit.ts";
import { Harvest } from "./harvest.ts";
import { Pathway, PathwayEdge, PathwayNode } from "./pathway.ts";
import { levelsTo } from "./pathway-graph.ts";
import { Requirement } from "./required-badge.ts";

/** A badge with all that leads to it, across members; null when the catalogue does not know it. */
export async function readPathway(database: DataSource, goalId: string): Promise<Pathway | null> {
	if (!isGlobalId(goalId)) return null;
	// One moment of the catalogue: a requirement settled in between could close a cycle here that never existed.
	return database.transaction("REPEATABLE READ", async (manager) => {
		const goal = await manager.findOneBy(BadgeHit, { id: goalId });
		if (!goal) return null;
		const requirements = await requirementsTo(manager, goalId);
		const byMetabadge = new Map<string, string[]>();
		for (const { metabadgeId, requiredId } of requirements)
			byMetabadge.set(metabadgeId, [...(byMetabadge.get(metabadgeId) ?? []), requiredId]);
		const levels = levelsTo(byMetabadge, goalId);
		const badges = new Map((await manager.findBy(BadgeHit, { id: In([...levels.keys()]) })).map((badge) => [badge.id, badge]));
		const owners = new Map(
			(await manager.findBy(Harvest, { instituteSlug: In([...levels.keys()].map(ownerOf)) })).map(({ instituteSlug, name }) => [
				instituteSlug,
				name,
			]),
		);
		const nodes = [...levels].map(([id, level]): PathwayNode => {
			const badge = badges.get(id);
			const slug = ownerOf(id) as string;
			const outOf = byMetabadge.get(id)?.length ?? 0;
			return Object.assign(new PathwayNode(), {
				id,
				name: badge?.name ?? null,
				instituteSlug: slug,
				instituteName: owners.get(slug) ?? null,
				level,
				metabadge: badge?.requirement != null,
				outOf,
				needed: Math.min(badge?.requirement?.needed ?? 0, outOf),
			});
		});
		nodes.sort((left, right) => left.level - right.level || (placeOf(badges, left.id) < placeOf(badges, right.id) ? -1 : 1));
		const edges = requirements.map(({ metabadgeId, requiredId }) =>
			Object.assign(new PathwayEdge(), { from: requiredId, to: metabadgeId }),
		);
		return Object.assign(new Pathway(), { badgeClassId: goalId, name: goal.name, nodes, edges });
	});
}

/** Requirements in force of the goal, of what it requires, and so on. */
async function requirementsTo(manager: EntityManager, goalId: string): Promise<Requirement[]> {
	const reached: { id: string }[] = await manager.query(
		`WITH RECURSIVE "way" ("id") AS (
			SELECT $1::text UNION SELECT "requiredId" FROM "way" JOIN "requirement" ON "metabadgeId" = "id" AND "cycle" IS NULL
		) SELECT "id" FROM "way"`,
		[goalId],
	);
	return manager.find(Requirement, {
		where: { metabadgeId: In(reached.map(({ id }) => id)), cycle: IsNull() },
		order: { metabadgeId: "ASC", place: "ASC" },
	});
}

/** By name, those that nobody knows last. */
function placeOf(badges: ReadonlyMap<string, BadgeHit>, id: string): string {
	return badges.get(id)?.nameCursor ?? `\uffff${id}`;
}
