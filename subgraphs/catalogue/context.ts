import type DataLoader from "dataloader";
import { type DataSource, In, IsNull, Not } from "typeorm";
import { isGlobalId } from "../../schema/global-id.ts";
import type { Caller } from "../kit/caller.ts";
import { loadByKey, loadListByKey } from "../kit/loader.ts";
import { BadgeHit } from "./badge-hit.ts";
import { Harvest, Refusal } from "./harvest.ts";
import { DrawnPathwayEvent, DrawnStep } from "./pathways/drawn/drawn-pathway.ts";
import { Requirement } from "./required-badge.ts";
import type { NearWords } from "./search/near-words.ts";
import type { Stems } from "./search/stems.ts";

/** What the catalogue's resolvers know. Each loader makes one query for all that a request asks for. */
export interface CatalogueContext {
	database: DataSource;
	/** Who asks, where the router has verified them. */
	caller?: Caller;
	stems: Stems;
	nearWords: NearWords;
	badges: DataLoader<string, BadgeHit | null>;
	/** Members, by slug. */
	harvests: DataLoader<string, Harvest | null>;
	badgeCounts: DataLoader<string, { instituteSlug: string; count: number } | null>;
	/** By slug: rows refused, and requirements refused for their cycles. */
	refusals: DataLoader<string, Refusal[]>;
	/** In force: what a metabadge requires in the institute's order, and the metabadges that a badge feeds. */
	requirementsOf: DataLoader<string, Requirement[]>;
	requirementsFor: DataLoader<string, Requirement[]>;
	/** Of drawn pathways, by id: in their order; the last event first. */
	drawnSteps: DataLoader<string, DrawnStep[]>;
	drawnHistory: DataLoader<string, DrawnPathwayEvent[]>;
}

export function catalogueContext({
	database,
	stems,
	nearWords,
}: Pick<CatalogueContext, "database" | "stems" | "nearWords">): CatalogueContext {
	const { manager } = database;
	return {
		database,
		stems,
		nearWords,
		badges: loadByKey(
			(ids) => manager.findBy(BadgeHit, { id: In(ids.filter(isGlobalId)) }),
			({ id }) => id,
		),
		harvests: loadByKey(
			(slugs) => manager.findBy(Harvest, { instituteSlug: In(slugs) }),
			({ instituteSlug }) => instituteSlug,
		),
		badgeCounts: loadByKey(
			(slugs) =>
				manager.query(`SELECT "instituteSlug", count(*)::integer AS "count" FROM "badge" WHERE "instituteSlug" = ANY ($1) GROUP BY 1`, [
					slugs,
				]) as Promise<{ instituteSlug: string; count: number }[]>,
			({ instituteSlug }) => instituteSlug,
		),
		refusals: loadListByKey(
			async (slugs) => {
				const rows = await manager.find(Refusal, { where: { instituteSlug: In(slugs) }, order: { rowId: "ASC" } });
				const cycles = await manager.find(Requirement, { where: { cycle: Not(IsNull()) }, order: { metabadgeId: "ASC", place: "ASC" } });
				return [
					...rows,
					...cycles.map(({ metabadgeId, cycle }) => ({
						instituteSlug: metabadgeId.split(":")[0] as string,
						rowId: metabadgeId,
						reason: `its requirement closes a cycle: ${cycle}`,
					})),
				];
			},
			({ instituteSlug }) => instituteSlug,
		),
		requirementsOf: loadListByKey(
			(ids) => manager.find(Requirement, { where: { metabadgeId: In(ids.filter(isGlobalId)), cycle: IsNull() }, order: { place: "ASC" } }),
			({ metabadgeId }) => metabadgeId,
		),
		requirementsFor: loadListByKey(
			(ids) => manager.findBy(Requirement, { requiredId: In(ids.filter(isGlobalId)), cycle: IsNull() }),
			({ requiredId }) => requiredId,
		),
		drawnSteps: loadListByKey(
			(ids) => manager.find(DrawnStep, { where: { pathwayId: In([...ids]) }, order: { place: "ASC" } }),
			({ pathwayId }) => pathwayId,
		),
		drawnHistory: loadListByKey(
			(ids) => manager.find(DrawnPathwayEvent, { where: { pathwayId: In([...ids]) }, order: { id: "DESC" } }),
			({ pathwayId }) => pathwayId,
		),
	};
}
