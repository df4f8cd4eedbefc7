import type { GraphQLSchema } from "graphql";
import { federatedSchema } from "../kit/federated-schema.ts";
import { AlignedBadgeResolver, BadgeClassResolver } from "./badge-class.resolver.ts";
import type { CompetencesContext } from "./context.ts";
import { CoverageResolver, CoverageRowResolver } from "./coverage/coverage.resolver.ts";
import { AlignmentReadingResolver, CurationResolver } from "./curation/curation.resolver.ts";
import { DomainResolver } from "./domain.resolver.ts";
import { GapResolver } from "./gap/gap.resolver.ts";
import { CompetencyResolver, JobConnectionResolver, JobResolver, ReferentialResolver } from "./job.resolver.ts";
import { BadgeClass } from "./member-rows.ts";
import { OpcoResolver } from "./opco/opco.resolver.ts";

/** The schema of jobs and competencies, and of the badge classes that correspond to them. */
export function competencesSchema(): Promise<GraphQLSchema> {
	return federatedSchema<CompetencesContext>({
		resolvers: [
			JobResolver,
			JobConnectionResolver,
			CompetencyResolver,
			ReferentialResolver,
			BadgeClassResolver,
			AlignedBadgeResolver,
			DomainResolver,
			OpcoResolver,
			GapResolver,
			CoverageResolver,
			CoverageRowResolver,
			CurationResolver,
			AlignmentReadingResolver,
		],
		references: {
			Job: ({ code }, { jobs }) => jobs.load(String(code)),
			Competency: ({ code }, { competencies }) => competencies.load(String(code)),
			// Whether the row exists is its owner's to say: here it only has to be named.
			BadgeClass: ({ id }) => BadgeClass.of(String(id)),
		},
		header: 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requiresScopes", "@shareable"])',
	});
}
