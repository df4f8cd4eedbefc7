import { createServer } from "node:http";
import { createRouter } from "../../../router/router.ts";
import { createFront } from "../../../router/serve/front.ts";
import { createLog } from "../../../subgraphs/kit/log.ts";
import { readOptions, type SystemOptions } from "./system-options.ts";

/** Our router on a directory that does not change: as shipped with `--deduplicate`, and without it with each read sent on its own. */
const { supergraph, subgraphs, members }: SystemOptions = readOptions();
const entries = Object.entries(members).map(([slug, endpoint]) => ({ slug, name: slug, endpoint, departements: [], collectives: [] }));
const router = createRouter({
	supergraphSdl: supergraph,
	subgraphs,
	members: "members",
	directory: { entries: () => entries, onChange: () => () => undefined, ready: Promise.resolve(), stop: async () => undefined },
	deduplicate: process.argv.includes("--deduplicate"),
	// Watches beside each member as shipped; it knows nothing, so that it adds work and no rows.
	...(subgraphs.discovery && { standIn: () => new URL(subgraphs.discovery as string) }),
	allowPrivateAddresses: true,
	log: createLog("router", "warn"),
});
const front = createFront();
front.open(router);
const server = createServer(front.handle);
process.on("SIGINT", () => process.exit(0));
server.listen(0, "127.0.0.1", () =>
	process.stdout.write(`ready http://127.0.0.1:${(server.address() as { port: number }).port}/graphql\n`),
);
