import pg from "pg";
import type { DatabaseAddress } from "./database-address.ts";
import { OperatorError } from "./errors.ts";

/** Name of the hub's database, on a server where `npm start` made it. */
export const HUB_DATABASE = "hub";

/** The database that holds a table (`schema.table`): the one that is given, or the hub's beside it. Undefined for neither. */
export async function databaseWith(table: string, given: DatabaseAddress): Promise<DatabaseAddress | undefined> {
	for (const address of [given, { ...given, database: HUB_DATABASE }]) if (await hasTable(address, table)) return address;
	return undefined;
}

/** Throws an {@link OperatorError} when the database cannot be read; one that does not exist has no tables. */
export async function hasTable(address: DatabaseAddress, table: string): Promise<boolean> {
	const client = new pg.Client(address);
	try {
		await client.connect();
		const { rows } = await client.query("SELECT to_regclass($1) IS NOT NULL AS found", [table]);
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
