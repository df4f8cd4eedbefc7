import { Ctx, FieldResolver, Int, Query, Resolver, Root } from "type-graphql";
import { isSlug } from "../../schema/global-id.ts";
import type { CatalogueContext } from "./context.ts";
import { Harvest } from "./harvest.ts";
import { Institute } from "./member-rows.ts";

@Resolver(() => Harvest)
export class HarvestResolver {
	@Query(() => [Harvest], { description: "How fresh the catalogue is, member by member." })
	harvests(@Ctx() { database }: CatalogueContext) {
		return database.manager.find(Harvest, { order: { instituteSlug: "ASC" } });
	}

	@FieldResolver(() => Int)
	async badgeClasses(@Root() { instituteSlug }: Harvest, @Ctx() { badgeCounts }: CatalogueContext) {
		return (await badgeCounts.load(instituteSlug))?.count ?? 0;
	}

	@FieldResolver(() => [String], { description: "Rows refused at the last reading: `<id>: <reason>`." })
	async refused(@Root() { instituteSlug }: Harvest, @Ctx() { refusals }: CatalogueContext) {
		return (await refusals.load(instituteSlug)).map(({ rowId, reason }) => `${rowId}: ${reason}`);
	}
}

@Resolver(() => Institute)
export class InstituteResolver {
	@FieldResolver(() => Harvest, { nullable: true })
	harvest(@Root() { slug }: Institute, @Ctx() { harvests }: CatalogueContext) {
		return isSlug(slug) ? harvests.load(slug) : null;
	}
}
