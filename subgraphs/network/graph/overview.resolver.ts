import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { isSlug } from "../../../schema/global-id.ts";
import { badInput } from "../../kit/errors.ts";
import { Collective } from "../collective.ts";
import type { NetworkContext } from "../context.ts";
import { Member } from "../member.ts";
import { RecognitionScope } from "../recognition.ts";
import {
	GroupLink,
	linksAmong,
	MemberLink,
	MemberNetwork,
	membersOf,
	NetworkGroup,
	NetworkMember,
	NetworkOverview,
	NO_COLLECTIVE,
	overviewOf,
	pageOf,
	RecognitionPage,
} from "./overview.ts";
import { EgoNetwork } from "./questions.ts";

const LARGEST_PAGE = 500;
const MOST_LINKS = 500;
const MOST_MEMBERS = 100;

@ArgsType()
class RecognitionPageArguments {
	@Field(() => ID, { nullable: true, description: "Slug of a member: by it, or of it." })
	member?: string | null;

	@Field(() => ID, { nullable: true, description: "Id of a collective, or `-` for the members without one: by or of one of its members." })
	collective?: string | null;

	@Field(() => ID, { nullable: true, description: "By a member of this collective." })
	from?: string | null;

	@Field(() => ID, { nullable: true, description: "Of a member of this collective." })
	to?: string | null;

	@Field(() => RecognitionScope, { nullable: true })
	scope?: RecognitionScope | null;

	@Field(() => Int, { defaultValue: 50 })
	first: number;

	@Field(() => String, { nullable: true })
	after?: string | null;
}

@Resolver()
export class NetworkOverviewQueries {
	@Query(() => NetworkOverview, { description: "The network by collective: counts, whose size does not grow with the recognitions." })
	async networkOverview(@Ctx() { graph }: NetworkContext) {
		return overviewOf(await graph.current());
	}

	@Query(() => MemberNetwork, { description: "The members of a collective (`-`: of none), or all, and who of them recognises whom." })
	async memberNetwork(
		@Arg("collective", () => ID, { nullable: true }) collective: string | null,
		@Arg("first", () => Int, { defaultValue: 40 }) first: number,
		@Ctx() { graph }: NetworkContext,
	) {
		checkRange(first, MOST_MEMBERS);
		return membersOf(await graph.current(), collective ?? null, first);
	}

	@Query(() => RecognitionPage, { description: "Recognitions in force, newest first, page by page." })
	async recognitionPage(@Args(() => RecognitionPageArguments) asked: RecognitionPageArguments, @Ctx() { graph }: NetworkContext) {
		checkRange(asked.first, LARGEST_PAGE);
		const { member = null, collective = null, from = null, to = null, scope = null, after = null } = asked;
		const page = pageOf(await graph.current(), { member, collective, from, to, scope }, asked.first, after);
		if (!page) throw badInput("after", "is no cursor of this list: give `next` of a page, or nothing for the first");
		return page;
	}
}

@Resolver(() => NetworkOverview)
export class NetworkOverviewResolver {
	@FieldResolver(() => [GroupLink], { description: "Between different groups, most recognitions first." })
	links(@Root() { allLinks }: NetworkOverview, @Arg("first", () => Int, { defaultValue: 50 }) first: number) {
		checkRange(first, MOST_LINKS);
		return allLinks.slice(0, first);
	}
}

@Resolver(() => NetworkGroup)
export class NetworkGroupResolver {
	@FieldResolver(() => Collective, { nullable: true, description: "Null for the members that belong to none." })
	collective(@Root() { id }: NetworkGroup, @Ctx() { collectives }: NetworkContext) {
		return id === NO_COLLECTIVE ? null : collectives.load(id);
	}
}

@Resolver(() => NetworkMember)
export class NetworkMemberResolver {
	@FieldResolver(() => Member)
	member(@Root() { slug }: NetworkMember, @Ctx() { members }: NetworkContext) {
		return members.load(slug);
	}
}

@Resolver(() => EgoNetwork)
export class EgoNetworkResolver {
	@FieldResolver(() => [MemberLink], { description: "The same recognitions, one link for each pair and direction." })
	async links(@Root() { members }: EgoNetwork, @Ctx() { graph }: NetworkContext) {
		return linksAmong(await graph.current(), new Set(members.map(({ slug }) => slug).filter(isSlug)));
	}
}

function checkRange(first: number, most: number): void {
	if (first < 0 || first > most) throw badInput("first", `must be between 0 and ${most}, and is ${first}`);
}
