import { In } from "typeorm";
import type { SubgraphAccess } from "../kit/access.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import type { Log } from "../kit/log.ts";
import type { RouterSigner } from "../kit/router-token/signer.ts";
import { type RunningServer, serveSubgraph } from "../kit/serve.ts";
import { followChanges } from "../network/follow-changes.ts";
import { followDirectory } from "../network/follow-directory.ts";
import { BadgeHit } from "./badge-hit.ts";
import { keepCollectiveNames } from "./collective-names.ts";
import { catalogueContext } from "./context.ts";
import { openCatalogueDatabase } from "./database.ts";
import { harvestMembers } from "./harvest/harvest-members.ts";
import { keepRecognitions } from "./keep-recognitions.ts";
import { keepThesaurus } from "./keep-thesaurus.ts";
import { catalogueSchema } from "./schema.ts";
import { indexMissing } from "./search/index-badge.ts";
import { createNearWords } from "./search/near-words.ts";
import { keepAhead } from "./search/read-ahead.ts";
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
	/** The subgraph of competencies, whose referential is the search's thesaurus. Without it words are found by themselves alone. */
	competencesUrl?: string;
	/** Milliseconds between two readings of a member that announces nothing. */
	safetyInterval?: number;
	log: Log;
}

/** Milliseconds that the database may take for one statement of an answer. */
const DEADLINE = 5000;

/** Starts the catalogue subgraph: harvests every member, and answers from what it keeps whether they answer or not. */
export async function startCatalogue({
	database: address,
	directoryUrl,
	port,
	host,
	access,
	signer,
	competencesUrl,
	safetyInterval,
	log,
}: CatalogueOptions): Promise<RunningServer> {
	const database = await openCatalogueDatabase(address);
	// Answers have their own connections, so that a harvest never waits for them, and a deadline that a harvest has not.
	const reading = await openCatalogueDatabase(address, { deadline: DEADLINE });
	const stems = createStems();
	const nearWords = createNearWords();
	try {
		await indexMissing(database.manager, stems, (ids) => database.manager.findBy(BadgeHit, { id: In(ids) }));
		const server = await serveSubgraph({
			name: "catalogue",
			access,
			schema: await catalogueSchema(),
			log,
			port,
			host,
			context: () => catalogueContext({ database: reading, stems, nearWords }),
			isReady: () =>
				reading.query("SELECT 1").then(
					() => true,
					() => false,
				),
			routes: (app) => serveStandIns(app, reading, log),
		});
		const ahead = keepAhead(reading, nearWords, log);
		const directory = followDirectory({ url: directoryUrl, log });
		const names = keepCollectiveNames(database, directory, directoryUrl, log);
		const recognitions = keepRecognitions(database, directoryUrl, log);
		const thesaurus = competencesUrl === undefined ? undefined : keepThesaurus(database, stems, competencesUrl, log);
		const changes = followChanges({ url: directoryUrl, onChange: () => recognitions.wake(), log });
		const harvest = harvestMembers({ directory, sink: snapshotSink(database, stems), signer, safetyInterval, log });
		return {
			...server,
			async stop() {
				await Promise.all([
					server.stop(),
					ahead.stop(),
					directory.stop(),
					names.stop(),
					changes.stop(),
					recognitions.stop(),
					thesaurus?.stop(),
					harvest.stop(),
				]);
				await Promise.all([database.destroy(), reading.destroy()]);
			},
		};
	} catch (error) {
		await Promise.all([database.destroy(), reading.destroy()]);
		throw error;
	}
}
