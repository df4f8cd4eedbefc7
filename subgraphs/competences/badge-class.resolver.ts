import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { AlignedBadge, BadgeCompetency, BadgeJob } from "./aligned-badge.ts";
import type { CompetencesContext } from "./context.ts";
import { BadgeClass } from "./member-rows.ts";

@Resolver(() => BadgeClass)
export class BadgeClassResolver {
	@FieldResolver(() => [BadgeCompetency], {
		nullable: true,
		description: "Competencies of the referential among this badge class's alignments. Null while they cannot be reached.",
	})
	competencies(@Root() { id }: BadgeClass, @Ctx() { competenciesOfBadge }: CompetencesContext) {
		return competenciesOfBadge.load(id);
	}

	@FieldResolver(() => [BadgeJob], {
		nullable: true,
		description: "Jobs of the referential among this badge class's alignments. Null while they cannot be reached.",
	})
	jobs(@Root() { id }: BadgeClass, @Ctx() { jobsOfBadge }: CompetencesContext) {
		return jobsOfBadge.load(id);
	}
}

@Resolver(() => AlignedBadge)
export class AlignedBadgeResolver {
	@FieldResolver(() => BadgeClass, { nullable: true })
	badgeClass(@Root() { id }: AlignedBadge) {
		return BadgeClass.of(id);
	}
}
