import type { GraphQLSchema } from "graphql";
import { HORIZONTAL_LINK, horizontalDirectives } from "../../schema/horizontal.ts";
import { federatedSchema } from "../kit/federated-schema.ts";
import { BadgeClassConnectionResolver, BadgeClassResolver } from "./badge-class.resolver.ts";
import { ChangeResolver } from "./change.resolver.ts";
import type { InstituteContext } from "./context.ts";
import { InstituteResolver, IssuerResolver } from "./institute.resolver.ts";
import { ManagementResolver } from "./management.resolver.ts";

/** The schema of an institute: the member contract, and the institute's own management. */
export function instituteSchema(): Promise<GraphQLSchema> {
	return federatedSchema<InstituteContext>({
		resolvers: [BadgeClassResolver, BadgeClassConnectionResolver, IssuerResolver, InstituteResolver, ChangeResolver, ManagementResolver],
		references: {
			BadgeClass: ({ id }, { badgeClasses }) => badgeClasses.load(String(id)),
			Issuer: ({ id }, { issuers }) => issuers.load(String(id)),
			Institute: ({ slug }, { institute }) => (slug === institute.slug ? institute : null),
		},
		header: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@composeDirective", "@inaccessible", "@key", "@shareable"])\n${HORIZONTAL_LINK}`,
		directives: horizontalDirectives,
	});
}
