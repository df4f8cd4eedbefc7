import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findEmbeddedPostgres, startEmbeddedPostgres } from "../../../subgraphs/kit/postgres/embedded.ts";
import { isAlive } from "../../../subgraphs/kit/postgres/process-identity.ts";
import { until } from "../../kit/until.ts";

let base: string;

beforeEach(() => {
	base = mkdtempSync(path.join(tmpdir(), "hub server "));
	chmodSync(base, 0o755);
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

async function ask<Row>(address: pg.ClientConfig, sql: string): Promise<Row[]> {
	const client = new pg.Client(address);
	await client.connect();
	try {
		return (await client.query(sql)).rows as Row[];
	} finally {
		await client.end();
	}
}

const postmaster = () => Number(readFileSync(path.join(base, "data/cluster/postmaster.pid"), "utf8").split("\n")[0]);

/** A process of its own that has started a server in the folder `data`, and then runs `code`. */
async function inProcess(code: string): Promise<ChildProcess> {
	const script = path.join(base, "victim.ts");
	const library = path.resolve(import.meta.dirname, "../../../subgraphs/kit/postgres/embedded.ts");
	const folder = JSON.stringify(path.join(base, "data"));
	writeFileSync(
		script,
		`import { startEmbeddedPostgres } from ${JSON.stringify(library)};\nawait startEmbeddedPostgres({ folder: ${folder}, durable: false });\nconsole.log("started");\nsetInterval(() => undefined, 1000);\n${code}\n`,
	);
	const child = spawn(process.execPath, ["--import", "@oxc-node/core/register", script], {
		cwd: path.resolve(import.meta.dirname, "../../.."),
		stdio: ["pipe", "pipe", "ignore"],
	});
	await new Promise<void>((resolve) => child.stdout.once("data", () => resolve()));
	return child;
}

describe("the embedded server", () => {
	it("starts in a folder with a space in its name, and keeps its data between starts", async () => {
		const first = await startEmbeddedPostgres({ folder: base, durable: false });
		await ask(first.admin, "CREATE TABLE kept AS SELECT 1 AS one");
		await first.stop();
		const second = await startEmbeddedPostgres({ folder: base, durable: false });
		expect(await ask(second.admin, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
		await second.stop();
		expect(existsSync(second.admin.host)).toBe(false);
	});

	it("sorts and compares French as French, and has what search needs", async () => {
		const server = await startEmbeddedPostgres({ folder: base, durable: false });
		expect(
			await ask(
				server.admin,
				"SELECT to_tsvector('french', 'Organisées')::text AS words, (SELECT count(*)::int FROM pg_available_extensions WHERE name IN ('unaccent', 'pg_trgm')) AS extensions",
			),
		).toEqual([{ words: "'organis':1", extensions: 2 }]);
		await server.stop();
	});

	it("refuses a folder that another process uses, and names it and the setting", async () => {
		const server = await startEmbeddedPostgres({ folder: base, durable: false });
		await expect(startEmbeddedPostgres({ folder: base, durable: false })).rejects.toThrow(/in use by process \d+.*HUB_DATA/);
		await server.stop();
	});

	it("runs beside another one, each in its own folder", async () => {
		const folders = ["a", "b"].map((name) => path.join(base, name));
		const [a, b] = await Promise.all(folders.map((folder) => startEmbeddedPostgres({ folder, durable: false })));
		await ask(a?.admin as pg.ClientConfig, "CREATE TABLE mine ()");
		await expect(ask(b?.admin as pg.ClientConfig, "SELECT FROM mine")).rejects.toThrow(/does not exist/);
		await Promise.all([a?.stop(), b?.stop()]);
	});

	it("takes over from a process that was killed, and ends the server it left running", async () => {
		const victim = await inProcess("");
		const orphan = postmaster();
		victim.kill("SIGKILL");
		await until("the victim's end", () => !isAlive(victim.pid as number));
		expect(isAlive(orphan)).toBe(true);
		expect(findEmbeddedPostgres(path.join(base, "data"))).toBeDefined();
		const server = await startEmbeddedPostgres({ folder: path.join(base, "data"), durable: false });
		expect(isAlive(orphan)).toBe(false);
		expect(await ask(server.admin, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
		await server.stop();
	});

	it("ends with its process when that ends by an error nobody caught", async () => {
		const victim = await inProcess('process.stdin.once("data", () => { throw new Error("unforeseen"); });');
		const server = postmaster();
		const socketFolder = findEmbeddedPostgres(path.join(base, "data"))?.host as string;
		victim.stdin?.write("now");
		await until("the server's end", () => !isAlive(server));
		await until("the process's end", () => victim.exitCode !== null);
		expect(victim.exitCode).not.toBe(0);
		expect(existsSync(socketFolder)).toBe(false);
	});

	it.runIf(process.getuid?.() === 0)(
		"started by root in a folder that only root can enter keeps its data elsewhere, and forgets it with the folder",
		async () => {
			chmodSync(base, 0o700);
			const folder = path.join(base, "data");
			const first = await startEmbeddedPostgres({ folder, durable: false });
			await ask(first.admin, "CREATE TABLE kept ()");
			await first.stop();
			const elsewhere = readFileSync(path.join(folder, "cluster-is-elsewhere"), "utf8").trim();
			const second = await startEmbeddedPostgres({ folder, durable: false });
			await ask(second.admin, "SELECT FROM kept");
			await second.stop();
			rmSync(folder, { recursive: true });
			const third = await startEmbeddedPostgres({ folder, durable: false });
			await expect(ask(third.admin, "SELECT FROM kept")).rejects.toThrow(/does not exist/);
			await third.stop();
			rmSync(elsewhere, { recursive: true });
		},
	);

	it("starts although the process number in its lock belongs to a stranger now", async () => {
		writeFileSync(path.join(base, "lock.json"), JSON.stringify({ pid: process.ppid, started: "another boot/1" }));
		const server = await startEmbeddedPostgres({ folder: base, durable: false });
		await server.stop();
	});
});
