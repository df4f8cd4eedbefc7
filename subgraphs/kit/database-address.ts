import { parse } from "pg-connection-string";

/** Where a database is, in the form that both `pg` and TypeORM take. A `host` that starts with `/` is a socket's folder. */
export interface DatabaseAddress {
	host: string;
	port: number;
	user: string;
	password?: string;
	database: string;
	/** TLS settings, as `pg` takes them. */
	ssl?: boolean | { rejectUnauthorized?: boolean; ca?: string; cert?: string; key?: string };
}

/** Reads `postgres://user:password@host:port/database`. */
export function databaseAddress(url: string): DatabaseAddress {
	const { host, port, user, password, database, ssl } = parse(url);
	return {
		host: host ?? "127.0.0.1",
		port: port ? Number(port) : 5432,
		user: user ?? "postgres",
		...(password ? { password } : {}),
		database: database ?? user ?? "postgres",
		...(ssl ? { ssl: typeof ssl === "object" ? (ssl as DatabaseAddress["ssl"]) : ssl !== "false" } : {}),
	};
}
