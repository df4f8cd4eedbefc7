import { decodeProtectedHeader } from "jose";
import { z } from "zod";
import type { PublicKey } from "../trust/claims.ts";
import { CHECKPOINT_TYPE, type LogEntry } from "../trust/log-entry.ts";
import { NetworkRecord } from "../trust/network-record.ts";
import type { Party } from "../trust/party.ts";
import { isSignedBy } from "../trust/sign-statement.ts";
import { findForgery, isDisowned, verifyEntry } from "../trust/verify-entry.ts";
import { type Anchor, findAnchor } from "./find-anchor.ts";
import type { HubClient } from "./hub-client.ts";
import type { Report } from "./report.ts";

const pageSchema = z.object({
	network: z.string(),
	entries: z.array(
		z.object({
			sequence: z.int(),
			id: z.string(),
			token: z.string(),
			// Null where the hub's table has none: the entry is refused for it, and the others are looked at.
			recordedAt: z.iso
				.datetime()
				.nullable()
				.transform((time) => new Date(time ?? Number.NaN)),
			previous: z.string(),
			hash: z.string(),
		}),
	),
	next: z.int().nullable(),
});

const checkpointSchema = z.object({ iss: z.string(), iat: z.number(), size: z.int(), head: z.string() });
export type Checkpoint = z.output<typeof checkpointSchema>;

export interface VerifiedLog {
	record: NetworkRecord;
	anchor: Anchor;
	checkpoint: Checkpoint | undefined;
}

/**
 * Reads the log and its signed head, and verifies each hash, link and signature. `trusted` are keys of the anchor, had from
 * its operator. Rejects with `Unreachable`.
 */
export async function verifyLog(
	client: HubClient,
	trusted: readonly PublicKey[],
	seen: Checkpoint | undefined,
	report: Report,
): Promise<VerifiedLog> {
	const { network, entries } = await readLog(client, report);
	const record = new NetworkRecord();
	for (const entry of entries) record.apply(entry);
	const anchor = await findAnchor(record, network, trusted, report);
	const checkpoint = await readCheckpoint(client, anchor, report);
	checkSequence(entries, report);
	let [genuine, disowned] = [0, 0];
	const now = Date.now();
	for (const entry of entries) {
		const forged = findForgery(await verifyEntry(entry, record, anchor.network, now));
		const what = `statement ${entry.id} (entry ${entry.sequence})`;
		if (!forged) genuine += 1;
		else if (forged.code === "COMPROMISED_KEY" && isDisowned(entry, record)) {
			disowned += 1;
			const kind = record.byId.get(entry.id)?.statement.kind;
			// What the others say is left out of every answer, and of what answers are compared with here.
			if (kind === "KEY" || kind === "REVOCATION")
				report.unchecked(what, "COMPROMISED_KEY: others may have made it, and it stands until its author says otherwise");
		} else report.failed(what, `${forged.code}: ${forged.detail}`);
	}
	report.ok(
		"statements",
		`${genuine} of ${entries.length} are what their authors signed and the hub recorded${disowned === 0 ? "" : `; ${disowned} are not believed, as others may have had their keys`}`,
	);
	if (checkpoint) checkHead(checkpoint, entries, report);
	if (seen) checkGrowth(seen, entries, report);
	return { record, anchor, checkpoint };
}

async function readLog(client: HubClient, report: Report): Promise<{ network: Party; entries: LogEntry[] }> {
	const entries: LogEntry[] = [];
	let network: Party | undefined;
	for (let after: number | null = 0; after !== null; ) {
		const page: z.output<typeof pageSchema> | undefined = pageSchema.safeParse(await client.json(`/federation/log?after=${after}`)).data;
		if (!page) {
			report.failed("log", `MALFORMED: the page after entry ${after} is not a page of a log`);
			break;
		}
		network ??= page.network;
		if (page.network !== network) report.failed("log", `WRONG_NETWORK: one page is of ${page.network}, and another of ${network}`);
		entries.push(...page.entries);
		// One that does not move on would never end.
		after = page.next !== null && page.next > after ? page.next : null;
	}
	return { network: network ?? "", entries };
}

async function readCheckpoint(client: HubClient, { network, key }: Anchor, report: Report): Promise<Checkpoint | undefined> {
	const token = await client.text("/federation/log/checkpoint");
	const refuse = (detail: string) => report.failed("checkpoint", detail);
	try {
		if (decodeProtectedHeader(token).typ !== CHECKPOINT_TYPE) return void refuse(`WRONG_TYPE: typ must be ${CHECKPOINT_TYPE}`);
	} catch {
		return void refuse("MALFORMED: there is no signed head of the log");
	}
	if (!key || !(await isSignedBy(token, key))) return void refuse("BAD_SIGNATURE: the head of the log is not signed by the anchor");
	const claims = claimsOf(token);
	if (claims?.iss !== network) return void refuse("WRONG_NETWORK: the head is not this network's");
	return claims;
}

/** How many entries the head of the log says that there are, believed of nobody; 0 where there is no head. */
export async function readSize(client: HubClient): Promise<number> {
	return claimsOf(await client.text("/federation/log/checkpoint"))?.size ?? 0;
}

function claimsOf(token: string): Checkpoint | undefined {
	try {
		return checkpointSchema.safeParse(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"))).data;
	} catch {
		return undefined;
	}
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
