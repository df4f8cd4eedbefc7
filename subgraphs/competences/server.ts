import { harvestMembers } from "../catalogue/harvest/harvest-members.ts";
import type { SubgraphAccess } from "../kit/access.ts";
import type { DatabaseAddress } from "../kit/database-address.ts";
import type { Log } from "../kit/log.ts";
import { type RunningServer, serveSubgraph } from "../kit/serve.ts";
import { followDirectory } from "../network/follow-directory.ts";
import { alignmentSink, understandAgain } from "./alignment-sink.ts";
import { Competency } from "./competency.ts";
import { competencesContext } from "./context.ts";
import { openCompetencesDatabase } from "./database.ts";
import { Job } from "./job.ts";
import { loadReferential } from "./load-referential.ts";
import { competencesSchema } from "./schema.ts";
import { createAlignmentReader } from "./understand-alignments.ts";

export interface CompetencesOptions {
	database: DatabaseAddress;
	/** The network subgraph, whose directory says whom to harvest. It may start later, and go away and come back. */
	directoryUrl: string;
	/** 0 for any free port. */
	port: number;
	host: string;
	/** To whom it answers. */
	access: SubgraphAccess;
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
	safetyInterval,
	log,
}: CompetencesOptions): Promise<RunningServer> {
	const database = await openCompetencesDatabase(address);
	try {
		const reader = await database.transaction(async (manager) => {
			const changed = await loadReferential(manager);
			const fresh = createAlignmentReader(await manager.find(Job), await manager.find(Competency));
			if (changed) await understandAgain(manager, fresh);
			return fresh;
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
		const harvest = harvestMembers({ directory, sink: alignmentSink(database, reader), safetyInterval, log });
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
