import path from "node:path";
import { readEnvironment } from "../../kit/config.ts";
import { type DatabaseAddress, databaseAddress } from "../../kit/database-address.ts";
import { OperatorError } from "../../kit/errors.ts";
import { databaseWith, HUB_DATABASE } from "../../kit/hub-database.ts";
import { findEmbeddedPostgres, startEmbeddedPostgres } from "../../kit/postgres/embedded.ts";
import { provisionSchemas } from "../../kit/provision.ts";

/** Name of this subgraph's schema and role in the hub's database. */
const SCHEMA = "competences";

export interface FoundDatabase {
	address: DatabaseAddress;
	/** Ends what was started to reach it. */
	release(): Promise<void>;
}

/**
 * Finds where the hub keeps jobs and competencies, from outside of it: in the database of `DATABASE_URL` or beside it;
 * else in the embedded server, which is started for the time of the command where no hub runs.
 */
export async function findDatabase(): Promise<FoundDatabase> {
	const { databaseUrl, dataFolder } = readEnvironment();
	if (databaseUrl !== undefined) {
		const given = databaseAddress(databaseUrl);
		const address = await databaseWith("competences.job", given);
		if (address) return { address, release: async () => undefined };
		throw new OperatorError(
			`No hub keeps jobs and competencies in the database ${given.database} at ${given.host}:${given.port}: start the hub there first, or correct DATABASE_URL.`,
		);
	}
	const folder = path.join(dataFolder, "postgres");
	const running = findEmbeddedPostgres(folder);
	const own = running === undefined ? await startEmbeddedPostgres({ folder }) : undefined;
	try {
		const admin = running ?? (own as { admin: DatabaseAddress }).admin;
		const address = (await provisionSchemas(admin, HUB_DATABASE, [SCHEMA])).get(SCHEMA) as DatabaseAddress;
		return { address, release: async () => own?.stop() };
	} catch (error) {
		await own?.stop();
		throw error;
	}
}
