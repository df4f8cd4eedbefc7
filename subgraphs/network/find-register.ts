import path from "node:path";
import { readEnvironment } from "../kit/config.ts";
import { type DatabaseAddress, databaseAddress } from "../kit/database-address.ts";
import { OperatorError } from "../kit/errors.ts";
import { databaseWith, HUB_DATABASE, hasTable } from "../kit/hub-database.ts";
import { findEmbeddedPostgres } from "../kit/postgres/embedded.ts";

const REGISTER = "network.member";

/**
 * Finds the register of a hub from outside of it: in the database of `DATABASE_URL` or beside it, else in the
 * server that a running hub started. Never makes one: a command must not admit members where no hub looks.
 */
export async function findRegister(): Promise<DatabaseAddress> {
	const { databaseUrl, dataFolder } = readEnvironment();
	if (databaseUrl !== undefined) {
		const given = databaseAddress(databaseUrl);
		const address = await databaseWith(REGISTER, given);
		if (address) return address;
		throw new OperatorError(
			`No hub keeps its register in the database ${given.database} at ${given.host}:${given.port}: start the hub there first, or correct DATABASE_URL.`,
		);
	}
	const admin = findEmbeddedPostgres(path.join(dataFolder, "postgres"));
	const address = admin && { ...admin, database: HUB_DATABASE, user: "network" };
	if (address && (await hasTable(address, REGISTER))) return address;
	throw new OperatorError(
		`No hub is running with the data folder ${path.resolve(dataFolder)}: start it with npm start, or set DATABASE_URL (or HUB_DATA) as it has it.`,
	);
}
