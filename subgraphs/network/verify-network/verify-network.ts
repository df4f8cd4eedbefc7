import type { Dispatcher } from "undici";
import type { PublicKey } from "../trust/claims.ts";
import { hubClient, Unreachable } from "./hub-client.ts";
import { Report } from "./report.ts";
import { verifyAnswers } from "./verify-answers.ts";
import { verifyFederation } from "./verify-federation.ts";
import { type Checkpoint, readSize, verifyLog } from "./verify-log.ts";

export interface Verification {
	report: Report;
	/** The signed head that was verified: to be given as `seen` the next time. */
	checkpoint: Checkpoint | undefined;
}

const MOST_TRIES = 3;

/**
 * Verifies a network from outside: everything is read over HTTP, and nothing is believed but public keys of the anchor, from
 * which its present one is found by the log. Starts again when statements are recorded meanwhile. Never throws for what the hub
 * answers.
 */
export async function verifyNetwork(
	hub: string,
	trusted: readonly PublicKey[],
	pool: Dispatcher,
	{ seen }: { seen?: Checkpoint | undefined } = {},
): Promise<Verification> {
	const client = hubClient(hub, pool);
	for (let tries = 1; ; tries += 1) {
		const report = new Report();
		try {
			const { record, anchor, checkpoint } = await verifyLog(client, trusted, seen, report);
			await verifyFederation(client, anchor, record, report);
			await verifyAnswers(client, anchor, record, report);
			if (tries < MOST_TRIES && report.count("failed") > 0 && (await readSize(client)) > record.size) continue;
			return { report, checkpoint };
		} catch (error) {
			if (!(error instanceof Unreachable)) throw error;
			report.unchecked("network", `UNREACHABLE: ${error.message}`);
			return { report, checkpoint: undefined };
		}
	}
}
