import { Field, ID, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../../kit/paging.ts";
import { AlignedBadge } from "../aligned-badge.ts";
import { Competency } from "../competency.ts";
import { Job } from "../job.ts";

/** A job's competency, and by how many badge classes it is recognised. Which ones is resolved. */
@ObjectType({ simpleResolvers: true })
export class CoverageCell {
	@Field(() => Competency) competency: Competency;
	@Field(() => Boolean) core: boolean;
	@Field(() => Boolean) emerging: boolean;
	@Field(() => Int, { description: "How many badge classes recognise it; 0 is a hole." }) badgeCount: number;
	@Field(() => [AlignedBadge]) badges: AlignedBadge[];
}

/** One job of the matrix. */
@ObjectType({ simpleResolvers: true })
export class CoverageRow {
	@Field(() => Job) job: Job;
	@Field(() => Int) coreTotal: number;
	@Field(() => Int) coreCovered: number;
	@Field(() => Int) emergingTotal: number;
	@Field(() => Int) emergingCovered: number;
	@Field(() => Int, { description: "Of all its competencies." }) total: number;
	@Field(() => Int) covered: number;
	@Field(() => Int, { description: "Badge classes that recognise any of its competencies." }) badgeCount: number;
}

@ObjectType({ simpleResolvers: true })
export class CoverageTotals {
	@Field(() => Int) jobs: number;
	@Field(() => Int, { description: "Jobs of which no core competency is recognised." }) jobsWithoutBadge: number;
	@Field(() => Int, { description: "Distinct core competencies of these jobs." }) coreTotal: number;
	@Field(() => Int) coreCovered: number;
	@Field(() => Int, { description: "Distinct competencies of these jobs." }) competencies: number;
	@Field(() => Int) competenciesCovered: number;
	@Field(() => Int, { description: "Badge classes that recognise any of them." }) badges: number;
}

/** The matrix of jobs, their competencies and the badge classes that recognise them: holes first. */
@ObjectType({ simpleResolvers: true })
export class Coverage {
	@Field(() => ID, { nullable: true }) opco: string | null;
	@Field(() => ID, { nullable: true }) domain: string | null;
	@Field(() => ID, { nullable: true }) collective: string | null;
	@Field(() => [CoverageRow], { description: "Those of whose core least is recognised first." }) rows: CoverageRow[];
	@Field(() => PageInfo) pageInfo: PageInfo;
	@Field(() => CoverageTotals) totals: CoverageTotals;
}
