import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import type { CompetencesContext } from "../context.ts";
import { findGap } from "./find-gap.ts";
import { Gap } from "./gap.ts";

@Resolver(() => Gap)
export class GapResolver {
	@Query(() => Gap, {
		nullable: true,
		description: "What a holder of badges has and lacks for a job, and the fewest badges that close the gap in its core.",
	})
	gap(
		@Arg("job", () => ID) job: string,
		@Arg("holding", () => [ID], { defaultValue: [] }) holding: string[],
		@Ctx() { database }: CompetencesContext,
	) {
		return findGap(database, job.trim().toUpperCase(), [...new Set(holding)]);
	}
}
