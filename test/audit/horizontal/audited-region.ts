import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, type GraphQLSchema, parse } from "graphql";
import { composeSupergraph } from "../../../schema/compose.ts";
import type { AuditedRegion } from "./router-under-test.ts";

/** The member contract with a mutation, which the hub's own has not: the audit must see one go to one owner, once. */
const CONTRACT = `${readFileSync(path.resolve(import.meta.dirname, "../../../schema/member.graphql"), "utf8")}
extend schema {
	mutation: Mutation
}

type Mutation {
	renameBadgeClass(id: ID!, name: String!): BadgeClass @route(argument: "id")
}
`;

/**
 * A subgraph beside the members. Its references are how a request reaches members' rows by id; its notes are what
 * another subgraph adds to them.
 */
const LIBRARY = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type Query { references(ids: [ID!]!): [Reference!]! }
type Reference { id: ID! badgeClass: BadgeClass issuer: Issuer institute: Institute }
type BadgeClass @key(fields: "id") { id: ID! note: String! }
type Issuer @key(fields: "id", resolvable: false) { id: ID! }
type Institute @key(fields: "slug", resolvable: false) { slug: ID! }
`;

/** Starts what stands beside the router under test. */
export async function startAuditedRegion(): Promise<AuditedRegion & { stop(): Promise<void> }> {
	const library = await serve(librarySchema());
	return {
		contract: CONTRACT,
		subgraphs: { library: { sdl: LIBRARY, url: library.url } },
		supergraph: composeSupergraph(CONTRACT, new Map([["library", LIBRARY]])).supergraph,
		memberDeadline: 2_000,
		requestDeadline: 8_000,
		stop: library.stop,
	};
}

function librarySchema(): GraphQLSchema {
	const slugOf = (id: string) => id.split(":")[0] as string;
	return buildSubgraphSchema([
		{
			typeDefs: parse(LIBRARY),
			resolvers: {
				Query: { references: (_: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ id })) },
				Reference: {
					badgeClass: ({ id }: { id: string }) => ({ id }),
					issuer: ({ id }: { id: string }) => ({ id: `${slugOf(id)}:issuer` }),
					institute: ({ id }: { id: string }) => ({ slug: slugOf(id) }),
				},
				BadgeClass: {
					__resolveReference: ({ id }: { id: string }) => ({ id }),
					note: ({ id }: { id: string }) => `Note on ${id}`,
				},
			} as never,
		},
	]);
}

async function serve(schema: GraphQLSchema): Promise<{ url: string; stop(): Promise<void> }> {
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const { query, variables } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as {
			query: string;
			variables: Record<string, unknown>;
		};
		const result = await execute({ schema, document: parse(query), variableValues: variables });
		response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql`,
		async stop() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}
