import { Column, Entity, type EntityManager, In, MoreThan, PrimaryColumn } from "typeorm";
import { INSTANT } from "../instant.ts";
import type { LogEntry } from "./log-entry.ts";

/** A statement as it came, and its place in the log. Never changed, never deleted. */
@Entity({ name: "statement" })
export class StatementRow implements LogEntry {
	@PrimaryColumn({ type: "integer" })
	sequence: number;

	@Column({ type: "text" })
	id: string;

	@Column({ type: "text" })
	token: string;

	@Column({ type: "timestamp with time zone", precision: 3, transformer: INSTANT })
	recordedAt: Date;

	@Column({ type: "text" })
	previous: string;

	@Column({ type: "text" })
	hash: string;
}

/** The head of the log after `size` entries, signed by the hub when they were recorded. */
@Entity({ name: "checkpoint" })
export class CheckpointRow {
	@PrimaryColumn({ type: "integer" })
	size: number;

	@Column({ type: "text" })
	token: string;
}

/** Entries after one, in their order. */
export function readEntries(manager: EntityManager, after: number, most?: number): Promise<LogEntry[]> {
	return manager.find(StatementRow, { where: { sequence: MoreThan(after) }, order: { sequence: "ASC" }, take: most });
}

/** The entries of these sequences that there are, in no order. */
export function readEntriesAt(manager: EntityManager, sequences: readonly number[]): Promise<LogEntry[]> {
	return manager.findBy(StatementRow, { sequence: In(sequences) });
}

/** The last signed head; undefined before the first entry. */
export async function lastCheckpoint(manager: EntityManager): Promise<string | undefined> {
	const [row] = await manager.find(CheckpointRow, { order: { size: "DESC" }, take: 1 });
	return row?.token;
}
