import { setTimeout as delay } from "node:timers/promises";

/** Waits until `condition` gives something, and returns it. Fails with the last error, or with `what`, after `deadline` milliseconds. */
export async function until<Value>(
	what: string,
	condition: () => Promise<Value | undefined | false> | Value | undefined | false,
	deadline = 30_000,
): Promise<Value> {
	const end = Date.now() + deadline;
	let last: unknown;
	for (;;) {
		try {
			const value = await condition();
			if (value !== undefined && value !== false) return value;
			last = undefined;
		} catch (error) {
			last = error;
		}
		if (Date.now() > end) throw new Error(`Waited ${deadline} ms in vain for: ${what}`, { cause: last });
		await delay(10);
	}
}
