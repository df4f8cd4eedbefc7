import type { SubgraphAccess } from "../kit/access.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import type { Log } from "../kit/log.ts";
import type { RouterSigner } from "../kit/router-token/signer.ts";
import { type RunningServer, serveSubgraph } from "../kit/serve.ts";
import { followDirectory } from "../network/follow-directory.ts";
import { keepCollectiveNames } from "./collective-names.ts";
import { catalogueContext } from "./context.ts";
import { openCatalogueDatabase } from "./database.ts";
import { harvestMembers } from "./harvest/harvest-members.ts";
import { catalogueSchema } from "./schema.ts";
import { createStems } from "./search/stems.ts";
import { snapshotSink } from "./snapshot-sink.ts";
import { serveStandIns } from "./stand-in/routes.ts";

export interface CatalogueOptions {
	database: DatabaseAddress;
	/** The network subgraph, whose directory says whom to harvest. It may start later, and go away and come back. */
	directoryUrl: string;
	/** 0 for any free port. */
	port: number;
	host: string;
	/** To whom it answers. */
	access: SubgraphAccess;
	/** Signs what is asked of members that answer the router alone. */
	signer?: RouterSigner;
	/** Milliseconds between two readings of a member that announces nothing. */
	safetyInterval?: number;
	log: Log;
}

/** Starts the catalogue subgraph: harvests every member, and answers from what it keeps whether they answer or not. */
export async function startCatalogue({
	database: address,
	directoryUrl,
	port,
	host,
	access,
	signer,
	safetyInterval,
	log,
}: CatalogueOptions): Promise<RunningServer> {
	const database = await openCatalogueDatabase(address);
	const stems = createStems();
	try {
		const server = await serveSubgraph({
			name: "catalogue",
			access,
			schema: await catalogueSchema(),
			log,
			port,
			host,
			context: () => catalogueContext({ database, stems }),
			isReady: () =>
				database.query("SELECT 1").then(
					() => true,
					() => false,
				),
			routes: (app) => serveStandIns(app, database, log),
		});
		const directory = followDirectory({ url: directoryUrl, log });
		const names = keepCollectiveNames(database, directory, directoryUrl, log);
		const harvest = harvestMembers({ directory, sink: snapshotSink(database, stems), signer, safetyInterval, log });
		return {
			...server,
			async stop() {
				await Promise.all([server.stop(), directory.stop(), names.stop(), harvest.stop()]);
				await database.destroy();
			},
		};
	} catch (error) {
		await database.destroy();
		throw error;
	}
}
