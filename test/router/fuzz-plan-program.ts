import { readFileSync } from "node:fs";
import path from "node:path";
import { createEngine } from "../../router/execute/engine.ts";
import { DEFAULT_LIMITS } from "../../router/guard/limits.ts";
import { readSupergraph } from "../../router/plan/supergraph.ts";

/** Plans one query in a process of its own, as the router does: the planner is native code, and can end the process. */
const nothing = { prepare: () => async () => ({ data: null, errors: [] }), subscribe: async function* () {} };
const supergraph = readSupergraph(readFileSync(path.resolve(import.meta.dirname, "../../schema/supergraph.graphql"), "utf8"));
const services = new Map(supergraph.services.map((name) => [name, nothing] as const));
createEngine(supergraph, services, DEFAULT_LIMITS)
	.prepare({ query: process.argv[2] as string, signal: new AbortController().signal })
	.variant({});
process.stdout.write("planned\n");
