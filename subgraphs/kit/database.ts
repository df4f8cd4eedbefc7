import pg from "pg";
import { DataSource, type EntitySchema, type MigrationInterface } from "typeorm";
import type { DatabaseAddress } from "./database-address.ts";
import { OperatorError } from "./errors.ts";

export interface DatabaseOptions {
	address: DatabaseAddress;
	/** Schema of this subgraph's tables; made when absent. `public` for an institute, which has a database of its own. */
	schema: string;
	// biome-ignore lint/complexity/noBannedTypes: TypeORM takes entity classes as plain functions.
	entities: (Function | EntitySchema)[];
	migrations: (new () => MigrationInterface)[];
	poolSize?: number;
	/** Milliseconds after which the server gives up a statement; none when absent. */
	deadline?: number;
}

/**
 * Connects and brings the tables up to date. Processes that start together take turns.
 * Throws an {@link OperatorError} when the server cannot be reached.
 */
export async function openDatabase({
	address,
	schema,
	entities,
	migrations,
	poolSize = 5,
	deadline,
}: DatabaseOptions): Promise<DataSource> {
	const source = new DataSource({
		type: "postgres",
		host: address.host,
		port: address.port,
		username: address.user,
		password: address.password,
		database: address.database,
		ssl: address.ssl,
		schema,
		entities,
		migrations,
		migrationsTransactionMode: "each",
		synchronize: false,
		installExtensions: false,
		uuidExtension: "pgcrypto",
		poolSize,
		logging: ["error"],
		// Migrations and raw SQL name tables without a schema: they are found where the subgraph's are.
		extra: { options: `-c search_path=${schema},public${deadline === undefined ? "" : ` -c statement_timeout=${deadline}`}` },
	});
	const turns = new pg.Client(address);
	try {
		await turns.connect();
	} catch (error) {
		throw new OperatorError(
			`The database ${address.database} at ${address.host}:${address.port} cannot be reached: ${(error as Error).message}`,
		);
	}
	try {
		await turns.query("SELECT pg_advisory_lock(hashtext('recognition-hub migrations'))");
		// Looked for first: a role that owns its schema may not be allowed to make one, even one that exists.
		const { rowCount } = await turns.query("SELECT FROM pg_namespace WHERE nspname = $1", [schema]);
		if (rowCount === 0) await turns.query(`CREATE SCHEMA IF NOT EXISTS ${pg.escapeIdentifier(schema)}`);
		await source.initialize();
		await source.runMigrations();
		return source;
	} catch (error) {
		if (source.isInitialized) await source.destroy();
		throw error;
	} finally {
		await turns.end();
	}
}
