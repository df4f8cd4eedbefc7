import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { isGlobalId, isSlug, ownerOf } from "../../../schema/global-id.ts";
import { badInput } from "../../kit/errors.ts";
import type { NetworkContext } from "../context.ts";
import { Member } from "../member.ts";
import { checkRange } from "./check-range.ts";
import { impactOf } from "./impact.ts";
import { networkThen } from "./network-then.ts";
import {
	EgoMember,
	EgoNetwork,
	LostTrust,
	MutualRecognition,
	MutualRecognitions,
	NetworkThen,
	RecognitionLack,
	SuspensionImpact,
	TrustPath,
	TrustPaths,
} from "./questions.ts";

const DEEPEST = 6;
const MOST_PATHS = 50;
const LARGEST_EGO = 300;
const LARGEST_LIST = 500;
const LARGEST_NETWORK = 5000;

@Resolver()
export class TrustQuestionsResolver {
	@Query(() => TrustPaths, {
		description:
			"Ways from a member (`from`) to another, or to a badge class (`to`), at most `within` hops long. Hops are recognitions of whole members, but for the last one to a badge class; with `anyScope`, any recognition is a hop.",
	})
	async trustPath(
		@Arg("from", () => ID) from: string,
		@Arg("to", () => ID) to: string,
		@Arg("within", () => Int, { defaultValue: 4 }) within: number,
		@Arg("first", () => Int, { defaultValue: 10 }) first: number,
		@Arg("anyScope", () => Boolean, { defaultValue: false }) anyScope: boolean,
		@Ctx() { graph }: NetworkContext,
	) {
		checkSlug("from", from);
		const owner = isSlug(to) || isGlobalId(to) ? ownerOf(to) : undefined;
		if (owner === undefined) throw badInput("to", "must be a member's slug or the id of a badge class");
		checkRange("within", within, 1, DEEPEST);
		checkRange("first", first, 1, MOST_PATHS);
		const goal = to === owner ? { member: owner } : { member: owner, badgeClass: to };
		const { paths, isWhole } = (await graph.current()).paths(from, goal, within, first, anyScope);
		const made = paths.map((hops) => TrustPath.of(hops));
		return Object.assign(new TrustPaths(), { shortest: made[0] ?? null, paths: made, isWhole });
	}

	@Query(() => EgoNetwork, { nullable: true, description: "The network around a member, `depth` recognitions far; at most 300 members." })
	async egoNetwork(
		@Arg("member", () => ID) slug: string,
		@Arg("depth", () => Int, { defaultValue: 1 }) depth: number,
		@Arg("first", () => Int, { defaultValue: 100 }) first: number,
		@Ctx() { graph }: NetworkContext,
	) {
		checkRange("depth", depth, 0, DEEPEST);
		checkRange("first", first, 1, LARGEST_EGO);
		const current = await graph.current();
		if (!current.members.includes(slug)) return null;
		const { distances, isWhole } = current.around(slug, depth, first);
		return Object.assign(new EgoNetwork(), {
			memberCount: isWhole ? distances.size : current.around(slug, depth, Number.POSITIVE_INFINITY).distances.size,
			members: [...distances].map(([one, distance]) => Object.assign(new EgoMember(), { slug: one, distance })),
			recognitions: [...distances.keys()].flatMap((one) =>
				(current.by.get(one) ?? []).filter(({ memberSlug }) => distances.has(memberSlug)),
			),
			isWhole,
		});
	}

	@Query(() => MutualRecognitions, { description: "Pairs of members that recognise each other, or badge classes of each other." })
	async mutualRecognitions(@Arg("first", () => Int, { defaultValue: 100 }) first: number, @Ctx() { graph }: NetworkContext) {
		checkRange("first", first, 1, LARGEST_LIST);
		const current = await graph.current();
		const pairs = current.mutual();
		const between = (one: string, other: string) => (current.by.get(one) ?? []).filter(({ memberSlug }) => memberSlug === other);
		return Object.assign(new MutualRecognitions(), {
			totalCount: pairs.length,
			nodes: pairs
				.slice(0, first)
				.map(([one, other]) =>
					Object.assign(new MutualRecognition(), { slugs: [one, other], recognitions: [...between(one, other), ...between(other, one)] }),
				),
		});
	}

	@Query(() => [Member], { description: "Admitted members that nobody recognises, that recognise nobody, or both; by name." })
	async membersWithoutRecognition(
		@Arg("lack", () => RecognitionLack, { defaultValue: RecognitionLack.NOT_RECOGNISED }) lack: RecognitionLack,
		@Ctx() { graph, members }: NetworkContext,
	) {
		const current = await graph.current();
		const found = current.members.filter(
			(slug) =>
				(lack === RecognitionLack.RECOGNISES_NOBODY || !current.of.has(slug)) &&
				(lack === RecognitionLack.NOT_RECOGNISED || !current.by.has(slug)),
		);
		return (await members.loadMany(found)).filter((one) => one instanceof Member);
	}

	@Query(() => SuspensionImpact, {
		nullable: true,
		description: "What would fall if a member were suspended. Changes nothing. Null for who is no admitted member.",
	})
	async suspensionImpact(
		@Arg("member", () => ID) slug: string,
		@Arg("first", () => Int, { defaultValue: 100 }) first: number,
		@Ctx() { graph }: NetworkContext,
	) {
		checkRange("first", first, 1, LARGEST_LIST);
		const current = await graph.current();
		return current.members.includes(slug) ? impactOf(current, slug, first) : null;
	}

	@Query(() => NetworkThen, { description: "The network at a time, as its signed statements have it: members, and recognitions in force." })
	async networkAt(
		@Arg("time", () => GraphQLDateTime) time: Date,
		@Arg("first", () => Int, { defaultValue: 500 }) first: number,
		@Ctx() { record }: NetworkContext,
	) {
		checkRange("first", first, 0, LARGEST_NETWORK);
		if (time.getTime() > Date.now() + 1000) throw badInput("time", "lies in the future, of which nothing is known");
		return networkThen(await record.current(), time, first);
	}
}

@Resolver(() => EgoMember)
export class EgoMemberResolver {
	@FieldResolver(() => Member)
	member(@Root() { slug }: EgoMember, @Ctx() { members }: NetworkContext) {
		return members.load(slug);
	}
}

@Resolver(() => MutualRecognition)
export class MutualRecognitionResolver {
	@FieldResolver(() => [Member], { description: "The two." })
	members(@Root() { slugs }: MutualRecognition, @Ctx() { members }: NetworkContext) {
		return members.loadMany(slugs);
	}
}

@Resolver(() => SuspensionImpact)
export class SuspensionImpactResolver {
	@FieldResolver(() => [Member], { description: "Members that nobody else recognises." })
	membersLeftWithout(@Root() { membersLeftWithout }: SuspensionImpact, @Ctx() { members }: NetworkContext) {
		return members.loadMany(membersLeftWithout);
	}
}

@Resolver(() => LostTrust)
export class LostTrustResolver {
	@FieldResolver(() => Member)
	from(@Root() { from }: LostTrust, @Ctx() { members }: NetworkContext) {
		return members.load(from);
	}

	@FieldResolver(() => Member)
	to(@Root() { to }: LostTrust, @Ctx() { members }: NetworkContext) {
		return members.load(to);
	}
}

function checkSlug(field: string, slug: string): void {
	if (!isSlug(slug)) throw badInput(field, "must be a member's slug");
}
