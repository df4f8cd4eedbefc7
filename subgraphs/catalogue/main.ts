import "reflect-metadata";
import { readAccess } from "../kit/access-settings.ts";
import { readCatalogueSettings } from "../kit/config.ts";
import { databaseAddress } from "../kit/database-address.ts";
import { createLog } from "../kit/log.ts";
import { runServer } from "../kit/run.ts";
import { startCatalogue } from "./server.ts";

/** The catalogue subgraph alone: `DATABASE_URL=postgres://… DIRECTORY_URL=http://127.0.0.1:4001/graphql COMPETENCES_URL=http://127.0.0.1:4003/graphql PORT=4002`. */
await runServer(async () => {
	const { databaseUrl, logLevel, routerKeys, publicReads, ...settings } = readCatalogueSettings(4002);
	const catalogue = await startCatalogue({
		...settings,
		database: databaseAddress(databaseUrl),
		access: readAccess({ routerKeys, publicReads }),
		log: createLog("catalogue", logLevel),
	});
	process.stdout.write(`ready: the catalogue answers at ${catalogue.url}\n`);
	return catalogue;
});
