import type { Events } from "../kit/events.ts";
import { DIRECTORY_CHANNEL } from "./directory-service.ts";

/** Something that is read whole, and knows its own version. */
interface Versioned {
	version: string;
}

/** Gives what is read of the register to many streams: now, and after each change of it. */
export class Feed<Whole extends Versioned> {
	private readonly waiting = new Set<() => void>();

	private constructor(private readonly read: () => Promise<Whole>) {}

	static async open<Whole extends Versioned>(events: Events, read: () => Promise<Whole>): Promise<Feed<Whole>> {
		const feed = new Feed(read);
		await events.listen(DIRECTORY_CHANNEL, () => {
			for (const wake of feed.waiting) wake();
		});
		return feed;
	}

	/** What there is now and at each change, until the consumer returns. */
	stream(): AsyncIterableIterator<Whole> {
		const state = { ended: false, wake: () => undefined as unknown };
		const versions = this.versions(state);
		return {
			next: () => versions.next(),
			// A generator that waits cannot be returned from outside: it has to be woken first.
			return() {
				state.ended = true;
				state.wake();
				return versions.return(undefined);
			},
			[Symbol.asyncIterator]() {
				return this;
			},
		};
	}

	private async *versions(state: { ended: boolean; wake: () => unknown }): AsyncGenerator<Whole, undefined> {
		let seen: string | undefined;
		const waker = () => {
			state.wake();
		};
		this.waiting.add(waker);
		try {
			while (!state.ended) {
				// Armed before reading: a change committed while we read wakes the next round.
				const woken = new Promise<void>((resolve) => {
					state.wake = resolve;
				});
				const whole = await this.read();
				if (whole.version !== seen) {
					seen = whole.version;
					yield whole;
				}
				if (!state.ended) await woken;
			}
		} finally {
			this.waiting.delete(waker);
		}
		return undefined;
	}
}
