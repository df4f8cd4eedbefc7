import { type EntityManager, IsNull, Not } from "typeorm";
import type { HarvestedBadge } from "./harvest/wire.ts";
import { findWay } from "./pathway-graph.ts";
import { Requirement } from "./required-badge.ts";

/**
 * Requirements between badges of all members. Together they must stay without cycles, whatever single members say:
 * one that would close a cycle is kept, not in force, until the cycle is gone.
 */

/** Marks what {@link settleRequirements} has yet to look at. */
const UNSETTLED = "";

/** Writes the requirements of a metabadge, unsettled. */
export async function saveRequirements(
	manager: EntityManager,
	metabadgeId: string,
	requirement: HarvestedBadge["requirement"],
): Promise<void> {
	await manager.delete(Requirement, { metabadgeId });
	const ids = [...new Set(requirement?.badgeClassIds)];
	if (ids.length > 0)
		await manager.insert(
			Requirement,
			ids.map((requiredId, place) => ({ metabadgeId, requiredId, place, cycle: UNSETTLED })),
		);
}

/** Transactions that write requirements take turns: two that each add half of a cycle must see each other. */
export async function takeRequirementsTurn(manager: EntityManager): Promise<void> {
	await manager.query("SELECT pg_advisory_xact_lock(hashtext('catalogue requirements'))");
}

/** Puts in force each requirement that closes no cycle, new or refused before; names the cycle of the others. */
export async function settleRequirements(manager: EntityManager): Promise<void> {
	const open = await manager.find(Requirement, { where: { cycle: Not(IsNull()) }, order: { metabadgeId: "ASC", place: "ASC" } });
	if (open.length === 0) return;
	const inForce = new Map<string, string[]>();
	const put = ({ metabadgeId, requiredId }: Requirement) => inForce.set(metabadgeId, [...(inForce.get(metabadgeId) ?? []), requiredId]);
	for (const row of await manager.findBy(Requirement, { cycle: IsNull() })) put(row);
	for (const row of open) {
		const way = findWay(inForce, row.requiredId, row.metabadgeId);
		if (!way) put(row);
		const cycle = way ? [row.metabadgeId, ...way].join(" → ") : null;
		if (cycle !== row.cycle) await manager.update(Requirement, { metabadgeId: row.metabadgeId, requiredId: row.requiredId }, { cycle });
	}
}
