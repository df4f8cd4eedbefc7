import type { DataSource } from "typeorm";
import type { Log } from "../../kit/log.ts";
import { badgeMeanings } from "./badge-meanings.ts";
import { memoryOf } from "./index-memory.ts";
import type { NearWords } from "./near-words.ts";
import { type KeptPosting, keptOf, RANK_SCALE, ROOM, sizeOf } from "./postings.ts";
import { readVector } from "./ts-vector.ts";

/** A word in fewer badges is quickly read when it is asked for. */
const FREQUENT = 20;
/** Rows that are read in one statement: to make postings of them takes some milliseconds. */
const PAGE = 250;

interface Growing {
	slots: Uint32Array;
	ranks: Int16Array;
	length: number;
}

/** Reads ahead now, and again whenever slots have been numbered anew. A failure is told to the log: questions are answered all the same. */
export function keepAhead(database: DataSource, nearWords: NearWords, log: Log): { stop(): Promise<void> } {
	const stopping = new AbortController();
	let running = Promise.resolve();
	const read = () => {
		running = running
			.then(() => readAhead(database, nearWords, stopping.signal))
			.catch((error) => {
				if (!stopping.signal.aborted) log.warn({ error: String(error) }, "postings could not be read ahead");
			});
	};
	read();
	const forget = memoryOf(database).onRenumbered(read);
	return {
		async stop() {
			stopping.abort();
			forget();
			await running;
		},
	};
}

/**
 * Makes the postings of frequent words before anybody asks for them, the most frequent ones where there is no room for
 * all, from every row's words once; and what every badge means. Meanwhile, and for the other words, postings are read as they are asked for.
 */
export async function readAhead(database: DataSource, nearWords: NearWords, signal?: AbortSignal): Promise<void> {
	const memory = memoryOf(database);
	await memory.loaded();
	const words = await nearWords.meanings(database);
	const meanings = words && (await badgeMeanings(database, words));
	if (signal?.aborted) return;
	const { generation, size: upTo } = memory;
	const growing = new Map<string, Growing>();
	let room = ROOM;
	const frequent = [...memory.vocabulary].filter(([lexeme, { badges }]) => lexeme !== "" && badges >= FREQUENT);
	for (const [lexeme, { badges }] of frequent.sort((left, right) => right[1].badges - left[1].badges)) {
		room -= sizeOf(badges);
		if (room < 0) break;
		growing.set(lexeme, { slots: new Uint32Array(badges), ranks: new Int16Array(badges), length: 0 });
	}
	for (let after = 0; ; ) {
		const rows: { number: number; words: Buffer }[] = await database.query(
			`SELECT "number", tsvectorsend("words") AS "words" FROM "search_document" WHERE "number" > $1 ORDER BY "number" LIMIT ${PAGE}`,
			[after],
		);
		// Slots numbered anew: whoever noticed reads ahead again.
		if (signal?.aborted || memory.generation !== generation) return;
		for (const { number, words } of rows) {
			const slot = memory.slots.get(number);
			if (slot === undefined || slot >= upTo) continue;
			const read = (tell?: (lexeme: string, rank: number) => void) =>
				readVector(words, (lexeme, rank, isInName) => {
					tell?.(lexeme, rank);
					const posting = growing.get(lexeme);
					if (posting) add(posting, slot, Math.round(RANK_SCALE * rank) * (isInName ? -1 : 1));
				});
			if (meanings) meanings.add(slot, read);
			else read();
		}
		if (rows.length < PAGE) break;
		after = (rows.at(-1) as { number: number }).number;
	}
	const { kept } = keptOf(memory);
	for (const [lexeme, posting] of growing) kept.set(lexeme, { ...whole(posting), upTo });
}

function add(posting: Growing, slot: number, rank: number): void {
	if (posting.length === posting.slots.length) {
		const { slots, ranks } = posting;
		posting.slots = new Uint32Array(slots.length * 2 + 16);
		posting.ranks = new Int16Array(posting.slots.length);
		posting.slots.set(slots);
		posting.ranks.set(ranks);
	}
	posting.slots[posting.length] = slot;
	posting.ranks[posting.length++] = rank;
}

function whole({ slots, ranks, length }: Growing): Pick<KeptPosting, "slots" | "ranks"> {
	return length === slots.length ? { slots, ranks } : { slots: slots.slice(0, length), ranks: ranks.slice(0, length) };
}
