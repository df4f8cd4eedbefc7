import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import type { CompetencesContext } from "../context.ts";
import { Coverage, CoverageCell, CoverageRow } from "./coverage.ts";
import { type CoverageScope, findCoverage } from "./find-coverage.ts";

@ArgsType()
class CoverageArguments implements CoverageScope {
	@Field(() => ID, { nullable: true, description: "Jobs of this OPCO's branches." }) opco?: string | null;
	@Field(() => ID, { nullable: true, description: "Jobs of this domain: `K`, or `K18`." }) domain?: string | null;
	@Field(() => ID, { nullable: true, description: "Badge classes of this collective's members; alone, the jobs that these touch." })
	collective?: string | null;
	@Field(() => Int, { defaultValue: 20, description: "At most 200." }) first: number;
	@Field(() => String, { nullable: true }) after?: string | null;
}

@Resolver(() => Coverage)
export class CoverageResolver {
	@Query(() => Coverage, {
		nullable: true,
		description:
			"Which competencies of a scope's jobs are recognised by badges, the least recognised jobs first. Null for an OPCO or domain that is not known.",
	})
	coverage(@Args(() => CoverageArguments) { first, after, ...scope }: CoverageArguments, @Ctx() { database }: CompetencesContext) {
		return findCoverage(database, scope, { first, after });
	}
}

@Resolver(() => CoverageRow)
export class CoverageRowResolver {
	@FieldResolver(() => [CoverageCell], { description: "Core first; of these those that nothing recognises first." })
	cells(@Root() { job, collective }: CoverageRow & { collective: string | null }, @Ctx() { coverageCells }: CompetencesContext) {
		return coverageCells.load({ jobCode: job.code, collective });
	}
}
