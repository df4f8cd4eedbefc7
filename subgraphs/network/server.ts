import type { SubgraphAccess } from "../kit/access.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import { openEvents } from "../kit/events.ts";
import type { Log } from "../kit/log.ts";
import { type RunningServer, serveSubgraph } from "../kit/serve.ts";
import { networkContext } from "./context.ts";
import { openNetworkDatabase } from "./database.ts";
import { DirectoryFeed } from "./directory.ts";
import { networkSchema } from "./schema.ts";

export interface NetworkOptions {
	database: DatabaseAddress;
	/** 0 for any free port. */
	port: number;
	host: string;
	/** To whom it answers. */
	access: SubgraphAccess;
	log: Log;
}

/** Starts the network subgraph: the register of members, and the directory that the router follows. */
export async function startNetwork({ database: address, port, host, access, log }: NetworkOptions): Promise<RunningServer> {
	const database = await openNetworkDatabase(address);
	try {
		const events = await openEvents(address, log);
		try {
			const feed = await DirectoryFeed.open(database, events);
			const server = await serveSubgraph({
				name: "network",
				access,
				schema: await networkSchema(),
				log,
				port,
				host,
				context: () => networkContext({ database, feed }),
				isReady: () =>
					database.query("SELECT 1").then(
						() => true,
						() => false,
					),
			});
			return {
				...server,
				async stop() {
					await server.stop();
					await events.stop();
					await database.destroy();
				},
			};
		} catch (error) {
			await events.stop();
			throw error;
		}
	} catch (error) {
		await database.destroy();
		throw error;
	}
}
