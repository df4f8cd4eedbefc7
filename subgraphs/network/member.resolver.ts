import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { Not } from "typeorm";
import { fold, isSlug } from "../../schema/global-id.ts";
import { badInput } from "../kit/errors.ts";
import { Collective, Membership } from "./collective.ts";
import type { NetworkContext } from "./context.ts";
import { Departement, departementOf } from "./departement.ts";
import { Member, MemberStatus } from "./member.ts";
import { Institute } from "./member-rows.ts";
import { Recognition } from "./recognition.ts";

@ArgsType()
class MembersArguments {
	@Field(() => ID, { nullable: true }) collective?: string | null;
	@Field(() => String, { nullable: true }) departement?: string | null;
	@Field(() => String, { nullable: true, description: "Words of its name, whole or begun, in any order." }) words?: string | null;
	@Field(() => Int, { nullable: true, description: "At most so many; all when absent." }) first?: number | null;
}

@Resolver(() => Member)
export class MemberResolver {
	@Query(() => [Member], { description: "Members of the network, by name." })
	members(@Args(() => MembersArguments) { collective, departement, words, first }: MembersArguments, @Ctx() { database }: NetworkContext) {
		if (first != null && first < 1) throw badInput("first", `must be at least 1, and is ${first}`);
		if (departement != null && !departementOf(departement))
			throw badInput("departement", "is not the code of a département: give one like 25, 2A or 974");
		if (collective != null && !isSlug(collective)) return [];
		const query = database.manager
			.createQueryBuilder(Member, "member")
			.where({ status: Not(MemberStatus.LEFT) })
			.orderBy(`member."nameCursor"`);
		if (departement != null) query.andWhere(`:departement = ANY (member."departementCodes")`, { departement });
		if (collective != null)
			query.innerJoin(Membership, "membership", `membership."memberSlug" = member.slug AND membership."collectiveId" = :collective`, {
				collective,
			});
		// The name as lists are ordered by it: folded, words apart by `_`, the slug after a space.
		for (const [place, word] of fold(words ?? "")
			.split("_")
			.filter(Boolean)
			.entries())
			query.andWhere(`strpos('_' || split_part(member."nameCursor", ' ', 1), :word${place}) > 0`, { [`word${place}`]: `_${word}` });
		if (first != null) query.limit(first);
		return query.getMany();
	}

	@Query(() => Member, { nullable: true })
	member(@Arg("slug", () => ID) slug: string, @Ctx() { members }: NetworkContext) {
		return isSlug(slug) ? members.load(slug) : null;
	}

	@FieldResolver(() => [Collective])
	async collectives(@Root() { slug }: Member, @Ctx() { membershipsOfMember }: NetworkContext) {
		return (await membershipsOfMember.load(slug)).map(({ collective }) => collective);
	}

	@FieldResolver(() => [Departement])
	departements(@Root() { departementCodes }: Member) {
		return departementCodes.map(departementOf);
	}

	@FieldResolver(() => Institute, { nullable: true, description: "The institute as it presents itself; null while it does not answer." })
	institute(@Root() { slug }: Member) {
		return Institute.of(slug);
	}

	@FieldResolver(() => [Recognition], { description: "What this member recognises: other members, or badge classes of theirs." })
	recognises(@Root() { slug }: Member, @Ctx() { recognitionsBy }: NetworkContext) {
		return recognitionsBy.load(slug);
	}

	@FieldResolver(() => [Recognition], { description: "Who recognises this member, or one of its badge classes." })
	recognisedBy(@Root() { slug }: Member, @Ctx() { recognitionsOf }: NetworkContext) {
		return recognitionsOf.load(slug);
	}
}

@Resolver(() => Institute)
export class InstituteResolver {
	@FieldResolver(() => Member, {
		nullable: true,
		description: "Its entry in the network's register; null when it is not, or no longer, a member.",
	})
	async membership(@Root() { slug }: Institute, @Ctx() { members }: NetworkContext) {
		const member = isSlug(slug) ? await members.load(slug) : null;
		return member?.status === MemberStatus.LEFT ? null : member;
	}
}

@Resolver(() => Collective)
export class CollectiveResolver {
	@Query(() => [Collective])
	collectives(@Ctx() { database }: NetworkContext) {
		return database.manager.find(Collective, { order: { name: "ASC", id: "ASC" } });
	}

	@Query(() => Collective, { nullable: true })
	collective(@Arg("id", () => ID) id: string, @Ctx() { database }: NetworkContext) {
		return isSlug(id) ? database.manager.findOneBy(Collective, { id }) : null;
	}

	@FieldResolver(() => [Member])
	async members(@Root() { id }: Collective, @Ctx() { membershipsOfCollective }: NetworkContext) {
		return (await membershipsOfCollective.load(id)).map(({ member }) => member);
	}
}
