import "reflect-metadata";
import { readAccess } from "../kit/access-settings.ts";
import { readHarvesterSettings } from "../kit/config.ts";
import { databaseAddress } from "../kit/database-address.ts";
import { createLog } from "../kit/log.ts";
import { runServer } from "../kit/run.ts";
import { startCompetences } from "./server.ts";

/** The subgraph of jobs and competencies alone: `DATABASE_URL=postgres://… DIRECTORY_URL=http://127.0.0.1:4001/graphql PORT=4003`. */
await runServer(async () => {
	const { databaseUrl, logLevel, routerKeys, publicReads, ...settings } = readHarvesterSettings(4003);
	const competences = await startCompetences({
		...settings,
		database: databaseAddress(databaseUrl),
		access: readAccess({ routerKeys, publicReads }),
		log: createLog("competences", logLevel),
	});
	process.stdout.write(`ready: jobs and competencies answer at ${competences.url}\n`);
	return competences;
});
