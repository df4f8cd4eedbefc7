import type { DataSource, EntityManager } from "typeorm";
import { readEntries } from "./log-rows.ts";
import { NetworkRecord } from "./network-record.ts";

/**
 * The record of this network, kept in memory and brought up to date before each use: a log only grows, so that what is
 * new is one indexed read, and mostly nothing.
 */
export class NetworkLog {
	private readonly record = new NetworkRecord();
	private reading: Promise<NetworkRecord> | undefined;

	constructor(private readonly database: DataSource) {}

	/**
	 * The record with everything that was committed before this call. A transaction that has the turn to write gives its own
	 * `manager`, and has added nothing yet: were it to wait for another connection, all might be taken by those that wait for it.
	 */
	async current(manager?: EntityManager): Promise<NetworkRecord> {
		if (manager) return this.read(manager);
		// One that is under way may have begun too early to see what the caller has just committed.
		const before = this.reading;
		if (before) await before.catch(() => undefined);
		this.reading ??= this.read(this.database.manager).finally(() => {
			this.reading = undefined;
		});
		return this.reading;
	}

	private async read(manager: EntityManager): Promise<NetworkRecord> {
		for (const entry of await readEntries(manager, this.record.size)) {
			// Another reading may have been quicker.
			if (entry.sequence > this.record.size) this.record.apply(entry);
		}
		return this.record;
	}
}

/** The record as a transaction sees it, for whoever is about to add to it. */
export async function readRecord(manager: EntityManager): Promise<NetworkRecord> {
	const record = new NetworkRecord();
	for (const entry of await readEntries(manager, 0)) record.apply(entry);
	return record;
}
