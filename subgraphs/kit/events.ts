import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import type { DatabaseAddress } from "./database-address.ts";
import type { Log } from "./log.ts";

/**
 * Events between processes: PostgreSQL LISTEN and NOTIFY behind a small port. Senders notify inside their
 * transaction (`SELECT pg_notify(channel, payload)`), so that an event is seen when, and only when, it is committed.
 */
export interface Events {
	/**
	 * Calls `listener` for each event on `channel`, and once with `undefined` after the connection was lost and made
	 * again: events may have been missed then. Returns the end of it.
	 */
	listen(channel: string, listener: (payload: string | undefined) => void): Promise<() => void>;
	stop(): Promise<void>;
}

const RETRY_PAUSE = 500;

export async function openEvents(address: DatabaseAddress, log: Log): Promise<Events> {
	const listeners = new Map<string, Set<(payload: string | undefined) => void>>();
	const stopped = new AbortController();
	let client = await connect();

	async function connect(): Promise<pg.Client> {
		const fresh = new pg.Client({ ...address, keepAlive: true });
		fresh.on("notification", ({ channel, payload }) => {
			for (const listener of listeners.get(channel) ?? []) listener(payload);
		});
		fresh.on("error", (error) => {
			log.warn({ error: error.message }, "the connection for events was lost");
			if (fresh === client) void reconnect();
		});
		await fresh.connect();
		for (const channel of listeners.keys()) await fresh.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
		return fresh;
	}

	async function reconnect(): Promise<void> {
		while (!stopped.signal.aborted) {
			try {
				client = await connect();
				for (const all of listeners.values()) for (const listener of all) listener(undefined);
				return;
			} catch (error) {
				log.warn({ error: (error as Error).message }, "the connection for events cannot be made again yet");
				await delay(RETRY_PAUSE, undefined, { signal: stopped.signal }).catch(() => undefined);
			}
		}
	}

	return {
		async listen(channel, listener) {
			const others = listeners.get(channel);
			if (others) others.add(listener);
			else {
				listeners.set(channel, new Set([listener]));
				await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
			}
			return () => listeners.get(channel)?.delete(listener);
		},
		async stop() {
			stopped.abort();
			listeners.clear();
			await client.end().catch(() => undefined);
		},
	};
}
