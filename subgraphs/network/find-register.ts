import path from "node:path";
import pg from "pg";
import { readEnvironment } from "../kit/config.ts";
import { type DatabaseAddress, databaseAddress } from "../kit/database-address.ts";
import { OperatorError } from "../kit/errors.ts";
import { findEmbeddedPostgres } from "../kit/postgres/embedded.ts";

/** Name of the hub's database, on a server where `npm start` made it. */
const HUB_DATABASE = "hub";

/**
 * Finds the register of a hub from outside of it: in the database of `DATABASE_URL` or beside it, else in the
 * server that a running hub started. Never makes one: a command must not admit members where no hub looks.
 */
export async function findRegister(): Promise<DatabaseAddress> {
	const { databaseUrl, dataFolder } = readEnvironment();
	if (databaseUrl !== undefined) {
		const given = databaseAddress(databaseUrl);
		for (const address of [given, { ...given, database: HUB_DATABASE }]) if (await hasRegister(address)) return address;
		throw new OperatorError(
			`No hub keeps its register in the database ${given.database} at ${given.host}:${given.port}: start the hub there first, or correct DATABASE_URL.`,
		);
	}
	const admin = findEmbeddedPostgres(path.join(dataFolder, "postgres"));
	const address = admin && { ...admin, database: HUB_DATABASE, user: "network" };
	if (address && (await hasRegister(address))) return address;
	throw new OperatorError(
		`No hub is running with the data folder ${path.resolve(dataFolder)}: start it with npm start, or set DATABASE_URL (or HUB_DATA) as it has it.`,
	);
}

async function hasRegister(address: DatabaseAddress): Promise<boolean> {
	const client = new pg.Client(address);
	try {
		await client.connect();
		const { rows } = await client.query("SELECT to_regclass('network.member') IS NOT NULL AS found");
		return (rows[0] as { found: boolean }).found;
	} catch (error) {
		if ((error as { code?: string }).code === "3D000") return false; // there is no such database
		throw new OperatorError(
			`The database ${address.database} at ${address.host}:${address.port} cannot be read: ${(error as Error).message}`,
		);
	} finally {
		await client.end().catch(() => undefined);
	}
}
