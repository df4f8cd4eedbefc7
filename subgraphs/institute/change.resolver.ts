import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root, Subscription } from "type-graphql";
import { BadgeClass } from "./badge-class.ts";
import { Change, ChangePage } from "./change.ts";
import type { InstituteContext } from "./context.ts";

@Resolver(() => Change)
export class ChangeResolver {
	@Query(() => ChangePage)
	@Directive("@inaccessible")
	changes(
		@Arg("since", () => String, { nullable: true }) since: string | null,
		@Arg("first", () => Int, { defaultValue: 100 }) first: number,
		@Ctx() { feed }: InstituteContext,
	) {
		return feed.page(since, first);
	}

	@Subscription(() => Change, {
		subscribe: ({ args, context }) => (context as InstituteContext).feed.stream((args as { since?: string | null }).since),
	})
	@Directive("@gather(merge: LIST)")
	badgeClassChanged(@Arg("since", () => String, { nullable: true }) _since: string | null, @Root() change: Change): Change {
		return change;
	}

	@FieldResolver(() => BadgeClass, { nullable: true })
	badgeClass(@Root() { badgeClassId }: Change, @Ctx() { badgeClasses }: InstituteContext) {
		// A subscription's context lives as long as the subscription: what it remembers of the row is old.
		return badgeClasses.clear(badgeClassId).load(badgeClassId);
	}
}
