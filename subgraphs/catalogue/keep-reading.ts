import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../kit/log.ts";

/** Milliseconds between two readings, and after a failure from the first on, doubled each time up to the same. */
const INTERVAL = 60_000;
const FIRST_RETRY = 500;

export interface KeptReading {
	/** Reads again now. */
	wake(): void;
	stop(): Promise<void>;
}

/** Reads something of another subgraph again and again, as long as this one runs. A failure is told in the log, and what was read before stays. */
export function keepReading({ what, read, log }: { what: string; read: (signal: AbortSignal) => Promise<void>; log: Log }): KeptReading {
	const stopped = new AbortController();
	const { signal } = stopped;
	let wake: () => void = () => undefined;
	async function run(): Promise<void> {
		let retry = FIRST_RETRY;
		while (!signal.aborted) {
			const woken = new Promise<void>((resolve) => {
				wake = resolve;
			});
			let wait = INTERVAL;
			try {
				await read(signal);
				retry = FIRST_RETRY;
			} catch (error) {
				if (signal.aborted) return;
				log.warn({ error: (error as Error).message }, `${what} cannot be read now`);
				wait = retry;
				retry = Math.min(2 * retry, INTERVAL);
			}
			const end = new AbortController();
			await Promise.race([woken, delay(wait, undefined, { signal: AbortSignal.any([signal, end.signal]) }).catch(() => undefined)]);
			end.abort();
		}
	}
	const running = run();
	return {
		wake: () => wake(),
		async stop() {
			stopped.abort();
			wake();
			await running;
		},
	};
}
