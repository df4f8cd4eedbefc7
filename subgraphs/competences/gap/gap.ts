import { Field, Float, Int, ObjectType, registerEnumType } from "type-graphql";
import { AlignedBadge } from "../aligned-badge.ts";
import { Competency } from "../competency.ts";
import { Job } from "../job.ts";

export enum CoverMethod {
	EXACT = "EXACT",
	GREEDY = "GREEDY",
}
registerEnumType(CoverMethod, {
	name: "CoverMethod",
	description: "How the shortest set was looked for.",
	valuesConfig: {
		EXACT: { description: "No set of badges is shorter." },
		GREEDY: { description: "There may be a shorter one: `bound` says how much." },
	},
});

/** A competency of the job, and the badges that recognise it. */
@ObjectType({ simpleResolvers: true })
export class GapCompetency {
	@Field(() => Competency) competency: Competency;
	@Field(() => Boolean, { description: "At the heart of the job." }) core: boolean;
	@Field(() => Boolean, { description: "Newly asked for." }) emerging: boolean;
	@Field(() => [AlignedBadge], {
		description: "Badge classes that recognise it: those held, where it is covered; all others, where it is missing.",
	})
	badges: AlignedBadge[];
}

/** A short way to cover what is missing of the core. */
@ObjectType({ simpleResolvers: true })
export class ShortestCover {
	@Field(() => [AlignedBadge], { description: "In the order in which each adds most." }) badges: AlignedBadge[];
	@Field(() => [Competency], { description: "Core competencies that no badge class of the region recognises." }) uncoverable: Competency[];
	@Field(() => CoverMethod) method: CoverMethod;
	@Field(() => Float, {
		description:
			"The set is at most so many times longer than the shortest: 1 when exact, H(d) when greedy, d being the most competencies that one badge covers.",
	})
	bound: number;
	@Field(() => Int, { description: "No set of badges that covers the same is shorter." }) atLeast: number;
}

/** What a holder of badges has, and lacks, for a job. */
@ObjectType({ simpleResolvers: true })
export class Gap {
	@Field(() => Job) job: Job;
	@Field(() => [GapCompetency], { description: "Core first, then emerging, then by label." }) covered: GapCompetency[];
	@Field(() => [GapCompetency], { description: "Core first, then emerging, then by label." }) missing: GapCompetency[];
	@Field(() => Int) coreTotal: number;
	@Field(() => Int) coreCovered: number;
	@Field(() => ShortestCover, { description: "The fewest badges that cover what is missing of the core." }) shortest: ShortestCover;
	@Field(() => [String], { description: "Ids given that are of no badge class known here." }) unknown: string[];
}
