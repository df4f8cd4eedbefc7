import "reflect-metadata";
import path from "node:path";
import { startHub } from "../../../router/hub.ts";
import { runServer } from "../../../subgraphs/kit/run.ts";

/** The demonstration region without its front: the members and subgraphs that the router and the floor both ask. Prints where they are. */
await runServer(async () => {
	const hub = await startHub({
		dataFolder: path.resolve(process.argv[2] as string),
		logLevel: "warn",
		onFatal: (reason) => {
			throw new Error(reason);
		},
	});
	process.stdout.write(`ready ${JSON.stringify({ ...hub.subgraphs, members: Object.fromEntries(hub.institutes.endpoints) })}\n`);
	return hub;
});
