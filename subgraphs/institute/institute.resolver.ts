import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { BadgeClassConnection, BadgeClassesArguments, listBadgeClasses } from "./badge-class.list.ts";
import type { InstituteContext } from "./context.ts";
import { Institute } from "./institute.ts";
import { Issuer } from "./issuer.ts";

@Resolver(() => Institute)
export class InstituteResolver {
	@Query(() => Institute, { nullable: true })
	@Directive('@route(argument: "slug")')
	institute(@Arg("slug", () => ID) slug: string, @Ctx() { institute }: InstituteContext) {
		return slug === institute.slug ? institute : null;
	}

	@Query(() => [Institute])
	@Directive("@gather(merge: LIST)")
	institutes(@Ctx() { institute }: InstituteContext) {
		return [institute];
	}

	@FieldResolver(() => [Issuer])
	issuers(@Root() _institute: Institute, @Ctx() { database }: InstituteContext) {
		return database.manager.find(Issuer, { order: { name: "ASC", id: "ASC" } });
	}

	@FieldResolver(() => BadgeClassConnection)
	badgeClasses(
		@Root() { slug }: Institute,
		@Args(() => BadgeClassesArguments) args: BadgeClassesArguments,
		@Ctx() { database }: InstituteContext,
	) {
		return listBadgeClasses(database, slug, args);
	}
}

@Resolver(() => Issuer)
export class IssuerResolver {
	@Query(() => Issuer, { nullable: true })
	@Directive('@route(argument: "id")')
	issuer(@Arg("id", () => ID) id: string, @Ctx() { issuers }: InstituteContext) {
		return issuers.load(id);
	}

	@FieldResolver(() => String, { nullable: true })
	image(@Root() { image }: Issuer, @Ctx() { fileUrl }: InstituteContext) {
		return fileUrl(image);
	}

	@FieldResolver(() => Institute)
	institute(@Ctx() { institute }: InstituteContext) {
		return institute;
	}
}
