import type { DataSource } from "typeorm";
import { z } from "zod";
import type { Log } from "../kit/log.ts";
import { askEndpoint } from "../network/ask-endpoint.ts";
import type { FollowedDirectory } from "../network/follow-directory.ts";
import { CollectiveName } from "./harvest.ts";

const namesSchema = z.object({ collectives: z.array(z.object({ id: z.string(), name: z.string() })) });

/** Keeps the names of the collectives as the network gives them, read again with each new directory. Never throws: a name may be late. */
export function keepCollectiveNames(
	database: DataSource,
	directory: FollowedDirectory,
	directoryUrl: string,
	log: Log,
): { stop(): Promise<void> } {
	const stopped = new AbortController();
	let reading = Promise.resolve();
	const read = async () => {
		try {
			const { collectives } = namesSchema.parse(
				await askEndpoint({ endpoint: directoryUrl, query: "{ collectives { id name } }", signal: stopped.signal }),
			);
			if (collectives.length > 0) await database.manager.upsert(CollectiveName, collectives, ["id"]);
		} catch (error) {
			if (!stopped.signal.aborted) log.warn({ error: (error as Error).message }, "the names of the collectives cannot be read now");
		}
	};
	const unfollow = directory.onChange(() => {
		reading = reading.then(read);
	});
	return {
		async stop() {
			unfollow();
			stopped.abort();
			await reading;
		},
	};
}
