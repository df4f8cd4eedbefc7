import { z } from "zod";
import type { Log } from "../kit/log.ts";
import { keepSubscribed } from "./keep-subscribed.ts";

/** An admitted member, and where it answers. */
export interface DirectoryEntry {
	slug: string;
	name: string;
	endpoint: string;
	departements: string[];
	collectives: string[];
	/** Whether it answers reads only when the router has signed them. */
	signedReads?: boolean;
}

export interface FollowedDirectory {
	/** The last directory heard of; empty before the first. */
	entries(): readonly DirectoryEntry[];
	/** Calls `listener` with each new directory, the first included when it has not come yet. Returns the end of it. */
	onChange(listener: (entries: readonly DirectoryEntry[]) => void): () => void;
	/** Resolves with the first directory; rejects when stopped before. */
	ready: Promise<void>;
	stop(): Promise<void>;
}

const DIRECTORY_CHANGED =
	"subscription Directory { directoryChanged { version entries { slug name endpoint departements collectives signedReads } } }";

const directorySchema = z.object({
	directoryChanged: z.object({
		version: z.string(),
		entries: z.array(
			z.object({
				slug: z.string(),
				name: z.string(),
				endpoint: z.string(),
				departements: z.array(z.string()),
				collectives: z.array(z.string()),
				signedReads: z.boolean(),
			}),
		),
	}),
});

/**
 * Follows the directory of the network subgraph at `url`. Keeps the last one while the subgraph is away, and tries
 * again forever: `ready` waits as long as it takes.
 */
export function followDirectory({ url, log }: { url: string; log: Log }): FollowedDirectory {
	const listeners = new Set<(entries: readonly DirectoryEntry[]) => void>();
	let resolve: () => void = () => undefined;
	let reject: (error: Error) => void = () => undefined;
	const ready = new Promise<void>((heard, never) => {
		resolve = heard;
		reject = never;
	});
	// Whoever waits is told; when nobody does, it is nobody's error.
	ready.catch(() => undefined);
	let version: string | undefined;
	let entries: readonly DirectoryEntry[] = [];

	const subscription = keepSubscribed({
		url,
		query: DIRECTORY_CHANGED,
		longestPause: 2000,
		log,
		onState: (problem) => {
			if (problem !== undefined) log.warn({ url, problem }, "the directory of the network cannot be followed now: its last version stays");
		},
		onData: (data) => {
			const { directoryChanged } = directorySchema.parse(data);
			if (directoryChanged.version === version) return;
			({ version, entries } = directoryChanged);
			resolve();
			for (const listener of listeners) tell(listener);
		},
	});

	function tell(listener: (entries: readonly DirectoryEntry[]) => void): void {
		try {
			listener(entries);
		} catch (error) {
			log.error({ error: (error as Error).stack }, "a listener of the directory failed");
		}
	}

	return {
		entries: () => entries,
		onChange(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		ready,
		async stop() {
			listeners.clear();
			await subscription.stop();
			reject(new Error("the directory is no longer followed"));
		},
	};
}
