import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { type GraphQLScalarType, type GraphQLSchema, parse } from "graphql";

const CONTRACT_FILE = path.resolve(import.meta.dirname, "../../schema/member.graphql");

/** Type → field → resolver, as Apollo's subgraph library takes them; `__resolveReference` for entities. */
// biome-ignore lint/suspicious/noExplicitAny: each resolver knows the rows of its own type.
type Resolvers = Record<string, Record<string, (row: any, args: any, context: any) => unknown> | GraphQLScalarType>;

/** The member contract itself as an executable schema, for those who answer it without classes of their own. */
export function contractSchema(resolvers: Resolvers): GraphQLSchema {
	return buildSubgraphSchema([{ typeDefs: parse(readFileSync(CONTRACT_FILE, "utf8")), resolvers: resolvers as never }]);
}
