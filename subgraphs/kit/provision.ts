import { createHmac } from "node:crypto";
import pg from "pg";
import type { DatabaseAddress } from "./database-address.ts";
import { OperatorError } from "./errors.ts";

/**
 * Makes the databases, schemas and roles of the parts of a hub on one server, each part with its own, so that none
 * can read or change another's tables. Needs an address that may create them.
 */

/** Extensions of the hub: words that look alike. They come with PostgreSQL. */
const EXTENSIONS = ["pg_trgm"];

/** A database of its own, owned by a role of its own. Returns its owner's address. */
export async function provisionDatabase(admin: DatabaseAddress, name: string): Promise<DatabaseAddress> {
	const identifier = pg.escapeIdentifier(name);
	await withClient(admin, async (client) => {
		await createRole(client, name, passwordOf(admin, name));
		const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [name]);
		if (rowCount === 0) {
			await client.query(`CREATE DATABASE ${identifier} OWNER ${identifier} STRATEGY file_copy`);
			await client.query(`REVOKE CONNECT ON DATABASE ${identifier} FROM PUBLIC`);
		}
	});
	return { ...admin, user: name, password: name === admin.user ? admin.password : passwordOf(admin, name), database: name };
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
			await createRole(client, schema, passwordOf(admin, schema));
			await client.query(`GRANT CONNECT ON DATABASE ${pg.escapeIdentifier(database)} TO ${identifier}`);
			await client.query(`CREATE SCHEMA IF NOT EXISTS ${identifier} AUTHORIZATION ${identifier}`);
		}
	});
	return new Map(schemas.map((schema) => [schema, { ...admin, database, user: schema, password: passwordOf(admin, schema) }]));
}

/**
 * A role's password, from the administrator's: nothing to keep, and none tells another's. Where the administrator needs
 * none, as on the embedded server's private socket, nobody does.
 */
function passwordOf(admin: DatabaseAddress, role: string): string | undefined {
	return admin.password === undefined
		? undefined
		: createHmac("sha256", admin.password).update(`recognition-hub role ${role}`).digest("base64url");
}

/**
 * Roles belong to the whole server: another hub, or another part of this one, may be making the same role now. A role
 * that is somebody else's is never changed. Throws an {@link OperatorError} that names it.
 */
async function createRole(client: pg.Client, name: string, password: string | undefined): Promise<void> {
	if (name === client.user) return;
	const role = pg.escapeIdentifier(name);
	const { rows } = await client.query("SELECT shobj_description(oid, 'pg_authid') AS mark FROM pg_roles WHERE rolname = $1", [name]);
	if (rows.length === 0) {
		try {
			await client.query(`CREATE ROLE ${role} LOGIN; COMMENT ON ROLE ${role} IS ${pg.escapeLiteral(MARK)}`);
		} catch (error) {
			if (!ALREADY_THERE.has((error as { code?: string }).code ?? "")) throw error;
		}
	} else if ((rows[0] as { mark: string | null }).mark !== MARK) {
		throw new OperatorError(
			`The database server has a role ${JSON.stringify(name)} that is not the hub's: use another server, or rename it.`,
		);
	}
	if (password !== undefined) await client.query(`ALTER ROLE ${role} PASSWORD ${pg.escapeLiteral(password)}`);
}

/** Tells the hub's roles from others. */
const MARK = "recognition hub";

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
