import { Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import type { CatalogueContext } from "./context.ts";
import { BadgeFacets, BadgeSearch, SearchArguments } from "./search/badge-search.ts";
import { countFacets, countFound } from "./search/facets.ts";
import { searchBadges } from "./search/search.ts";

@Resolver(() => BadgeSearch)
export class SearchResolver {
	@Query(() => BadgeSearch, {
		description:
			"Badge classes of every member, best match first. Without `query`, all that pass the filter, by name.\n`query` has 1 to 300 characters; the last word may be unfinished.",
	})
	searchBadges(@Args(() => SearchArguments) args: SearchArguments, @Ctx() { database, stems }: CatalogueContext) {
		return searchBadges(database, stems, args);
	}

	@FieldResolver(() => Int)
	totalCount(@Root() { search }: BadgeSearch, @Ctx() { database }: CatalogueContext) {
		return countFound(database, search);
	}

	@FieldResolver(() => BadgeFacets, { description: "Counts of the whole result; each facet counts as if its own filter were not set." })
	facets(@Root() { search }: BadgeSearch, @Ctx() { database }: CatalogueContext) {
		return countFacets(database, search);
	}
}
