import "reflect-metadata";
import { readAccess } from "../kit/access-settings.ts";
import { readEnvironment, readPartSettings } from "../kit/config.ts";
import { databaseAddress } from "../kit/database-address.ts";
import { createLog } from "../kit/log.ts";
import { runServer } from "../kit/run.ts";
import { startNetwork } from "./server.ts";
import { authorityFolder, openAuthority } from "./trust/authority.ts";

/** The network subgraph alone: `DATABASE_URL=postgres://… PORT=4001 HUB_PUBLIC_URL=https://hub.example.org`. Its keys are in `HUB_DATA`. */
await runServer(async () => {
	const { databaseUrl, port, host, logLevel, ...access } = readPartSettings(4001);
	const { dataFolder, publicUrl } = readEnvironment();
	const network = await startNetwork({
		database: databaseAddress(databaseUrl),
		port,
		host,
		access: readAccess(access),
		trust: {
			authority: openAuthority(authorityFolder(dataFolder)),
			base: publicUrl ?? `http://localhost:${port}`,
			allowPrivateAddresses: publicUrl === undefined,
		},
		log: createLog("network", logLevel),
	});
	process.stdout.write(`ready: the network answers at ${network.url}\n`);
	return network;
});
