import type { GraphQLSchema } from "graphql";
import { federatedSchema } from "../kit/federated-schema.ts";
import type { NetworkContext } from "./context.ts";
import { DirectoryResolver } from "./directory.resolver.ts";
import { NetworkChangesResolver } from "./graph/changes.resolver.ts";
import { MemberTrustResolver, TrustMarkResolver } from "./graph/member-trust.resolver.ts";
import {
	EgoNetworkResolver,
	NetworkGroupResolver,
	NetworkMemberResolver,
	NetworkOverviewQueries,
	NetworkOverviewResolver,
} from "./graph/overview.resolver.ts";
import {
	EgoMemberResolver,
	LostTrustResolver,
	MutualRecognitionResolver,
	SuspensionImpactResolver,
	TrustQuestionsResolver,
} from "./graph/questions.resolver.ts";
import { BadgeRecogniserResolver, BadgeRecognisersResolver } from "./graph/recognisers.resolver.ts";
import { RecognitionStatementResolver, StatementResolver } from "./graph/statement.resolver.ts";
import { CollectiveResolver, InstituteResolver, MemberResolver } from "./member.resolver.ts";
import { BadgeClass, Institute } from "./member-rows.ts";
import { BadgeClassResolver, RecognitionResolver } from "./recognition.resolver.ts";

/** The schema of the network: members, collectives, who recognises whom, and the signed statements behind it. */
export function networkSchema(): Promise<GraphQLSchema> {
	return federatedSchema<NetworkContext>({
		resolvers: [
			MemberResolver,
			CollectiveResolver,
			RecognitionResolver,
			DirectoryResolver,
			InstituteResolver,
			BadgeClassResolver,
			StatementResolver,
			RecognitionStatementResolver,
			MemberTrustResolver,
			TrustMarkResolver,
			NetworkChangesResolver,
			TrustQuestionsResolver,
			BadgeRecognisersResolver,
			BadgeRecogniserResolver,
			EgoMemberResolver,
			MutualRecognitionResolver,
			SuspensionImpactResolver,
			LostTrustResolver,
			NetworkOverviewQueries,
			NetworkOverviewResolver,
			NetworkGroupResolver,
			NetworkMemberResolver,
			EgoNetworkResolver,
		],
		references: {
			// Whether the row exists is its owner's to say: here it only has to be named.
			Institute: ({ slug }) => Institute.of(String(slug)),
			BadgeClass: (representation) => BadgeClass.represented(representation),
		},
		header:
			'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@external", "@inaccessible", "@key", "@requires", "@requiresScopes"])',
	});
}
