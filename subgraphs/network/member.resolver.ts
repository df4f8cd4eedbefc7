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

const MOST_SLUGS = 200;

@ArgsType()
class FirstArguments {
	@Field(() => Int, { nullable: true, description: "At most so many; all when absent." }) first?: number | null;
}

@ArgsType()
class MembersArguments extends FirstArguments {
	@Field(() => [ID], { nullable: true, description: `Those of these slugs, at most ${MOST_SLUGS}.` }) slugs?: string[] | null;
	@Field(() => ID, { nullable: true }) collective?: string | null;
	@Field(() => String, { nullable: true }) departement?: string | null;
	@Field(() => String, { nullable: true, description: "Words of its name, whole or begun, in any order." }) words?: string | null;
}

@Resolver(() => Member)
export class MemberResolver {
	@Query(() => [Member], { description: "Members of the network, by name." })
	members(
		@Args(() => MembersArguments) { slugs, collective, departement, words, first }: MembersArguments,
		@Ctx() { database }: NetworkContext,
	) {
		const limit = limitOf(first);
		if (slugs != null && slugs.length > MOST_SLUGS)
			throw badInput("slugs", `can be at most ${MOST_SLUGS}, and are ${slugs.length}: ask for them in several questions`);
		if (departement != null && !departementOf(departement))
			throw badInput("departement", "is not the code of a département: give one like 25, 2A or 974");
		if (collective != null && !isSlug(collective)) return [];
		const query = database.manager
			.createQueryBuilder(Member, "member")
			.where({ status: Not(MemberStatus.LEFT) })
			.orderBy(`member."nameCursor"`);
		if (slugs != null) query.andWhere("member.slug = ANY (:slugs)", { slugs: slugs.filter(isSlug) });
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
		if (limit !== null) query.limit(limit);
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

	@FieldResolver(() => [Recognition], {
		description: "What this member recognises, newest first: other members, or badge classes of theirs.",
	})
	recognises(
		@Root() { slug }: Member,
		@Args(() => FirstArguments) { first }: FirstArguments,
		@Ctx() { memberRecognitions }: NetworkContext,
	) {
		return memberRecognitions.newestBy.load({ slug, first: limitOf(first) });
	}

	@FieldResolver(() => [Recognition], { description: "Who recognises this member, or one of its badge classes, newest first." })
	recognisedBy(
		@Root() { slug }: Member,
		@Args(() => FirstArguments) { first }: FirstArguments,
		@Ctx() { memberRecognitions }: NetworkContext,
	) {
		return memberRecognitions.newestOf.load({ slug, first: limitOf(first) });
	}

	@FieldResolver(() => Int, { description: "Recognitions by it: as many as `recognises` has when all are asked for." })
	recognitionsByCount(@Root() { slug }: Member, @Ctx() { memberRecognitions }: NetworkContext) {
		return memberRecognitions.countBy.load(slug);
	}

	@FieldResolver(() => Int, { description: "Recognitions of it, or of what is its: as many as `recognisedBy` has when all are asked for." })
	recognitionsOfCount(@Root() { slug }: Member, @Ctx() { memberRecognitions }: NetworkContext) {
		return memberRecognitions.countOf.load(slug);
	}

	@FieldResolver(() => [Member], {
		description: "Members that recognise it, or something of it, as it does them: those first with which that began last.",
	})
	async mutual(
		@Root() { slug }: Member,
		@Args(() => FirstArguments) { first }: FirstArguments,
		@Ctx() { memberRecognitions, members }: NetworkContext,
	) {
		const most = limitOf(first) ?? undefined;
		return members.loadMany((await memberRecognitions.mutual.load(slug)).slice(0, most));
	}

	@FieldResolver(() => Int, { description: "Members with which it recognises mutually." })
	async mutualCount(@Root() { slug }: Member, @Ctx() { memberRecognitions }: NetworkContext) {
		return (await memberRecognitions.mutual.load(slug)).length;
	}
}

/** Null for all. */
function limitOf(first: number | null | undefined): number | null {
	if (first != null && first < 1) throw badInput("first", `must be at least 1, and is ${first}`);
	return first ?? null;
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
