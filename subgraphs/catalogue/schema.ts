import type { GraphQLSchema } from "graphql";
import { federatedSchema } from "../kit/federated-schema.ts";
import { BadgeClassResolver, BadgeHitResolver, RequiredBadgeResolver, RequiringBadgeResolver } from "./badge.resolver.ts";
import type { CatalogueContext } from "./context.ts";
import { HarvestResolver, InstituteResolver } from "./harvest.resolver.ts";
import { BadgeClass, Institute } from "./member-rows.ts";
import { PathwayResolver } from "./pathway.resolver.ts";
import { DrawnPathwayResolver, DrawnStepResolver } from "./pathways/drawn/drawn.resolver.ts";
import { ExchangeResolver } from "./pathways/exchange/exchange.resolver.ts";
import { ProgressResolver, WayBadgeResolver } from "./pathways/progress.resolver.ts";
import { SearchResolver } from "./search.resolver.ts";

/** The schema of the catalogue: search over every member's badges, pathways, and how fresh it all is. */
export function catalogueSchema(): Promise<GraphQLSchema> {
	return federatedSchema<CatalogueContext>({
		resolvers: [
			SearchResolver,
			BadgeHitResolver,
			PathwayResolver,
			ProgressResolver,
			WayBadgeResolver,
			DrawnPathwayResolver,
			DrawnStepResolver,
			ExchangeResolver,
			HarvestResolver,
			BadgeClassResolver,
			RequiredBadgeResolver,
			RequiringBadgeResolver,
			InstituteResolver,
		],
		entities: [Institute],
		references: {
			// Whether the row exists is its owner's to say: here it only has to be named.
			BadgeClass: ({ id }) => BadgeClass.of(String(id)),
			Institute: ({ slug }) => Institute.of(String(slug)),
		},
		header: 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes", "@shareable"])',
	});
}
