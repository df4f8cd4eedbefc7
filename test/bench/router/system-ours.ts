import { createServer } from "node:http";
import { createRouter } from "../../../router/router.ts";
import { createLog } from "../../../subgraphs/kit/log.ts";
import { readOptions, type SystemOptions } from "./system-options.ts";

/** Our router as shipped, on a directory that does not change. */
const { supergraph, subgraphs, members }: SystemOptions = readOptions();
const entries = Object.entries(members).map(([slug, endpoint]) => ({ slug, name: slug, endpoint, departements: [], collectives: [] }));
const router = createRouter({
	supergraphSdl: supergraph,
	subgraphs,
	members: "members",
	directory: { entries: () => entries, onChange: () => () => undefined, ready: Promise.resolve(), stop: async () => undefined },
	allowPrivateAddresses: true,
	log: createLog("router", "warn"),
});
const server = createServer((request, response) => void router.handle(request, response));
process.on("SIGINT", () => process.exit(0));
server.listen(0, "127.0.0.1", () =>
	process.stdout.write(`ready http://127.0.0.1:${(server.address() as { port: number }).port}/graphql\n`),
);
