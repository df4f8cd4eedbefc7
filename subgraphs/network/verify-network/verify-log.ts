import { decodeProtectedHeader } from "jose";
import { z } from "zod";
import type { PublicKey } from "../trust/claims.ts";
import { CHECKPOINT_TYPE, type LogEntry } from "../trust/log-entry.ts";
import { NetworkRecord } from "../trust/network-record.ts";
import type { Party } from "../trust/party.ts";
import { isSignedBy } from "../trust/sign-statement.ts";
import { findForgery, verifyEntry } from "../trust/verify-entry.ts";
import type { HubClient } from "./hub-client.ts";
import type { Report } from "./report.ts";

const pageSchema = z.object({
	network: z.string(),
	entries: z.array(
		z.object({
			sequence: z.int(),
			id: z.string(),
			token: z.string(),
			recordedAt: z.iso.datetime().transform((time) => new Date(time)),
			previous: z.string(),
			hash: z.string(),
		}),
	),
	next: z.int().nullable(),
});

const checkpointSchema = z.object({ iss: z.string(), iat: z.number(), size: z.int(), head: z.string() });
export type Checkpoint = z.output<typeof checkpointSchema>;

/** What the anchor's key says of itself: everything else follows from it. */
export interface Anchor {
	network: Party;
	key: PublicKey;
}

export interface VerifiedLog {
	record: NetworkRecord;
	checkpoint: Checkpoint | undefined;
}

/** Reads the log and its signed head, and verifies each hash, link and signature. Rejects with `Unreachable`. */
export async function verifyLog(client: HubClient, anchor: Anchor, seen: Checkpoint | undefined, report: Report): Promise<VerifiedLog> {
	const entries = await readLog(client, anchor, report);
	const checkpoint = await readCheckpoint(client, anchor, report);
	const record = new NetworkRecord();
	for (const entry of entries) record.apply(entry);
	const own = record.keys.get(anchor.network)?.[0];
	if (own?.from !== 1 || own.jwk.x !== anchor.key.x)
		report.failed("anchor", "NOT_THE_ANCHOR: the log does not begin with the anchor's key");
	checkSequence(entries, report);
	let genuine = 0;
	const now = Date.now();
	for (const entry of entries) {
		const forged = findForgery(await verifyEntry(entry, record, anchor.network, now));
		if (forged) report.failed(`statement ${entry.id} (entry ${entry.sequence})`, `${forged.code}: ${forged.detail}`);
		else genuine += 1;
	}
	report.ok("statements", `${genuine} of ${entries.length} are what their authors signed and the hub recorded`);
	if (checkpoint) checkHead(checkpoint, entries, report);
	if (seen) checkGrowth(seen, entries, report);
	return { record, checkpoint };
}

async function readLog(client: HubClient, { network }: Anchor, report: Report): Promise<LogEntry[]> {
	const entries: LogEntry[] = [];
	for (let after: number | null = 0; after !== null; ) {
		const page: z.output<typeof pageSchema> | undefined = pageSchema.safeParse(await client.json(`/federation/log?after=${after}`)).data;
		if (!page) {
			report.failed("log", `MALFORMED: the page after entry ${after} is not a page of a log`);
			return entries;
		}
		if (page.network !== network) report.failed("log", `WRONG_NETWORK: it is the log of ${page.network}, and the anchor's is ${network}`);
		entries.push(...page.entries);
		// One that does not move on would never end.
		after = page.next !== null && page.next > after ? page.next : null;
	}
	return entries;
}

export async function readCheckpoint(client: HubClient, { network, key }: Anchor, report: Report): Promise<Checkpoint | undefined> {
	const token = await client.text("/federation/log/checkpoint");
	const refuse = (detail: string) => report.failed("checkpoint", detail);
	try {
		if (decodeProtectedHeader(token).typ !== CHECKPOINT_TYPE) return void refuse(`WRONG_TYPE: typ must be ${CHECKPOINT_TYPE}`);
	} catch {
		return void refuse("MALFORMED: there is no signed head of the log");
	}
	if (!(await isSignedBy(token, key))) return void refuse("BAD_SIGNATURE: the head of the log is not signed by the anchor");
	const claims = checkpointSchema.safeParse(JSON.parse(Buffer.from(token.split(".")[1] as string, "base64url").toString("utf8")));
	if (!claims.success || claims.data.iss !== network) return void refuse("WRONG_NETWORK: the head is not this network's");
	return claims.data;
}

function checkSequence(entries: readonly LogEntry[], report: Report): void {
	const wrong = entries.findIndex(({ sequence }, index) => sequence !== index + 1);
	if (wrong !== -1) report.failed("log", `ENTRY_MISSING: entry ${wrong + 1} is missing, ${entries[wrong]?.sequence} is in its place`);
	const back = entries.findIndex(({ recordedAt }, index) => index > 0 && recordedAt < (entries[index - 1] as LogEntry).recordedAt);
	if (back !== -1) report.failed("log", `OUT_OF_ORDER: entry ${back + 1} was recorded before the one before it`);
}

function checkHead({ size, head, iat }: Checkpoint, entries: readonly LogEntry[], report: Report): void {
	if (entries.length < size) report.failed("checkpoint", `ENTRY_MISSING: ${size} entries were signed for, and ${entries.length} are there`);
	else if (entries.length > size)
		report.failed("checkpoint", `NOT_SIGNED: there are ${entries.length} entries, and the anchor signed for ${size}`);
	else if (entries.at(-1)?.hash !== head)
		report.failed("checkpoint", "CHAIN_BROKEN: the last entry is not the one that the anchor signed for");
	else report.ok("checkpoint", `the anchor signed for these ${size} entries at ${new Date(iat * 1000).toISOString()}`);
}

/** History that was seen once may not have changed: a log cut back to an earlier head is signed all the same. */
function checkGrowth(seen: Checkpoint, entries: readonly LogEntry[], report: Report): void {
	if (entries[seen.size - 1]?.hash === seen.head) report.ok("history", `the ${seen.size} entries seen before are still there`);
	else report.failed("history", `REWRITTEN: the ${seen.size} entries seen before are not those that are there now`);
}
