import { readFileSync, watch } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Log } from "../subgraphs/kit/log.ts";

export interface SupergraphFile {
	/** What the file held when it was last read. */
	text: string;
	/** Reads it now, and puts it in force even when it has not changed. Never rejects: a file that cannot be used is logged. */
	reload(): Promise<void>;
	stop(): void;
}

/** Milliseconds without another change before the file is read: whoever writes it has finished. */
const QUIET = 200;

/**
 * Reads the file of a supergraph, and calls `use` with what it holds whenever that changes. The folder is watched, as
 * editors and deployments put a new file in the place of the old one. What `use` rejects is logged, and the graph that was
 * in force stays.
 */
export function followSupergraphFile(file: string, use: (supergraphSdl: string) => Promise<void>, log: Log): SupergraphFile {
	let timer: NodeJS.Timeout | undefined;
	const followed: SupergraphFile = {
		text: readFileSync(file, "utf8"),
		async reload() {
			try {
				followed.text = await readFile(file, "utf8");
				await use(followed.text);
				log.info({ file }, "a new supergraph is in force");
			} catch (error) {
				log.error({ file, error: (error as Error).message }, "the supergraph cannot be used: the one before stays in force");
			}
		},
		stop() {
			clearTimeout(timer);
			watcher.close();
		},
	};
	const readIfChanged = async () => {
		const text = await readFile(file, "utf8").catch(() => followed.text);
		if (text !== followed.text) await followed.reload();
	};
	const watcher = watch(path.dirname(file), () => {
		clearTimeout(timer);
		timer = setTimeout(() => void readIfChanged(), QUIET);
	});
	watcher.on("error", (error) => log.error({ file, error: error.message }, "the supergraph's folder is not watched any more"));
	return followed;
}
