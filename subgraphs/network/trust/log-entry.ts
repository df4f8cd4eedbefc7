import { hash } from "node:crypto";

/** One entry of the log: a statement, when it was accepted, and the hash that binds it to every entry before it. */
export interface LogEntry {
	/** From 1, without gaps. */
	sequence: number;
	/** The statement's: base64url SHA-256 of the token. */
	id: string;
	token: string;
	/** A date that is none (`NaN`) where somebody has written one into the table: no hash is of such an entry. */
	recordedAt: Date;
	/** The hash of the entry before; {@link BEGINNING} for the first. */
	previous: string;
	hash: string;
}

export const BEGINNING = "A".repeat(43);

export function statementId(token: string): string {
	return hash("sha256", token, "base64url");
}

/** Base64url SHA-256 of `<sequence>.<previous>.<id>.<recordedAt as 2026-03-02T09:30:00.000Z>`. */
export function hashOfEntry({ sequence, previous, id, recordedAt }: Omit<LogEntry, "hash" | "token">): string {
	return hash("sha256", `${sequence}.${previous}.${id}.${recordedAt.toISOString()}`, "base64url");
}

/** The `typ` of the signed head of the log. Claims: `iss` the network, `iat`, `size` entries, `head` the hash of the last. */
export const CHECKPOINT_TYPE = "network-checkpoint+jwt";
