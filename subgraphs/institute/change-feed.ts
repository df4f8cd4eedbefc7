import { type DataSource, MoreThan } from "typeorm";
import { badInput } from "../kit/errors.ts";
import type { Events } from "../kit/events.ts";
import { Change, ChangePage } from "./change.ts";
import { CHANGE_CHANNEL } from "./record-change.ts";

const BATCH = 500;

interface StreamState {
	ended: boolean;
	wake: () => void;
}

/** The institute's history, as pages and as a stream. */
export class ChangeFeed {
	readonly #database: DataSource;
	readonly #waiting = new Set<() => void>();

	private constructor(database: DataSource) {
		this.#database = database;
	}

	static async open(database: DataSource, events: Events): Promise<ChangeFeed> {
		const feed = new ChangeFeed(database);
		// The payload does not matter: each stream reads from its own position, so that a missed event is made up for.
		await events.listen(CHANGE_CHANNEL, () => feed.#wake());
		return feed;
	}

	/** The changes after a position, oldest first. */
	async page(since: string | null | undefined, first: number): Promise<ChangePage> {
		if (first < 1 || first > BATCH) throw badInput("first", `must be between 1 and ${BATCH}, and is ${first}`);
		const after = checkPosition(since);
		const found = await this.#database.manager.find(Change, {
			where: { position: MoreThan(after) },
			order: { position: "ASC" },
			take: first + 1,
		});
		const changes = found.slice(0, first);
		return { changes, position: changes.at(-1)?.position ?? after, hasMore: found.length > first };
	}

	/** Each change after a position, or from now on, until the consumer returns. */
	stream(since: string | null | undefined): AsyncIterableIterator<Change> {
		const state: StreamState = { ended: false, wake: () => undefined };
		const changes = this.#read(since, state);
		return {
			next: () => changes.next(),
			// A generator that waits cannot be returned from outside: it has to be woken first.
			return() {
				state.ended = true;
				state.wake();
				return changes.return(undefined);
			},
			[Symbol.asyncIterator]() {
				return this;
			},
		};
	}

	async *#read(since: string | null | undefined, state: StreamState): AsyncGenerator<Change, undefined> {
		let position = since == null ? await this.#lastPosition() : checkPosition(since);
		const waker = () => state.wake();
		this.#waiting.add(waker);
		try {
			while (!state.ended) {
				// Armed before reading: a change committed while we read wakes the next round.
				const woken = new Promise<void>((resolve) => {
					state.wake = resolve;
				});
				const { changes } = await this.page(position, BATCH);
				for (const change of changes) {
					position = change.position;
					yield change;
				}
				if (changes.length === 0 && !state.ended) await woken;
			}
		} finally {
			this.#waiting.delete(waker);
		}
		return undefined;
	}

	#wake(): void {
		for (const waker of this.#waiting) waker();
	}

	async #lastPosition(): Promise<string> {
		const [row] = await this.#database.query(`SELECT coalesce(max("position"), 0)::text AS position FROM "change"`);
		return (row as { position: string }).position;
	}
}

function checkPosition(since: string | null | undefined): string {
	if (since == null) return "0";
	if (!/^\d{1,18}$/.test(since)) throw badInput("since", "is not a position of this institute: leave it out to read from the beginning");
	return since;
}
