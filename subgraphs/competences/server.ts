import { harvestMembers } from "../catalogue/harvest/harvest-members.ts";
import type { SubgraphAccess } from "../kit/access.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import type { Log } from "../kit/log.ts";
import type { RouterSigner } from "../kit/router-token/signer.ts";
import { type RunningServer, serveSubgraph } from "../kit/serve.ts";
import { followDirectory } from "../network/follow-directory.ts";
import { alignmentSink } from "./alignment-sink.ts";
import { competencesContext } from "./context.ts";
import { openCompetencesDatabase } from "./database.ts";
import { loadReferential } from "./load-referential.ts";
import { loadOpcos } from "./opco/load-opcos.ts";
import { competencesSchema } from "./schema.ts";
import { understandAgain } from "./understand-badges.ts";

export interface CompetencesOptions {
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

/** Starts the subgraph of jobs and competencies: loads the referential, harvests alignments, and answers from what it keeps. */
export async function startCompetences({
	database: address,
	directoryUrl,
	port,
	host,
	access,
	signer,
	safetyInterval,
	log,
}: CompetencesOptions): Promise<RunningServer> {
	const database = await openCompetencesDatabase(address);
	try {
		await database.transaction(async (manager) => {
			if (await loadReferential(manager)) await understandAgain(manager);
			await loadOpcos(manager);
		});
		const server = await serveSubgraph({
			name: "competences",
			access,
			schema: await competencesSchema(),
			log,
			port,
			host,
			context: () => competencesContext(database),
			isReady: () =>
				database.query("SELECT 1").then(
					() => true,
					() => false,
				),
		});
		const directory = followDirectory({ url: directoryUrl, log });
		const harvest = harvestMembers({ directory, sink: alignmentSink(database), signer, safetyInterval, log });
		return {
			...server,
			async stop() {
				await Promise.all([server.stop(), directory.stop(), harvest.stop()]);
				await database.destroy();
			},
		};
	} catch (error) {
		await database.destroy();
		throw error;
	}
}
