import type DataLoader from "dataloader";
import type { GraphQLSchema } from "graphql";
import { GraphQLDateTime } from "graphql-scalars";
import { type DataSource, In } from "typeorm";
import { contractSchema } from "../../kit/contract-schema.ts";
import { badInput } from "../../kit/errors.ts";
import { loadByKey } from "../../kit/loader.ts";
import { BadgeHit } from "../badge-hit.ts";
import type { HarvestedIssuer } from "../harvest/presentation.ts";
import type { Harvest } from "../harvest.ts";
import { type BadgeFilter, type BadgeListArguments, countBadges, listBadges } from "./badge-list.ts";

/** What the stand-in's resolvers know: one member, as last heard. */
export interface StandInContext {
	database: DataSource;
	harvest: Harvest;
	badges: DataLoader<string, BadgeHit | null>;
	/** Every issuer of the member that is known, by id. */
	issuers(): Promise<ReadonlyMap<string, HarvestedIssuer>>;
}

export function standInContext(database: DataSource, harvest: Harvest): StandInContext {
	let issuers: Promise<ReadonlyMap<string, HarvestedIssuer>> | undefined;
	return {
		database,
		harvest,
		badges: loadByKey(
			(ids) => database.manager.findBy(BadgeHit, { id: In(ids), instituteSlug: harvest.instituteSlug }),
			({ id }) => id,
		),
		issuers: () => (issuers ??= readIssuers(database, harvest)),
	};
}

/** Those that the member presents, and those that only its badges name. */
async function readIssuers(database: DataSource, { instituteSlug, presentation }: Harvest): Promise<ReadonlyMap<string, HarvestedIssuer>> {
	const named: Pick<HarvestedIssuer, "id" | "name">[] = await database.query(
		`SELECT DISTINCT ON ("issuerId") "issuerId" AS "id", "issuerName" AS "name" FROM "badge" WHERE "instituteSlug" = $1 ORDER BY "issuerId"`,
		[instituteSlug],
	);
	const bare = named.map(
		({ id, name }): HarvestedIssuer => ({ id, name, iri: null, description: null, url: null, email: null, image: null }),
	);
	return new Map([...bare, ...(presentation?.issuers ?? [])].map((issuer) => [issuer.id, issuer]));
}

/** The member contract over the catalogue's snapshot: what a member said when it was last heard, in all its orders. */
export function standInSchema(): GraphQLSchema {
	return contractSchema({
		DateTime: GraphQLDateTime,
		Query: {
			institute: (_root, { slug }: { slug: string }, { harvest }: StandInContext) => (slug === harvest.instituteSlug ? harvest : null),
			institutes: (_root, _args, { harvest }: StandInContext) => [harvest],
			badgeClass: (_root, { id }: { id: string }, { badges }: StandInContext) => badges.load(id),
			issuer: (_root, { id }: { id: string }, context: StandInContext) => issuerOf(id, context),
			badgeClasses: (_root, args: BadgeListArguments, { database, harvest }: StandInContext) =>
				listBadges(database, harvest.instituteSlug, args),
			badgeClassCount: (_root, { filter }: { filter?: BadgeFilter | null }, { database, harvest }: StandInContext) =>
				countBadges(database, harvest.instituteSlug, filter),
			changes: () => {
				throw badInput("changes", "a snapshot has no history: read it from the member itself");
			},
		},
		Institute: {
			__resolveReference: ({ slug }: { slug: string }, { harvest }: StandInContext) => (slug === harvest.instituteSlug ? harvest : null),
			slug: ({ instituteSlug }: Harvest) => instituteSlug,
			name: ({ presentation, name }: Harvest) => presentation?.name ?? name,
			description: ({ presentation }: Harvest) => presentation?.description,
			website: ({ presentation }: Harvest) => presentation?.website,
			email: ({ presentation }: Harvest) => presentation?.email,
			logo: ({ presentation }: Harvest) => presentation?.logo,
			badgeClasses: (harvest: Harvest, args: BadgeListArguments, { database }: StandInContext) =>
				listBadges(database, harvest.instituteSlug, args),
			issuers: async (_harvest: Harvest, _args, { issuers }: StandInContext) =>
				[...(await issuers()).values()].sort((a, b) => order(a.name, b.name) || order(a.id, b.id)),
		},
		Issuer: {
			__resolveReference: ({ id }: { id: string }, context: StandInContext) => issuerOf(id, context),
			institute: (_issuer: HarvestedIssuer, _args, { harvest }: StandInContext) => harvest,
		},
		BadgeClass: {
			__resolveReference: ({ id }: { id: string }, { badges }: StandInContext) => badges.load(id),
			issuer: ({ issuerId }: BadgeHit, _args, context: StandInContext) => issuerOf(issuerId, context),
			institute: (_badge: BadgeHit, _args, { harvest }: StandInContext) => harvest,
			status: ({ retired }: BadgeHit) => (retired ? "RETIRED" : "PUBLISHED"),
			request: ({ requestable, requestUrl }: BadgeHit) => ({ open: requestable, url: requestUrl }),
		},
	});
}

async function issuerOf(id: string, { issuers }: StandInContext): Promise<HarvestedIssuer | null> {
	return (await issuers()).get(id) ?? null;
}

function order(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}
