import { hash } from "node:crypto";
import type { Hub } from "../hub-client.ts";
import type { SignedStatement, VerifiedStep } from "./read-statement.ts";

/** An entry of the published log, as anybody reads it: `GET /federation/log`. */
interface PublishedEntry {
	sequence: number;
	id: string;
	token: string;
	recordedAt: string;
	previous: string;
	hash: string;
}

const DEADLINE_MS = 3_000;
/** What the first entry has for the hash of the one before. */
const BEGINNING = "A".repeat(43);

const sha256 = (text: string): string => hash("sha256", text, "base64url");

/**
 * The step `LOG` of a verification, done on the log as it is published and stored now: the hub keeps in memory what it read
 * before, and would not notice that somebody rewrote its table since. Unchecked where the log does not answer.
 */
export async function checkLogEntry(hub: Pick<Hub, "settings">, statement: SignedStatement): Promise<VerifiedStep> {
	const { sequence } = statement;
	const first = Math.max(1, sequence - 1);
	const address = new URL(`/federation/log?after=${first - 1}&limit=${sequence - first + 1}`, hub.settings.graphqlUrl);
	const entries = await fetch(address, { signal: AbortSignal.timeout(DEADLINE_MS) })
		.then(async (response) => (response.ok ? ((await response.json()) as { entries: PublishedEntry[] }).entries : null))
		.catch(() => null);
	if (!Array.isArray(entries)) return { step: "LOG", status: "UNCHECKED", code: null, detail: "the log did not answer" };
	return judgeEntry(entries, statement);
}

/** Judges the entry of a statement, given with the one before it. */
export function judgeEntry(entries: readonly PublishedEntry[], { id, sequence, token }: SignedStatement): VerifiedStep {
	const failed = (code: VerifiedStep["code"], detail: string): VerifiedStep => ({ step: "LOG", status: "FAILED", code, detail });
	const entry = entries.find((one) => one.sequence === sequence);
	if (!entry) return failed("ENTRY_CHANGED", `there is no entry ${sequence} in the log any more`);
	if (entry.token !== token || entry.id !== id || sha256(entry.token) !== id)
		return failed("TOKEN_CHANGED", "the token in the log is not the one that was recorded");
	const recordedAt = new Date(entry.recordedAt);
	const isBound =
		sha256(`${sequence}.${entry.previous}.${id}.${Number.isNaN(recordedAt.getTime()) ? "" : recordedAt.toISOString()}`) === entry.hash;
	if (!isBound) return failed("ENTRY_CHANGED", "the entry's hash is not that of what it holds");
	const before = sequence === 1 ? BEGINNING : entries.find((one) => one.sequence === sequence - 1)?.hash;
	if (before !== entry.previous) return failed("CHAIN_BROKEN", "the entry does not follow the one before it");
	return { step: "LOG", status: "OK", code: null, detail: `entry ${sequence} of the log, as it is stored now` };
}

/**
 * The steps with the page's own look at the log. Where that fails, what comes after says nothing; where the log did not
 * answer, the step is unchecked, never passed.
 */
export function withLogStep(steps: readonly VerifiedStep[], own: VerifiedStep): VerifiedStep[] {
	const place = steps.findIndex(({ step }) => step === "LOG");
	if (steps[place]?.status !== "OK") return [...steps];
	const after = steps.slice(place + 1);
	const unreached = (one: VerifiedStep): VerifiedStep => ({
		...one,
		status: "UNCHECKED",
		code: "NOT_REACHED",
		detail: "an earlier step failed",
	});
	return [...steps.slice(0, place), own, ...(own.status === "FAILED" ? after.map(unreached) : after)];
}
