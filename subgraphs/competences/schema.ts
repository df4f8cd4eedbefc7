import type { GraphQLSchema } from "graphql";
import { federatedSchema } from "../kit/federated-schema.ts";
import { AlignedBadgeResolver, BadgeClassResolver } from "./badge-class.resolver.ts";
import type { CompetencesContext } from "./context.ts";
import { CompetencyResolver, JobConnectionResolver, JobResolver, ReferentialResolver } from "./job.resolver.ts";
import { BadgeClass } from "./member-rows.ts";

/** The schema of jobs and competencies, and of the badge classes that correspond to them. */
export function competencesSchema(): Promise<GraphQLSchema> {
	return federatedSchema<CompetencesContext>({
		resolvers: [JobResolver, JobConnectionResolver, CompetencyResolver, ReferentialResolver, BadgeClassResolver, AlignedBadgeResolver],
		references: {
			Job: ({ code }, { jobs }) => jobs.load(String(code)),
			Competency: ({ code }, { competencies }) => competencies.load(String(code)),
			// Whether the row exists is its owner's to say: here it only has to be named.
			BadgeClass: ({ id }) => BadgeClass.of(String(id)),
		},
		header: 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])',
	});
}
