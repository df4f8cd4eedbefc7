import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../kit/log.ts";
import { askEndpoint, type RouterProof } from "../../network/ask-endpoint.ts";
import { keepSubscribed } from "../../network/keep-subscribed.ts";
import { READ_PRESENTATION, readPresentation } from "./presentation.ts";
import type { HarvestSink } from "./sink.ts";
import { type HarvestedPage, READ_CHANGES, readPage, WATCH_CHANGES } from "./wire.ts";

export interface MemberHarvestOptions {
	slug: string;
	endpoint: string;
	sink: HarvestSink;
	/** Signs what is asked, where the member answers nothing else. */
	proof?: RouterProof | undefined;
	/** Milliseconds between two readings when nothing is announced. */
	safetyInterval: number;
	log: Log;
}

export interface MemberHarvest {
	/** Why the member cannot be read now; undefined when it can, or has not been tried. */
	problem(): string | undefined;
	stop(): Promise<void>;
}

const PAGE = 500;
const LARGEST_ANSWER = 16 * 1024 * 1024;
const MOST_PAGES = 2000;
const SHORTEST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/**
 * Reads one member's history from where it was left, then whenever the member announces a change, whenever the
 * connection for announcements is made or lost, and at intervals in any case. One reading at a time: what is announced
 * during one is read by the next.
 */
export function harvestMember({ slug, endpoint, proof, sink, safetyInterval, log }: MemberHarvestOptions): MemberHarvest {
	const stopped = new AbortController();
	const { signal } = stopped;
	let problem: string | undefined;
	let position: string | null = null;
	/** By how many rows the member's count may differ from ours: those refused at the last full reading. */
	let difference = 0;
	let wake: () => void = () => undefined;

	async function read(): Promise<void> {
		position = await sink.position(slug);
		const count = await readToEnd(() => undefined);
		// A member that was set up anew, or restored, has a shorter history: then its whole history is read again.
		if (count - (await sink.count(slug)) === difference) return;
		const ids = new Set<string>();
		position = null;
		const newCount = await readToEnd((page) => {
			for (const { id } of page.changes) ids.add(id);
		});
		await sink.keepOnly(slug, ids);
		difference = newCount - (await sink.count(slug));
	}

	/** Returns how many badge classes the member says it has. */
	async function readToEnd(onPage: (page: HarvestedPage) => void): Promise<number> {
		for (let pages = 0; pages < MOST_PAGES; pages += 1) {
			const page = readPage(
				slug,
				await askEndpoint({
					endpoint,
					proof,
					query: READ_CHANGES,
					variables: { since: position, first: PAGE },
					largestAnswer: LARGEST_ANSWER,
					signal,
				}),
			);
			onPage(page);
			const still = page.position === position;
			await sink.apply(slug, page.changes, page.position);
			position = page.position;
			if (!page.hasMore) return page.count;
			if (still) throw new Error("its history says that there is more, and does not advance");
		}
		throw new Error("its history does not end");
	}

	/** Beside the readings: a member whose presentation cannot be used, or does not come, is harvested all the same. */
	let presenting: Promise<void> | undefined;
	async function readPresentationOnce(): Promise<void> {
		if (!sink.present) return;
		try {
			const data = await askEndpoint({ endpoint, proof, query: READ_PRESENTATION, variables: { slug }, signal });
			await sink.present(slug, readPresentation(slug, data));
		} catch (error) {
			if (!signal.aborted) log.warn({ member: slug, problem: (error as Error).message }, "a member's presentation cannot be kept");
		}
	}

	async function run(): Promise<void> {
		let pause = SHORTEST_PAUSE;
		while (!signal.aborted) {
			// Armed before reading: what is announced while we read starts the next round at once.
			const woken = new Promise<void>((resolve) => {
				wake = resolve;
			});
			let wait = safetyInterval;
			try {
				await read();
				presenting ??= readPresentationOnce().finally(() => {
					presenting = undefined;
				});
				await sink.note(slug, { heardAt: new Date() });
				problem = undefined;
				pause = SHORTEST_PAUSE;
			} catch (error) {
				if (signal.aborted) return;
				problem = (error as Error).message;
				log.warn({ member: slug, problem }, "a member cannot be harvested now");
				await sink
					.note(slug, { problem })
					.catch((cause: Error) => log.error({ member: slug, error: cause.message }, "the state of a harvest cannot be kept"));
				wait = pause;
				pause = Math.min(pause * 2, LONGEST_PAUSE);
			}
			const end = new AbortController();
			await Promise.race([woken, delay(wait, undefined, { signal: AbortSignal.any([signal, end.signal]) }).catch(() => undefined)]);
			end.abort();
		}
	}

	const reading = run();
	const announcements = keepSubscribed({
		url: endpoint,
		proof,
		query: WATCH_CHANGES,
		variables: () => ({ since: position }),
		largestMessage: 64 * 1024,
		longestPause: LONGEST_PAUSE,
		onData: () => wake(),
		// Made: something may have been missed. Lost: reading tells whether the member itself is away.
		onState: () => wake(),
		log,
	});
	return {
		problem: () => problem,
		async stop() {
			stopped.abort();
			await Promise.all([reading, presenting, announcements.stop()]);
		},
	};
}
