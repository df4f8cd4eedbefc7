import { createUnionType, Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ProgressPart } from "../answers.ts";
import { DrawnPathway } from "./drawn-pathway.ts";

@InputType()
export class DrawnStepInput {
	@Field(() => ID, { nullable: true, description: "A badge class of any member; or" }) badgeClassId?: string | null;
	@Field(() => String, { nullable: true, description: "a competency: its code or address." }) competency?: string | null;
	@Field(() => Boolean, { defaultValue: false }) optional: boolean;
	@Field(() => String, { defaultValue: "", description: "At most 500 characters." }) note: string;
}

@InputType()
export class DrawnPathwayInput {
	@Field(() => ID, { nullable: true, description: "Of the pathway that is changed; without it a new one is made." }) id?: string | null;
	@Field(() => Int, { nullable: true, description: "Of the pathway that is changed: the version that was read." }) version?: number | null;
	@Field(() => String, { description: "1 to 120 characters, no other pathway's." }) name: string;
	@Field(() => String, { defaultValue: "", description: "At most 2000 characters." }) description: string;
	@Field(() => [DrawnStepInput], { description: "In their order: 1 to 50, one of them at least not optional." }) steps: DrawnStepInput[];
}

export enum DrawnPathwayRefusal {
	NAME_EMPTY = "NAME_EMPTY",
	NAME_TAKEN = "NAME_TAKEN",
	TEXT_TOO_LONG = "TEXT_TOO_LONG",
	NO_STEP = "NO_STEP",
	TOO_MANY_STEPS = "TOO_MANY_STEPS",
	ALL_OPTIONAL = "ALL_OPTIONAL",
	WRONG_STEP = "WRONG_STEP",
	UNKNOWN_BADGE = "UNKNOWN_BADGE",
	STEP_TWICE = "STEP_TWICE",
	UNKNOWN_PATHWAY = "UNKNOWN_PATHWAY",
	OUTDATED = "OUTDATED",
}
registerEnumType(DrawnPathwayRefusal, {
	name: "DrawnPathwayRefusal",
	valuesConfig: {
		WRONG_STEP: { description: "A step names neither a badge nor a competency, or both." },
		OUTDATED: { description: "Somebody changed it since it was read." },
	},
});

@ObjectType({ simpleResolvers: true, description: "Nothing was done, and why." })
export class DrawnPathwayRefused {
	@Field(() => DrawnPathwayRefusal) code: DrawnPathwayRefusal;
	@Field(() => String, { nullable: true, description: "What is wrong, as `name` or `steps.2.badgeClassId`; null where it is the whole." })
	field: string | null;
	@Field(() => String, { description: "What is wrong and how to mend it." }) message: string;
}

export const DrawnPathwayResult = createUnionType({
	name: "DrawnPathwayResult",
	types: () => [DrawnPathway, DrawnPathwayRefused] as const,
});

@ObjectType({ simpleResolvers: true, description: "How far somebody who holds certain badges is on a drawn pathway." })
export class DrawnProgress {
	@Field(() => ID)
	pathwayId: string;

	@Field(() => Boolean, { description: "Whether every step that is not optional is met." })
	met: boolean;

	@Field(() => Float, { description: "0 to 1, optional steps not counted. Never falls as badges are added; 1 exactly when `met`." })
	share: number;

	@Field(() => [ProgressPart], { description: "Its steps in their order, optional ones too." })
	steps: ProgressPart[];
}
