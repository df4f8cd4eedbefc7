import { initGraphQLTada } from "gql.tada";
import type { introspection } from "./graphql-env.d.ts";

/** Typed documents over `schema/api.graphql`; `graphql-env.d.ts` is generated from it by `gql.tada generate-output`. */
export const graphql = initGraphQLTada<{
	introspection: introspection;
	scalars: { DateTime: string; ID: string };
}>();

export { type FragmentOf, type ResultOf, readFragment, type VariablesOf } from "gql.tada";
