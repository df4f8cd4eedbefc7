import { QueryPlanner } from "@graphql-hive/router-query-planner";
import { composeServices, compositionHasErrors } from "@theguild/federation-composition";
import { lexicographicSortSchema, parse, printSchema } from "graphql";
import { clientSchema } from "./client-schema.ts";

export interface Composed {
	/** What routers read. */
	supergraph: string;
	/** What clients see. */
	api: string;
}

export class CompositionError extends Error {
	override name = "CompositionError";
}

/**
 * Composes the member contract, as the logical subgraph `members`, with the hub's own subgraphs.
 * Throws a {@link CompositionError} that holds every mistake.
 */
export function composeSupergraph(members: string, subgraphs: ReadonlyMap<string, string>, membersName = "members"): Composed {
	const services = [[membersName, members] as const, ...subgraphs].map(([name, sdl]) => ({
		name,
		url: `http://${name}/graphql`,
		typeDefs: parse(sdl),
	}));
	const result = composeServices(services);
	if (compositionHasErrors(result)) throw new CompositionError(result.errors.map(({ message }) => `- ${message}`).join("\n"));
	const supergraph = `${result.supergraphSdl.trim()}\n`;
	const api = printSchema(lexicographicSortSchema(clientSchema(new QueryPlanner(supergraph).consumerSchema)));
	return { supergraph, api: `${api}\n` };
}
