import pg from "pg";
import type { DatabaseAddress } from "./database-address.ts";

/**
 * Makes the databases, schemas and roles of the parts of a hub on one server, each part with its own, so that none
 * can read or change another's tables. Needs an address that may create them.
 */

/** Extensions of the hub: accents, and words that look alike. They come with PostgreSQL. */
const EXTENSIONS = ["unaccent", "pg_trgm"];

/** A database of its own, owned by a role of its own. Returns its owner's address. */
export async function provisionDatabase(admin: DatabaseAddress, name: string): Promise<DatabaseAddress> {
	const identifier = pg.escapeIdentifier(name);
	await withClient(admin, async (client) => {
		await createRole(client, name);
		const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
		if (rowCount === 0) {
			await client.query(`CREATE DATABASE ${identifier} OWNER ${identifier} STRATEGY file_copy`);
			await client.query(`REVOKE CONNECT ON DATABASE ${identifier} FROM PUBLIC`);
		}
	});
	return { ...admin, user: name, database: name };
}

/** Schemas in one database, each owned by a role named like it. Returns each owner's address, by schema. */
export async function provisionSchemas(
	admin: DatabaseAddress,
	database: string,
	schemas: readonly string[],
): Promise<Map<string, DatabaseAddress>> {
	await provisionDatabase(admin, database);
	await withClient({ ...admin, database }, async (client) => {
		for (const extension of EXTENSIONS) await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension}`);
		for (const schema of schemas) {
			const identifier = pg.escapeIdentifier(schema);
			await createRole(client, schema);
			await client.query(`GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(database)} TO ${identifier}`);
			await client.query(`CREATE SCHEMA IF NOT EXISTS ${identifier} AUTHORIZATION ${identifier}`);
		}
	});
	return new Map(schemas.map((schema) => [schema, { ...admin, database, user: schema }]));
}

/** Roles belong to the whole server: another hub, or another part of this one, may be making the same role now. */
async function createRole(client: pg.Client, name: string): Promise<void> {
	const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [name]);
	if (rowCount !== 0) return;
	try {
		await client.query(`CREATE ROLE ${pg.escapeIdentifier(name)} LOGIN`);
	} catch (error) {
		if (!ALREADY_THERE.has((error as { code?: string }).code ?? "")) throw error;
	}
}

/** duplicate_object, and unique_violation when two make it at once. */
const ALREADY_THERE = new Set(["42710", "23505"]);

async function withClient(address: DatabaseAddress, work: (client: pg.Client) => Promise<void>): Promise<void> {
	const client = new pg.Client(address);
	await client.connect();
	try {
		await work(client);
	} finally {
		await client.end();
	}
}
