import { readFileSync } from "node:fs";
import path from "node:path";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import type { Answer } from "../../kit/ask.ts";

const SUPERGRAPH_FILE = path.resolve(import.meta.dirname, "../../../schema/supergraph.graphql");

/** Another router: Hive Gateway from npm, with the planner in Rust, on our supergraph file as it is. */
export interface OtherRouter {
	ask(query: string, variables: Record<string, unknown>): Promise<Answer>;
	stop(): Promise<void>;
}

/** Starts it. `locations` says where each subgraph answers, `members` included: the file names addresses that are not there. */
export function startHiveGateway(locations: Readonly<Record<string, string>>): OtherRouter {
	const gateway = createGatewayRuntime({
		supergraph: readFileSync(SUPERGRAPH_FILE, "utf8"),
		unifiedGraphHandler,
		transportEntries: Object.fromEntries(Object.entries(locations).map(([name, location]) => [name, { location }])),
		maskedErrors: false,
		logging: false,
	});
	return {
		async ask(query, variables) {
			const response = await gateway.fetch("http://hive-gateway/graphql", {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ query, variables }),
			});
			return (await response.json()) as Answer;
		},
		stop: async () => {
			await gateway[Symbol.asyncDispose]();
		},
	};
}
