import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { DatabaseAddress } from "../database-address.ts";
import { OperatorError } from "../errors.ts";
import { type Binaries, canReach, handOver, locateBinaries, SHARED_FOLDER } from "./binaries.ts";
import { lockFolder } from "./folder-lock.ts";
import { commandLineOf, isAlive } from "./process-identity.ts";

/**
 * A PostgreSQL server of our own, in a folder, for a hub that is given none. It listens on a Unix socket in a
 * private folder and on no port: only this user can connect, and two hubs never meet.
 */
export interface EmbeddedPostgres {
	/** The superuser's address, on the database `postgres`. */
	admin: DatabaseAddress;
	stop(): Promise<void>;
}

export interface EmbeddedOptions {
	/** Folder of this server; made when absent. */
	folder: string;
	/** False for tests: a crash of the machine may lose data, and everything is faster. */
	durable?: boolean;
	/** Called when the server ends without being asked to. */
	onCrash?: (reason: string) => void;
}

const START_DEADLINE = 30_000;
const STOP_DEADLINE = 10_000;
const SUPERUSER = "hub";

/** Starts the server, making the cluster on first use and mending what a kill left behind. */
export async function startEmbeddedPostgres({ folder, durable = true, onCrash }: EmbeddedOptions): Promise<EmbeddedPostgres> {
	const release = lockFolder(folder);
	try {
		const binaries = locateBinaries();
		const cluster = clusterFolder(folder, binaries);
		await endLeftover(cluster);
		if (!existsSync(path.join(cluster, "PG_VERSION"))) initialise(cluster, binaries);
		const socketFolder = mkdtempSync(path.join(tmpdir(), "hub-pg-"));
		handOver(socketFolder, binaries.user);
		const server = await launch(cluster, socketFolder, binaries, durable);
		let stopping = false;
		// However this process ends, short of being killed: an error that nobody caught, a second Ctrl-C.
		const leave = () => {
			server.kill("SIGINT");
			rmSync(socketFolder, { recursive: true, force: true });
		};
		process.once("exit", leave);
		server.once("exit", (code, signal) => {
			process.removeListener("exit", leave);
			rmSync(socketFolder, { recursive: true, force: true });
			if (!stopping) onCrash?.(`PostgreSQL ended (${signal ?? `code ${code}`})`);
		});
		return {
			admin: { host: socketFolder, port: 5432, user: SUPERUSER, database: "postgres" },
			async stop() {
				stopping = true;
				await end(server);
				release();
			},
		};
	} catch (error) {
		release();
		throw error;
	}
}

/** The superuser's address of a server already running in `folder`, started by another process; undefined when none is. */
export function findEmbeddedPostgres(folder: string): DatabaseAddress | undefined {
	for (const cluster of [path.join(path.resolve(folder), "cluster"), rootCluster(folder)]) {
		const left = readPostmaster(cluster);
		if (left && isServerOf(left.pid, cluster)) return { host: left.socketFolder, port: 5432, user: SUPERUSER, database: "postgres" };
	}
	return undefined;
}

/**
 * Root may work in a folder that no other user can enter: the cluster then lives where the server's user can. A mark in
 * the folder says so; whoever deletes the folder deletes the data, here too.
 */
function clusterFolder(folder: string, binaries: Binaries): string {
	const cluster = path.join(path.resolve(folder), "cluster");
	if (canReach(path.dirname(cluster), binaries.user)) return cluster;
	mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 });
	const elsewhere = rootCluster(folder);
	const mark = path.join(folder, "cluster-is-elsewhere");
	if (!existsSync(mark)) rmSync(elsewhere, { recursive: true, force: true });
	writeFileSync(mark, `${elsewhere}\n`);
	return elsewhere;
}

function rootCluster(folder: string): string {
	return path.join(SHARED_FOLDER, `cluster-${createHash("sha256").update(path.resolve(folder)).digest("hex").slice(0, 16)}`);
}

