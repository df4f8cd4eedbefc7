import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { BadgeClassConnection, BadgeClassesArguments, BadgeClassFilter, countBadgeClasses, listBadgeClasses } from "./badge-class.list.ts";
import { BadgeClass } from "./badge-class.ts";
import type { InstituteContext } from "./context.ts";
import { Institute } from "./institute.ts";
import { Issuer } from "./issuer.ts";

@Resolver(() => BadgeClass)
export class BadgeClassResolver {
	@Query(() => BadgeClass, { nullable: true })
	@Directive('@route(argument: "id")')
	badgeClass(@Arg("id", () => ID) id: string, @Ctx() { badgeClasses }: InstituteContext) {
		return badgeClasses.load(id);
	}

	@Query(() => BadgeClassConnection)
	@Directive('@gather(merge: CONNECTION, owners: "filter.institutes")')
	badgeClasses(@Args(() => BadgeClassesArguments) args: BadgeClassesArguments, @Ctx() { database, institute }: InstituteContext) {
		return listBadgeClasses(database, institute.slug, args);
	}

	@Query(() => Int)
	@Directive('@gather(merge: SUM, owners: "filter.institutes")')
	badgeClassCount(
		@Arg("filter", () => BadgeClassFilter, { nullable: true }) filter: BadgeClassFilter | null,
		@Ctx() { database, institute }: InstituteContext,
	) {
		return countBadgeClasses(database, institute.slug, filter);
	}

	@FieldResolver(() => String, { nullable: true })
	image(@Root() { image }: BadgeClass, @Ctx() { fileUrl }: InstituteContext) {
		return fileUrl(image);
	}

	@FieldResolver(() => Issuer)
	issuer(@Root() { issuerId }: BadgeClass, @Ctx() { issuers }: InstituteContext) {
		return issuers.load(issuerId);
	}

	@FieldResolver(() => Institute)
	institute(@Ctx() { institute }: InstituteContext) {
		return institute;
	}
}

@Resolver(() => BadgeClassConnection)
export class BadgeClassConnectionResolver {
	@FieldResolver(() => Int)
	totalCount(@Root() { filter }: BadgeClassConnection, @Ctx() { database, institute }: InstituteContext) {
		return countBadgeClasses(database, institute.slug, filter);
	}
}
