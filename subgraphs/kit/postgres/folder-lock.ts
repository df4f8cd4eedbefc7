import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { OperatorError } from "../errors.ts";
import { identityOf, isSameProcess, type ProcessIdentity } from "./process-identity.ts";

/**
 * Takes a data folder for this process. A lock left behind by a process that was killed is taken over.
 * Throws an {@link OperatorError} when a live process holds it. Returns the release.
 */
export function lockFolder(folder: string): () => void {
	mkdirSync(folder, { recursive: true });
	const file = path.join(folder, "lock.json");
	const mine = JSON.stringify(identityOf(process.pid));
	for (let attempt = 0; attempt < 2; attempt += 1) {
		try {
			writeFileSync(file, mine, { flag: "wx" });
			return () => rmSync(file, { force: true });
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
		}
		const holder = readHolder(file);
		if (holder && isSameProcess(holder)) {
			throw new OperatorError(`The data folder ${folder} is in use by process ${holder.pid}: stop it, or set HUB_DATA to another folder.`);
		}
		rmSync(file, { force: true });
	}
	throw new OperatorError(`The data folder ${folder} is being taken by another process: try again, or set HUB_DATA to another folder.`);
}

function readHolder(file: string): ProcessIdentity | undefined {
	try {
		return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
	} catch {
		// Cut off while being written, by a crash: nobody's.
		return undefined;
	}
}