function initialise(cluster: string, { initdb, user }: Binaries): void {
	rmSync(cluster, { recursive: true, force: true }); // a first start that was cut short
	mkdirSync(cluster, { recursive: true, mode: 0o700 });
	handOver(cluster, user);
	const result = spawnSync(
		initdb,
		[
			"-D",
			cluster,
			"-U",
			SUPERUSER,
			"--auth=trust",
			"--encoding=UTF8",
			"--locale=C",
			"--locale-provider=icu",
			"--icu-locale=fr-FR",
			"--no-sync",
			"--no-instructions",
		],
		{ ...user, cwd: "/", encoding: "utf8", timeout: START_DEADLINE },
	);
	if (result.status !== 0) {
		rmSync(cluster, { recursive: true, force: true });
		throw new OperatorError(`PostgreSQL could not be set up in ${cluster}: ${(result.error?.message ?? result.stderr).trim()}`);
	}
}

async function launch(cluster: string, socketFolder: string, { postgres, user }: Binaries, durable: boolean): Promise<ChildProcess> {
	const settings: Record<string, string> = {
		listen_addresses: "",
		unix_socket_directories: socketFolder,
		unix_socket_permissions: "0700",
		max_connections: "300",
		shared_buffers: "128MB",
		...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
	};
	const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
	// Its own process group: Ctrl-C must reach us alone, so that we end our sessions before the server.
	const server = spawn(postgres, ["-D", cluster, ...flags], { ...user, cwd: "/", stdio: ["ignore", "ignore", "pipe"], detached: true });
	let output = "";
	await new Promise<void>((resolve, reject) => {
		const deadline = setTimeout(() => {
			server.kill("SIGQUIT");
			reject(new OperatorError(`PostgreSQL did not start within ${START_DEADLINE / 1000} s in ${cluster}:\n${output}`));
		}, START_DEADLINE);
		server.once("error", (error) => reject(new OperatorError(`PostgreSQL could not be started: ${error.message}`)));
		server.once("exit", (code) => {
			clearTimeout(deadline);
			reject(new OperatorError(`PostgreSQL did not start (code ${code}) in ${cluster}:\n${output.trim()}`));
		});
		server.stderr?.on("data", (chunk: Buffer) => {
			output = (output + chunk.toString()).slice(-4000);
			if (!output.includes("ready to accept connections")) return;
			clearTimeout(deadline);
			resolve();
		});
	});
	server.removeAllListeners("exit");
	server.stderr?.removeAllListeners("data");
	server.stderr?.resume();
	return server;
}

/** Ends a server that a killed process of ours left running, and forgets one that is gone. The folder is locked by now. */
async function endLeftover(cluster: string): Promise<void> {
	const left = readPostmaster(cluster);
	if (!left) return;
	if (isServerOf(left.pid, cluster)) {
		process.kill(left.pid, "SIGINT");
		const deadline = Date.now() + STOP_DEADLINE;
		while (isAlive(left.pid) && Date.now() < deadline) await delay(20);
		if (isAlive(left.pid)) process.kill(left.pid, "SIGQUIT");
		while (isAlive(left.pid)) await delay(20);
	}
	rmSync(path.join(cluster, "postmaster.pid"), { force: true });
	if (path.basename(left.socketFolder).startsWith("hub-pg-")) rmSync(left.socketFolder, { recursive: true, force: true });
}

function readPostmaster(cluster: string): { pid: number; socketFolder: string } | undefined {
	try {
		const lines = readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
		return { pid: Number(lines[0]), socketFolder: lines[4] ?? "" };
	} catch {
		return undefined;
	}
}

function isServerOf(pid: number, cluster: string): boolean {
	return isAlive(pid) && commandLineOf(pid).includes(cluster);
}

/** Fast shutdown, then an immediate one. */
async function end(server: ChildProcess): Promise<void> {
	if (server.exitCode !== null || server.signalCode !== null) return;
	const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
	server.kill("SIGINT");
	const patience = setTimeout(() => server.kill("SIGQUIT"), STOP_DEADLINE);
	await ended;
	clearTimeout(patience);
}
