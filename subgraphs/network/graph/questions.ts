import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { MemberStatus } from "../member.ts";
import { BadgeClass } from "../member-rows.ts";
import { Recognition, RecognitionScope } from "../recognition.ts";

/** Answers to questions about the whole graph: counts, and ways that can be shown hop by hop. Members are resolved from their slugs. */

@ObjectType({ simpleResolvers: true, description: "A way from a member to whom, or what, it recognises." })
export class TrustPath {
	@Field(() => Int)
	length: number;

	@Field(() => [Recognition], { description: "Each by whom the one before it is of." })
	hops: readonly Recognition[];

	static of(hops: readonly Recognition[]): TrustPath {
		return Object.assign(new TrustPath(), { length: hops.length, hops });
	}
}

@ObjectType({ simpleResolvers: true })
export class TrustPaths {
	@Field(() => TrustPath, { nullable: true, description: "One of the shortest; null where there is none within the bound." })
	shortest: TrustPath | null;

	@Field(() => [TrustPath], { description: "Shortest first." })
	paths: TrustPath[];

	@Field(() => Boolean, { description: "Whether there are no others within the bound." })
	isWhole: boolean;
}

@ObjectType({ simpleResolvers: true })
export class EgoMember {
	slug: string;

	@Field(() => Int, { description: "Recognitions between it and the member in the middle, in whatever direction." })
	distance: number;
}

@ObjectType({ simpleResolvers: true, description: "The network around one member." })
export class EgoNetwork {
	@Field(() => Int, { description: "Members within the depth, the one in the middle and those left out included." })
	memberCount: number;

	@Field(() => [EgoMember], { description: "Nearest first; the member itself has the distance 0." })
	members: EgoMember[];

	@Field(() => [Recognition], { description: "Every recognition between these." })
	recognitions: Recognition[];

	@Field(() => Boolean, { description: "Whether no member within the depth is left out." })
	isWhole: boolean;
}

@ObjectType({ simpleResolvers: true, description: "Two members that recognise each other, or badge classes of each other." })
export class MutualRecognition {
	slugs: [string, string];

	@Field(() => [Recognition], { description: "In both directions." })
	recognitions: Recognition[];
}

@ObjectType({ simpleResolvers: true })
export class MutualRecognitions {
	@Field(() => Int)
	totalCount: number;

	@Field(() => [MutualRecognition])
	nodes: MutualRecognition[];
}

export enum RecognitionLack {
	NOT_RECOGNISED = "NOT_RECOGNISED",
	RECOGNISES_NOBODY = "RECOGNISES_NOBODY",
	BOTH = "BOTH",
}
registerEnumType(RecognitionLack, { name: "RecognitionLack" });

@ObjectType({ simpleResolvers: true, description: "One member that would no longer trust another as a whole, by any way." })
export class LostTrust {
	from: string;
	to: string;
}

@ObjectType({
	simpleResolvers: true,
	description: "What would fall if a member were suspended now. Lists are cut at `first`, counts are not.",
})
export class SuspensionImpact {
	@Field(() => Int, { description: "Recognitions by it." })
	recognitionsByCount: number;

	@Field(() => Int, { description: "Recognitions of it, or of what is its." })
	recognitionsOfCount: number;

	@Field(() => [Recognition], { description: "All of these, newest first." })
	recognitions: Recognition[];

	@Field(() => Int)
	badgeClassesLeftWithoutCount: number;

	@Field(() => [BadgeClass], { nullable: "items", description: "Badge classes of others that nobody else recognises." })
	badgeClassesLeftWithout: BadgeClass[];

	@Field(() => Int)
	membersLeftWithoutCount: number;

	/** Slugs. */
	membersLeftWithout: string[];

	@Field(() => Int, {
		description: "Pairs of other members of which the first trusts the second only through this one, within three hops.",
	})
	lostTrustCount: number;

	@Field(() => [LostTrust])
	lostTrust: LostTrust[];
}

@ObjectType({ simpleResolvers: true })
export class MemberThen {
	@Field(() => ID)
	slug: string;

	@Field(() => String)
	name: string;

	@Field(() => MemberStatus)
	status: MemberStatus;

	@Field(() => [ID])
	collectives: string[];
}

@ObjectType({ simpleResolvers: true })
export class RecognitionThen {
	@Field(() => ID, { description: "The id of its statement." })
	statementId: string;

	@Field(() => ID, { description: "The slug of the member that recognised." })
	by: string;

	@Field(() => ID, { description: "The slug of the member recognised, or that owns what was recognised." })
	member: string;

	@Field(() => RecognitionScope)
	scope: RecognitionScope;

	@Field(() => ID, { description: "The slug, or the id of the row, that was recognised." })
	subject: string;

	@Field(() => String, { nullable: true })
	field: string | null;

	@Field(() => GraphQLDateTime)
	since: Date;

	@Field(() => String)
	reason: string;
}

@ObjectType({ simpleResolvers: true, description: "The network as its signed statements have it at a time." })
export class NetworkThen {
	@Field(() => GraphQLDateTime)
	time: Date;

	@Field(() => [MemberThen], { description: "Admitted or suspended then." })
	members: MemberThen[];

	@Field(() => Int)
	recognitionCount: number;

	@Field(() => [RecognitionThen], { description: "In force then, in the order in which they were recorded; cut at `first`." })
	recognitions: RecognitionThen[];
}
