import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { isGlobalId, ownerOf } from "../../schema/global-id.ts";
import type { NetworkContext } from "./context.ts";
import { Member, MemberStatus } from "./member.ts";
import { BadgeClass } from "./member-rows.ts";
import { Recognition } from "./recognition.ts";
import { recognitionsInForce } from "./recognition-service.ts";

@Resolver(() => Recognition)
export class RecognitionResolver {
	@Query(() => [Recognition], { description: "Every recognition in force, newest first." })
	recognitions(@Ctx() { database }: NetworkContext) {
		return recognitionsInForce(database.manager).getMany();
	}

	@FieldResolver(() => Member)
	by(@Root() { bySlug }: Recognition, @Ctx() { members }: NetworkContext) {
		return members.load(bySlug);
	}

	@FieldResolver(() => Member, { description: "The member recognised, or the one that owns the badge class recognised." })
	member(@Root() { memberSlug }: Recognition, @Ctx() { members }: NetworkContext) {
		return members.load(memberSlug);
	}

	@FieldResolver(() => BadgeClass, { nullable: true })
	badgeClass(@Root() { badgeClassId }: Recognition) {
		return badgeClassId === null ? null : BadgeClass.of(badgeClassId);
	}
}

@Resolver(() => BadgeClass)
export class BadgeClassResolver {
	@FieldResolver(() => [Recognition], {
		nullable: true,
		description:
			"Members that recognise this badge class, or its institute as a whole. Those that recognise its issuer, or its institute for a field, are among `recognisers`. Null while the network cannot be reached.",
	})
	recognisedBy(@Root() { id }: BadgeClass, @Ctx() { recognitionsOfBadgeClass }: NetworkContext) {
		return recognitionsOfBadgeClass.load(id);
	}

	@FieldResolver(() => Member, {
		nullable: true,
		description:
			"Its institute's entry in the network's register, whether the institute answers or not; null when it is not, or no longer, a member.",
	})
	async membership(@Root() { id }: BadgeClass, @Ctx() { members }: NetworkContext) {
		const member = isGlobalId(id) ? await members.load(ownerOf(id) as string) : null;
		return member?.status === MemberStatus.LEFT ? null : member;
	}
}
