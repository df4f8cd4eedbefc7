import "reflect-metadata";
import { readAccess } from "../kit/access-settings.ts";
import { readPartSettings } from "../kit/config.ts";
import { databaseAddress } from "../kit/database-address.ts";
import { createLog } from "../kit/log.ts";
import { run } from "../kit/run.ts";
import { startNetwork } from "./server.ts";

/** The network subgraph alone: `DATABASE_URL=postgres://… PORT=4001`. */
await run(async () => {
	const { databaseUrl, port, host, logLevel, ...access } = readPartSettings(4001);
	const network = await startNetwork({
		database: databaseAddress(databaseUrl),
		port,
		host,
		access: readAccess(access),
		log: createLog("network", logLevel),
	});
	process.stdout.write(`ready: the network answers at ${network.url}\n`);
	return network;
});
