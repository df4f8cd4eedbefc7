import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { DataSource, SelectQueryBuilder } from "typeorm";
import { readPage } from "../kit/page-query.ts";
import { PageInfo } from "../kit/paging.ts";
import { BadgeClassStatus } from "./badge-class.parts.ts";
import { BadgeClass } from "./badge-class.ts";

export enum BadgeClassOrder {
	NAME = "NAME",
	CREATED = "CREATED",
	UPDATED = "UPDATED",
}
registerEnumType(BadgeClassOrder, { name: "BadgeClassOrder" });

@InputType()
export class BadgeClassFilter {
	@Field(() => [ID], { nullable: true }) institutes?: string[] | null;
	@Field(() => ID, { nullable: true }) issuer?: string | null;
	@Field(() => BadgeClassStatus, { nullable: true }) status?: BadgeClassStatus | null;
	@Field(() => String, { nullable: true }) tag?: string | null;
	@Field(() => String, { nullable: true }) language?: string | null;
	@Field(() => Boolean, { nullable: true }) requestable?: boolean | null;
	@Field(() => Boolean, { nullable: true }) metabadge?: boolean | null;
}

@ArgsType()
export class BadgeClassesArguments {
	@Field(() => BadgeClassFilter, { nullable: true }) filter?: BadgeClassFilter | null;
	@Field(() => BadgeClassOrder, { defaultValue: BadgeClassOrder.NAME }) orderBy: BadgeClassOrder;
	@Field(() => Int, { nullable: true }) first?: number | null;
	@Field(() => String, { nullable: true }) after?: string | null;
	@Field(() => Int, { nullable: true }) last?: number | null;
	@Field(() => String, { nullable: true }) before?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class BadgeClassEdge {
	@Field(() => String) cursor: string;
	@Field(() => BadgeClass) node: BadgeClass;
}

/** The field `totalCount` is resolved: it is counted only when asked for. */
@ObjectType({ simpleResolvers: true })
export class BadgeClassConnection {
	@Field(() => [BadgeClassEdge]) edges: BadgeClassEdge[];
	@Field(() => [BadgeClass]) nodes: BadgeClass[];
	@Field(() => PageInfo) pageInfo: PageInfo;
	filter: BadgeClassFilter | null;
}

const CURSOR_COLUMN = { NAME: "nameCursor", CREATED: "createdCursor", UPDATED: "updatedCursor" } as const;

/** One page in the order of the contract. Throws `BAD_USER_INPUT` for a wrong argument. */
export async function listBadgeClasses(database: DataSource, slug: string, args: BadgeClassesArguments): Promise<BadgeClassConnection> {
	const page = await readPage(filtered(database, slug, args.filter), args, CURSOR_COLUMN[args.orderBy]);
	return { ...page, filter: args.filter ?? null };
}

export async function countBadgeClasses(database: DataSource, slug: string, filter: BadgeClassFilter | null | undefined): Promise<number> {
	return filtered(database, slug, filter).getCount();
}

function filtered(database: DataSource, slug: string, filter: BadgeClassFilter | null | undefined): SelectQueryBuilder<BadgeClass> {
	const query = database.manager.createQueryBuilder(BadgeClass, "badge").where("TRUE");
	if (!filter) return query;
	if (filter.institutes && !filter.institutes.includes(slug)) query.andWhere("FALSE");
	if (filter.issuer != null) query.andWhere(`badge."issuerId" = :issuer`, { issuer: filter.issuer });
	if (filter.status != null) query.andWhere("badge.status = :status", { status: filter.status });
	if (filter.tag != null) query.andWhere("badge.tags @> ARRAY[:tag]::text[]", { tag: filter.tag });
	if (filter.language != null) query.andWhere("badge.language = :language", { language: filter.language });
	if (filter.requestable != null) query.andWhere(`(badge.request ->> 'open')::boolean = :requestable`, { requestable: filter.requestable });
	if (filter.metabadge != null) query.andWhere(`(badge.requirement IS NOT NULL) = :metabadge`, { metabadge: filter.metabadge });
	return query;
}
