import { calculateJwkThumbprint, type JWK } from "jose";
import type { Dispatcher } from "undici";
import type { PublicKey } from "../trust/claims.ts";
import { networkName } from "../trust/party.ts";
import { type HubClient, hubClient, Unreachable } from "./hub-client.ts";
import { Report } from "./report.ts";
import { verifyAnswers } from "./verify-answers.ts";
import { verifyFederation } from "./verify-federation.ts";
import { type Anchor, type Checkpoint, readCheckpoint, verifyLog } from "./verify-log.ts";

export interface Verification {
	report: Report;
	/** The signed head that was verified: to be given as `seen` the next time. */
	checkpoint: Checkpoint | undefined;
}

const MOST_TRIES = 3;

/**
 * Verifies a network from outside: everything is read over HTTP, and nothing is believed but the anchor's public key. Starts
 * again when statements are recorded meanwhile. Never throws for what the hub answers.
 */
export async function verifyNetwork(
	hub: string,
	key: PublicKey,
	pool: Dispatcher,
	{ seen }: { seen?: Checkpoint | undefined } = {},
): Promise<Verification> {
	const client = hubClient(hub, pool);
	const anchor: Anchor = { network: networkName(await calculateJwkThumbprint(key as JWK)), key };
	for (let tries = 1; ; tries += 1) {
		const report = new Report();
		try {
			const { record, checkpoint } = await verifyLog(client, anchor, seen, report);
			await verifyFederation(client, anchor, record, report);
			await verifyAnswers(client, anchor, record, report);
			if (tries < MOST_TRIES && report.count("failed") > 0 && (await hasGrown(client, anchor, checkpoint))) continue;
			return { report, checkpoint };
		} catch (error) {
			if (!(error instanceof Unreachable)) throw error;
			report.unchecked("network", `UNREACHABLE: ${error.message}`);
			return { report, checkpoint: undefined };
		}
	}
}

async function hasGrown(client: HubClient, anchor: Anchor, before: Checkpoint | undefined): Promise<boolean> {
	const now = await readCheckpoint(client, anchor, new Report());
	return now !== undefined && now.size > (before?.size ?? 0);
}
