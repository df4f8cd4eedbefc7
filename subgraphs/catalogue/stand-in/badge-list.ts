import type { DataSource, SelectQueryBuilder } from "typeorm";
import { readPage } from "../../kit/page-query.ts";
import type { PageArguments, PageInfo } from "../../kit/paging.ts";
import { BadgeHit } from "../badge-hit.ts";

/** The `badgeClasses` of the member contract, over the snapshot of one member. */

export interface BadgeFilter {
	institutes?: readonly string[] | null;
	issuer?: string | null;
	status?: "PUBLISHED" | "RETIRED" | null;
	tag?: string | null;
	language?: string | null;
	requestable?: boolean | null;
	metabadge?: boolean | null;
}

export interface BadgeListArguments extends PageArguments {
	filter?: BadgeFilter | null;
	orderBy: "NAME" | "CREATED" | "UPDATED";
}

export interface BadgeList {
	edges: { cursor: string; node: BadgeHit }[];
	nodes: BadgeHit[];
	pageInfo: PageInfo;
	/** Counted only when it is asked for. */
	totalCount: () => Promise<number>;
}

const CURSOR_COLUMN = { NAME: "nameCursor", CREATED: "createdCursor", UPDATED: "updatedCursor" } as const;

/** One page in the order of the contract. Throws `BAD_USER_INPUT` for a wrong argument. */
export async function listBadges(database: DataSource, slug: string, args: BadgeListArguments): Promise<BadgeList> {
	const page = await readPage(filtered(database, slug, args.filter), args, CURSOR_COLUMN[args.orderBy]);
	return { ...page, totalCount: () => countBadges(database, slug, args.filter) };
}

export async function countBadges(database: DataSource, slug: string, filter: BadgeFilter | null | undefined): Promise<number> {
	return filtered(database, slug, filter).getCount();
}

function filtered(database: DataSource, slug: string, filter: BadgeFilter | null | undefined): SelectQueryBuilder<BadgeHit> {
	const query = database.manager.createQueryBuilder(BadgeHit, "badge").where(`badge."instituteSlug" = :slug`, { slug });
	if (!filter) return query;
	if (filter.institutes && !filter.institutes.includes(slug)) query.andWhere("FALSE");
	if (filter.issuer != null) query.andWhere(`badge."issuerId" = :issuer`, { issuer: filter.issuer });
	if (filter.status != null) query.andWhere("badge.retired = :retired", { retired: filter.status === "RETIRED" });
	if (filter.tag != null) query.andWhere("badge.tags @> ARRAY[:tag]::text[]", { tag: filter.tag });
	if (filter.language != null) query.andWhere("badge.language = :language", { language: filter.language });
	if (filter.requestable != null) query.andWhere("badge.requestable = :requestable", { requestable: filter.requestable });
	if (filter.metabadge != null) query.andWhere("badge.metabadge = :metabadge", { metabadge: filter.metabadge });
	return query;
}
