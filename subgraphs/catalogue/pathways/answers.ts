import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Reason } from "./progress.ts";

export enum PartReason {
	HELD = "HELD",
	MET_BY_ANOTHER = "MET_BY_ANOTHER",
	NOT_HELD = "NOT_HELD",
	TOO_OLD = "TOO_OLD",
	NOT_RECOGNISED = "NOT_RECOGNISED",
	BROKEN = "BROKEN",
	ENOUGH = "ENOUGH",
	NOT_ENOUGH = "NOT_ENOUGH",
	TOO_FEW_ISSUERS = "TOO_FEW_ISSUERS",
}
registerEnumType(PartReason, {
	name: "PartReason",
	description: "Why a part of a metabadge's rule is met, or not. `BROKEN`: it requires a badge that no member knows.",
});

/** Keeps the two lists of reasons the same. */
export const reasonOf = (reason: Reason): PartReason => PartReason[reason];

export enum PartKind {
	ALL = "ALL",
	ANY = "ANY",
	AT_LEAST = "AT_LEAST",
	BADGE = "BADGE",
	COMPETENCY = "COMPETENCY",
}
registerEnumType(PartKind, {
	name: "PartKind",
	description: "Of a rule: a group of parts, a badge class, or any badge aligned to a competency.",
});

/** A badge on a way. The field `badgeClass` is resolved. */
@ObjectType({ simpleResolvers: true })
export class WayBadge {
	@Field(() => ID)
	id: string;

	@Field(() => String)
	name: string;

	@Field(() => Boolean, { description: "Whether it can be asked for now." })
	requestable: boolean;
}

/** The field `badgeClass` is resolved. */
@ObjectType({
	simpleResolvers: true,
	description: "A part of a metabadge's rule. The whole rule comes first, each group before its parts.",
})
export class ProgressPart {
	@Field(() => PartKind)
	kind: PartKind;

	@Field(() => Int, {
		nullable: true,
		description: "Place in the list, from 0, of the group that it is a part of; null for the whole rule.",
	})
	group: number | null;

	@Field(() => ID, { nullable: true, description: "Of `BADGE`: id of the badge class that is required." })
	id: string | null;

	@Field(() => String, {
		nullable: true,
		description: "Of `BADGE`: its name, null when no member knows it. Of `COMPETENCY`: its code or address.",
	})
	name: string | null;

	@Field(() => Int, { nullable: true, description: "Of a group: how many of its parts are needed." })
	needed: number | null;

	@Field(() => Int, { nullable: true, description: "Of a group: from how many issuers its badges must come." })
	distinctIssuers: number | null;

	@Field(() => Boolean, { description: "Only a badge that somebody in the network recognises will do." })
	recognised: boolean;

	@Field(() => Int, { nullable: true, description: "Only one that was earned at most so many days ago." })
	notOlderThanDays: number | null;

	@Field(() => Boolean)
	met: boolean;

	@Field(() => PartReason)
	reason: PartReason;

	@Field(() => Float, { description: "0 to 1." })
	share: number;

	@Field(() => [ID], { description: "Of what is held: the badges that it is met by, or that count towards it." })
	by: string[];

	@Field(() => [WayBadge], {
		description: "Other badges that would meet it, at most 20: those that stand for the badge, those aligned to the competency.",
	})
	alternatives: WayBadge[];
}

@ObjectType({ simpleResolvers: true, description: "How far somebody who holds certain badges is from a metabadge." })
export class Progress {
	@Field(() => ID)
	badgeClassId: string;

	@Field(() => Boolean, { description: "Whether it is held, or can be asked for." })
	met: boolean;

	@Field(() => Float, { description: "0 to 1. Never falls as badges are added; 1 exactly when `met`." })
	share: number;

	@Field(() => [ProgressPart], { description: "Empty for a badge that is no metabadge." })
	parts: ProgressPart[];
}

@ObjectType({ simpleResolvers: true, description: "The fewest badges still to earn, shared ones counted once." })
export class ShortestWay {
	@Field(() => [WayBadge], { description: "In an order in which each can be earned when its turn comes; the goal last." })
	badges: WayBadge[];

	@Field(() => Boolean, { description: "Whether there is no shorter way. Otherwise the search was given up." })
	exact: boolean;

	@Field(() => Int, { description: "No way is shorter than this." })
	atLeast: number;
}

/** A badge to earn next. */
@ObjectType({ simpleResolvers: true })
export class NextStep {
	@Field(() => WayBadge)
	badge: WayBadge;

	@Field(() => [ID], { description: "Ids of the metabadges that it leads to." })
	towards: string[];

	@Field(() => Boolean, { description: "Whether one of those can be had as soon as it is earned." })
	completes: boolean;
}

@InputType({ description: "What somebody may be advised to earn." })
export class WayConditions {
	@Field(() => String, {
		nullable: true,
		description: "INSEE code: only badges of institutes in this département, and of those without any.",
	})
	departement?: string | null;

	@Field(() => Boolean, { nullable: true, description: "Only badges that can be asked for now; metabadges are had by holding others." })
	requestable?: boolean | null;

	@Field(() => [ID], { nullable: true, description: "Slugs of institutes to leave out." })
	withoutInstitutes?: string[] | null;
}
