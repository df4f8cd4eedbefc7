import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../kit/log.ts";
import type { RouterSigner } from "../../kit/router-token/signer.ts";
import type { DirectoryEntry, FollowedDirectory } from "../../network/follow-directory.ts";
import { harvestMember, type MemberHarvest } from "./harvest-member.ts";
import type { HarvestSink } from "./sink.ts";

export interface HarvestOptions {
	directory: FollowedDirectory;
	sink: HarvestSink;
	/** Signs what members are asked that answer nothing else. */
	signer?: RouterSigner | undefined;
	log: Log;
	/** Milliseconds between two readings of a member that announces nothing: 60 000 when absent. */
	safetyInterval?: number;
}

export interface RunningHarvest {
	/** The members harvested now, with why one cannot be read. */
	status(): { slug: string; problem: string | undefined }[];
	/** Ends every reading and connection at once. The directory is the caller's. */
	stop(): Promise<void>;
}

const SAFETY_INTERVAL = 60_000;
const RETRY_PAUSE = 1000;

/** Harvests every member of the directory into `sink`, as the directory changes; what is kept of members that are no longer in it is forgotten. */
export function harvestMembers({ directory, sink, signer, log, safetyInterval = SAFETY_INTERVAL }: HarvestOptions): RunningHarvest {
	const stopped = new AbortController();
	const { signal } = stopped;
	const harvests = new Map<string, { endpoint: string; signedReads: boolean; harvest: MemberHarvest }>();
	let wake: () => void = () => undefined;
	const unfollow = directory.onChange(() => wake());

	/** Can be repeated: a failure of the database leaves the rest to the next time. */
	async function reconcile(entries: readonly DirectoryEntry[]): Promise<void> {
		const present = new Set(entries.map(({ slug }) => slug));
		for (const slug of new Set([...harvests.keys(), ...(await sink.members())])) {
			if (present.has(slug)) continue;
			await harvests.get(slug)?.harvest.stop();
			harvests.delete(slug);
			await sink.forget(slug);
			log.info({ member: slug }, "a member is forgotten");
		}
		for (const entry of entries) {
			const { slug, endpoint, signedReads = false } = entry;
			await sink.welcome(entry);
			const running = harvests.get(slug);
			if (running?.endpoint === endpoint && running.signedReads === signedReads) continue;
			await running?.harvest.stop();
			if (signal.aborted) return;
			const proof = signedReads && signer ? { signer, audience: slug } : undefined;
			harvests.set(slug, { endpoint, signedReads, harvest: harvestMember({ slug, endpoint, proof, sink, safetyInterval, log }) });
		}
	}

	async function run(): Promise<void> {
		await Promise.race([
			directory.ready.catch(() => undefined),
			new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true })),
		]);
		while (!signal.aborted) {
			const woken = new Promise<void>((resolve) => {
				wake = resolve;
			});
			try {
				await reconcile(directory.entries());
				await woken;
			} catch (error) {
				log.error({ error: (error as Error).message }, "the directory cannot be followed into the database: trying again");
				await delay(RETRY_PAUSE, undefined, { signal }).catch(() => undefined);
			}
		}
	}

	const running = run();
	return {
		status: () => [...harvests].map(([slug, { harvest }]) => ({ slug, problem: harvest.problem() })),
		async stop() {
			stopped.abort();
			unfollow();
			wake();
			await running;
			await Promise.all([...harvests.values()].map(({ harvest }) => harvest.stop()));
		},
	};
}
