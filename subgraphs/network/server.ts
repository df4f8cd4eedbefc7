import type { SubgraphAccess } from "../kit/access.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import { openEvents } from "../kit/events.ts";
import type { Log } from "../kit/log.ts";
import { createOutgoingPool } from "../kit/outgoing.ts";
import { type RunningServer, serveSubgraph } from "../kit/serve.ts";
import { networkContext } from "./context.ts";
import { openNetworkDatabase } from "./database.ts";
import { readDirectory } from "./directory.ts";
import { serveTrust } from "./endpoints/routes.ts";
import { Feed } from "./feed.ts";
import { KeptGraph } from "./graph/kept-graph.ts";
import { readNetworkChange } from "./graph/network-change.ts";
import { networkSchema } from "./schema.ts";
import type { Authority } from "./trust/authority.ts";
import { keepStatements } from "./trust/keep-statements.ts";
import { NetworkLog } from "./trust/network-log.ts";
import type { Trust } from "./trust/trust.ts";

export interface NetworkOptions {
	database: DatabaseAddress;
	/** 0 for any free port. */
	port: number;
	host: string;
	/** To whom it answers. */
	access: SubgraphAccess;
	/** The hub's keys. Without them it signs nothing, and takes no statements. */
	trust?: NetworkTrust;
	log: Log;
}

interface NetworkTrust {
	authority: Authority;
	/** The hub's public address, without a path at its end. */
	base: string;
	/** Whether members may be at private addresses, as in a demonstration on one machine. */
	allowPrivateAddresses: boolean;
}

/** Starts the network subgraph: the register of members, the directory that the router follows, and who recognises whom. */
export async function startNetwork({ database: address, port, host, access, trust: given, log }: NetworkOptions): Promise<RunningServer> {
	const started: (() => Promise<unknown>)[] = [];
	const stop = async () => {
		for (const end of started.splice(0).reverse()) await end();
	};
	try {
		const database = await openNetworkDatabase(address);
		started.push(() => database.destroy());
		const events = await openEvents(address, log);
		started.push(() => events.stop());
		const directoryFeed = await Feed.open(events, () => readDirectory(database));
		const changeFeed = await Feed.open(events, () => readNetworkChange(database.manager));
		const graph = new KeptGraph(database);
		const record = new NetworkLog(database);
		let trust: Trust | undefined;
		if (given) {
			const { authority, base, allowPrivateAddresses } = given;
			const pool = createOutgoingPool({ allowPrivateAddresses });
			started.push(() => pool.destroy());
			trust = { database, authority, base, log: record, pool };
			const kept = await keepStatements({ database, events, authority, record, pool, log });
			started.push(() => kept.stop());
		}
		const server = await serveSubgraph({
			name: "network",
			access,
			schema: await networkSchema(),
			log,
			port,
			host,
			context: () => networkContext({ database, directoryFeed, changeFeed, graph, record, trust }),
			isReady: () =>
				database.query("SELECT 1").then(
					() => true,
					() => false,
				),
			routes: (app) => {
				if (trust) serveTrust(app, trust, log);
			},
		});
		started.push(() => server.stop());
		return { ...server, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
