import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { CatalogueContext } from "./context.ts";
import { BadgeClass } from "./member-rows.ts";
import { Pathway, PathwayNode } from "./pathway.ts";
import { readPathway } from "./read-pathway.ts";

@Resolver(() => PathwayNode)
export class PathwayResolver {
	@Query(() => Pathway, {
		nullable: true,
		description: "The badges that lead to this one, level by level; null when the catalogue does not know it.",
	})
	pathway(@Arg("badgeClassId", () => ID) badgeClassId: string, @Ctx() { database }: CatalogueContext) {
		return readPathway(database, badgeClassId);
	}

	@FieldResolver(() => BadgeClass, { nullable: true })
	badgeClass(@Root() { id, name }: PathwayNode) {
		return name === null ? null : BadgeClass.of(id);
	}
}
