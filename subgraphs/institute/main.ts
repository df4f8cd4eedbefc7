import "reflect-metadata";
import { databaseAddress } from "../kit/database-address.ts";
import { OperatorError } from "../kit/errors.ts";
import { keepKeys } from "../kit/key-file.ts";
import { createLog } from "../kit/log.ts";
import { startEmbeddedPostgres } from "../kit/postgres/embedded.ts";
import { provisionDatabase } from "../kit/provision.ts";
import { commandOptions, runServer } from "../kit/run.ts";
import { readInstituteConfig } from "./config.ts";
import { startInstitute } from "./server.ts";

/** `npm run institute -- --config my.json`: one institute's subgraph, as a real institute runs it. */
await runServer(async () => {
	const options = commandOptions(process.argv.slice(2), { config: "the institute's settings, a JSON file" });
	const file = options.get("config")?.[0];
	if (file === undefined) throw new OperatorError("Say which institute: npm run institute -- --config my.json");
	const config = readInstituteConfig(file);
	// Made now: whoever wants to sign finds them.
	keepKeys(config.signingKeys);
	const log = createLog(config.slug, config.logLevel);
	const postgres =
		config.database === undefined
			? await startEmbeddedPostgres({
					folder: config.dataFolder,
					onCrash: (reason) => {
						log.fatal(reason);
						process.exit(1);
					},
				})
			: undefined;
	try {
		const database = postgres ? await provisionDatabase(postgres.admin, "institute") : databaseAddress(config.database as string);
		const institute = await startInstitute({
			...config,
			profile: config,
			federation: { keys: () => keepKeys(config.signingKeys), authorities: config.authorities },
			database,
			log,
		});
		for (const problem of institute.problems) process.stdout.write(`${config.badges}: ${problem}\n`);
		if (institute.report) {
			const { added, changed, removed, unchanged } = institute.report;
			process.stdout.write(`${config.badges}: ${added} badges added, ${changed} changed, ${removed} removed, ${unchanged} as before\n`);
		}
		process.stdout.write(`ready: ${config.name} answers at ${institute.url}\n`);
		return {
			async stop() {
				await institute.stop();
				await postgres?.stop();
			},
		};
	} catch (error) {
		await postgres?.stop();
		throw error;
	}
});
