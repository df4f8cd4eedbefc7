import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from "type-graphql";
import { asksFor } from "../kit/asks-for.ts";
import type { CatalogueContext } from "./context.ts";
import { BadgeFacets, BadgeSearch, SearchArguments } from "./search/badge-search.ts";
import { countFacets, countFound } from "./search/facets.ts";
import { searchBadges } from "./search/search.ts";
import { suggest } from "./search/suggest.ts";
import { SuggestArguments, Suggestion } from "./search/suggestion.ts";

@Resolver(() => BadgeSearch)
export class SearchResolver {
	@Query(() => BadgeSearch, {
		description:
			"Badge classes of every member, best match first. Without `query`, all that pass the filter, by name.\n`query` has 1 to 300 characters; the last word may be unfinished.",
	})
	searchBadges(@Args(() => SearchArguments) args: SearchArguments, @Ctx() context: CatalogueContext, @Info() info: GraphQLResolveInfo) {
		return searchBadges(context, args, asksFor(info, ["totalCount", "facets"]));
	}

	@Query(() => [Suggestion], {
		description: "What a person who is typing may be looking for, by kind: badges, competencies, jobs, institutes.",
	})
	suggestions(@Args(() => SuggestArguments) args: SuggestArguments, @Ctx() { database }: CatalogueContext) {
		return suggest(database, args);
	}

	@FieldResolver(() => Int)
	totalCount(@Root() { search }: BadgeSearch) {
		return countFound(search);
	}

	@FieldResolver(() => BadgeFacets, { description: "Counts of the whole result; each facet counts as if its own filter were not set." })
	facets(@Root() { search }: BadgeSearch, @Ctx() { database }: CatalogueContext) {
		return countFacets(database, search);
	}

	@FieldResolver(() => String, {
		nullable: true,
		description: "What was probably meant, where a word was not found as typed and corrected.",
	})
	didYouMean(@Root() { search }: BadgeSearch) {
		return search.meant;
	}
}
