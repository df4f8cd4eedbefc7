import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/**
 * Process numbers are used again: after a crash, or in a new container, the number in a lock file may belong to a
 * stranger. A process is known by its number and the moment it started.
 */

export interface ProcessIdentity {
	pid: number;
	/** Opaque; empty where the system does not say. */
	started: string;
}

export function identityOf(pid: number): ProcessIdentity | undefined {
	if (!isAlive(pid)) return undefined;
	return { pid, started: startOf(pid) };
}

export function isSameProcess(identity: ProcessIdentity): boolean {
	const now = identityOf(identity.pid);
	return now !== undefined && now.started === identity.started;
}

export function isAlive(pid: number): boolean {
	if (!Number.isInteger(pid) || pid <= 0) return false;
	try {
		process.kill(pid, 0);
	} catch (error) {
		// EPERM: it is there, and belongs to another user.
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
	// A zombie has ended; only its parent has not noticed yet.
	return stateOf(pid) !== "Z";
}

/** The command line, or an empty string where it cannot be read. */
export function commandLineOf(pid: number): string {
	if (existsSync("/proc/self")) return readProc(pid, "cmdline").replaceAll("\0", " ");
	const result = spawnSync("ps", ["-p", String(pid), "-o", "args="], { encoding: "utf8" });
	return result.stdout ?? "";
}

function startOf(pid: number): string {
	if (existsSync("/proc/self")) return `${readBootId()}/${statFields(pid)[19] ?? ""}`;
	const result = spawnSync("ps", ["-p", String(pid), "-o", "lstart="], { encoding: "utf8" });
	return (result.stdout ?? "").trim();
}

function stateOf(pid: number): string | undefined {
	return existsSync("/proc/self") ? statFields(pid)[0] : undefined;
}

/** Fields of `/proc/<pid>/stat` after the command, which may itself hold spaces and parentheses. */
function statFields(pid: number): string[] {
	const stat = readProc(pid, "stat");
	return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function readProc(pid: number, file: string): string {
	try {
		return readFileSync(`/proc/${pid}/${file}`, "utf8");
	} catch {
		return "";
	}
}

function readBootId(): string {
	try {
		return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
	} catch {
		return "";
	}
}
