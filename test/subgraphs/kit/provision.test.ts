import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { describe, expect, inject, it } from "vitest";
import { databaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { startEmbeddedPostgres } from "../../../subgraphs/kit/postgres/embedded.ts";
import { provisionDatabase, provisionSchemas } from "../../../subgraphs/kit/provision.ts";

async function run(address: pg.ClientConfig, sql: string): Promise<void> {
	const client = new pg.Client(address);
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}

describe("the parts of a hub", () => {
	it("have schemas that no other part can read", async () => {
		const name = `p_${randomBytes(6).toString("hex")}`;
		const addresses = await provisionSchemas(inject("postgres"), name, ["network", "catalogue"]);
		const [network, catalogue] = [addresses.get("network"), addresses.get("catalogue")];
		await run(network as pg.ClientConfig, "CREATE TABLE network.mine ()");
		await expect(run(catalogue as pg.ClientConfig, "SELECT FROM network.mine")).rejects.toThrow(/permission denied/);
		const institute = await provisionDatabase(inject("postgres"), `${name}-institute`);
		await expect(run({ ...(network as pg.ClientConfig), database: institute.database }, "SELECT 1")).rejects.toThrow(/permission denied/);
	});

	it("have passwords of their own on a server that wants passwords", async () => {
		const folder = mkdtempSync(path.join(tmpdir(), "passwords-"));
		chmodSync(folder, 0o755);
		const first = await startEmbeddedPostgres({ folder, durable: false });
		await run(first.admin, "ALTER ROLE hub PASSWORD 'the administrator''s'");
		await first.stop();
		const rules = path.join(folder, "cluster/pg_hba.conf");
		writeFileSync(rules, readFileSync(rules, "utf8").replaceAll("trust", "scram-sha-256"));
		const server = await startEmbeddedPostgres({ folder, durable: false });
		const admin = { ...server.admin, password: "the administrator's" };
		const addresses = await provisionSchemas(admin, "hub", ["network", "catalogue"]);
		const [network, catalogue] = [addresses.get("network"), addresses.get("catalogue")];
		await run(network as pg.ClientConfig, "SELECT 1");
		await expect(run({ ...network, password: catalogue?.password } as pg.ClientConfig, "SELECT 1")).rejects.toThrow(
			/password authentication failed/,
		);
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	});
});

describe("a role of the same name that is somebody else's", () => {
	it("is left alone, and named", async () => {
		const name = `r_${randomBytes(6).toString("hex")}`;
		await run(inject("postgres"), `CREATE ROLE ${name}`);
		await expect(provisionDatabase(inject("postgres"), name)).rejects.toThrow(new RegExp(`role "${name}" that is not the hub's`));
	});
});

describe("the address of a database", () => {
	it("is read with what it says of TLS", () => {
		expect(databaseAddress("postgres://u:p%40@db.example:6543/hub?sslmode=require")).toMatchObject({
			host: "db.example",
			port: 6543,
			user: "u",
			password: "p@",
			database: "hub",
			ssl: expect.anything(),
		});
		expect(databaseAddress("postgres://u@db.example/hub")).toEqual({ host: "db.example", port: 5432, user: "u", database: "hub" });
	});
});
