import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";

/** The parts of a badge class that are not rows of their own. */

export enum BadgeClassStatus {
	PUBLISHED = "PUBLISHED",
	RETIRED = "RETIRED",
}
registerEnumType(BadgeClassStatus, { name: "BadgeClassStatus" });

export enum RequirementRule {
	ALL = "ALL",
	ANY = "ANY",
	AT_LEAST = "AT_LEAST",
}
registerEnumType(RequirementRule, { name: "RequirementRule" });

@ObjectType({ simpleResolvers: true })
export class Criteria {
	@Field(() => String, { nullable: true })
	narrative: string | null;

	@Field(() => String, { nullable: true })
	url: string | null;
}

@ObjectType({ simpleResolvers: true })
export class Alignment {
	@Field(() => String)
	targetName: string;

	@Field(() => String, { nullable: true })
	targetUrl: string | null;

	@Field(() => String, { nullable: true })
	targetFramework: string | null;

	@Field(() => String, { nullable: true })
	targetCode: string | null;

	@Field(() => String, { nullable: true })
	targetDescription: string | null;
}

@ObjectType({ simpleResolvers: true })
export class BadgeRequest {
	@Field(() => Boolean)
	open: boolean;

	@Field(() => String, { nullable: true })
	url: string | null;
}

export enum RequirementPartKind {
	ALL = "ALL",
	ANY = "ANY",
	AT_LEAST = "AT_LEAST",
	BADGE = "BADGE",
	COMPETENCY = "COMPETENCY",
}
registerEnumType(RequirementPartKind, { name: "RequirementPartKind" });

@ObjectType({ simpleResolvers: true })
export class RequirementPart {
	@Field(() => RequirementPartKind)
	kind: RequirementPartKind;

	@Field(() => Int, { nullable: true })
	group: number | null;

	@Field(() => Int, { nullable: true })
	needed: number | null;

	@Field(() => Int, { nullable: true })
	distinctIssuers: number | null;

	@Field(() => ID, { nullable: true })
	badgeClassId: string | null;

	@Field(() => String, { nullable: true })
	competency: string | null;

	@Field(() => Boolean, { nullable: true })
	recognised: boolean | null;

	@Field(() => Int, { nullable: true })
	notOlderThanDays: number | null;
}

@ObjectType({ simpleResolvers: true })
export class Requirement {
	@Field(() => RequirementRule)
	rule: RequirementRule;

	@Field(() => Int)
	needed: number;

	@Field(() => [ID])
	badgeClassIds: string[];

	/** Absent from rows that were written before there were trees. */
	@Field(() => [RequirementPart], { nullable: true })
	parts?: RequirementPart[] | null;
}
