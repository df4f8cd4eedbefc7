import { millisecondsOf } from "../instant.ts";
import { type ReadStatement, readStatementToken } from "./claims.ts";
import { BEGINNING, hashOfEntry, type LogEntry, statementId } from "./log-entry.ts";
import { isDelegated, type KeyRecord, type NetworkRecord } from "./network-record.ts";
import { collectiveOf, type Party } from "./party.ts";
import { isSignedBy } from "./sign-statement.ts";

/** Whether a statement of the log is genuine and stands, step by step: each is data, so that each can be shown. */

export type VerificationStep =
	/** The token is a statement: its `typ` and claims are those of one. */
	| "FORMAT"
	/** The token's digest, the hash of its entry and the link to the entry before are what they must be. */
	| "LOG"
	/** Its author is one who may say this, and says it to this network. */
	| "AUTHORITY"
	/** The key was its author's when it was recorded. */
	| "KEY"
	| "SIGNATURE"
	/** It was signed before it was recorded, and has begun. */
	| "TIME"
	/** It has neither expired nor been revoked. */
	| "STANDING"
	/** Author and subject are admitted members. */
	| "MEMBERSHIP";

export type VerificationCode =
	| "MALFORMED"
	| "WRONG_TYPE"
	| "TOKEN_CHANGED"
	| "ENTRY_CHANGED"
	| "CHAIN_BROKEN"
	| "WRONG_NETWORK"
	| "NOT_ALLOWED"
	| "UNKNOWN_KEY"
	| "RETIRED_KEY"
	| "COMPROMISED_KEY"
	| "BAD_SIGNATURE"
	| "NOT_YET_VALID"
	| "EXPIRED"
	| "REVOKED"
	| "SUPERSEDED"
	| "NOT_ADMITTED"
	/** An earlier step failed: this one was not tried, and says nothing. */
	| "NOT_REACHED";

export interface StepResult {
	step: VerificationStep;
	status: "ok" | "failed" | "unchecked";
	/** Why not; undefined when it is ok. */
	code: VerificationCode | undefined;
	/** What was looked at, for people: English, without anything secret. */
	detail: string;
}

/** Steps that tell whether the statement is genuine; the others tell whether it stands now. */
const GENUINE: ReadonlySet<VerificationStep> = new Set(["FORMAT", "LOG", "AUTHORITY", "KEY", "SIGNATURE"]);
const STEPS: readonly VerificationStep[] = ["FORMAT", "LOG", "AUTHORITY", "KEY", "SIGNATURE", "TIME", "STANDING", "MEMBERSHIP"];

/** Milliseconds by which clocks may differ. */
export const SKEW = 60_000;

type Outcome = { ok: true; detail: string } | { ok: false; code: VerificationCode; detail: string };

/** What the table has now at the place of an entry, and at the one before. */
export interface StoredEntries {
	entry: LogEntry | null;
	/** Of the first entry, null. */
	before: LogEntry | null;
}

/**
 * Verifies an entry. After the first of the genuineness steps that fails, the rest is unchecked, never ok. A record that is
 * kept in memory does not notice that its table was rewritten since: with `stored`, the log's step compares both.
 */
export async function verifyEntry(
	entry: LogEntry,
	record: NetworkRecord,
	network: Party,
	now: number,
	stored?: StoredEntries,
): Promise<StepResult[]> {
	const read = readStatementToken(entry.token);
	const checks: Record<VerificationStep, () => Outcome | Promise<Outcome>> = {
		FORMAT: () => (read.ok ? ok(`a statement of the type ${read.statement.kind}`) : failed(read.code, `${read.field}: ${read.message}`)),
		LOG: () => checkEntry(entry, record, stored),
		AUTHORITY: () => checkAuthority(statementOf(read), entry, record, network),
		KEY: () => {
			const key = keyOf(statementOf(read), entry, record, network);
			return typeof key === "string" ? failed(key, DESCRIPTIONS[key]) : ok(`the key ${key.kid} was registered for ${key.party}`);
		},
		async SIGNATURE() {
			const key = keyOf(statementOf(read), entry, record, network);
			const isGenuine = typeof key !== "string" && (await isSignedBy(entry.token, key.jwk));
			return isGenuine ? ok("the signature is the key's") : failed("BAD_SIGNATURE", "the signature is not the key's");
		},
		TIME: () => checkTimes(statementOf(read), entry, now),
		STANDING: () => checkStanding(statementOf(read), entry, record, now),
		MEMBERSHIP: () => checkMembers(statementOf(read), record, now),
	};
	const results: StepResult[] = [];
	let isBroken = false;
	for (const step of STEPS) {
		if (isBroken) {
			results.push({ step, status: "unchecked", code: "NOT_REACHED", detail: "an earlier step failed" });
			continue;
		}
		const outcome = await checks[step]();
		results.push({ step, status: outcome.ok ? "ok" : "failed", code: outcome.ok ? undefined : outcome.code, detail: outcome.detail });
		isBroken = !outcome.ok && GENUINE.has(step);
	}
	return results;
}

/** The first step that shows that a statement is not what it was when it was accepted; undefined when it is genuine. */
export function findForgery(results: readonly StepResult[]): StepResult | undefined {
	return results.find(({ step, status }) => GENUINE.has(step) && status === "failed");
}

/** Whether an author may say this in this network when an entry is recorded, whatever key it signed with. */
export function checkAuthority(
	statement: ReadStatement,
	entry: Pick<LogEntry, "sequence" | "recordedAt">,
	record: NetworkRecord,
	network: Party,
): Outcome {
	const { iss, aud } = statement.claims;
	if (aud !== network) return failed("WRONG_NETWORK", `it is for ${aud}, and this is ${network}`);
	const isHub = iss === network;
	const isCollective = collectiveOf(iss) !== undefined;
	switch (statement.kind) {
		case "MEMBERSHIP":
			return allow(isHub, "only the hub says who is a member");
		case "AFFILIATION":
			return allow(isCollective, "only a collective says who belongs to it");
		case "RECOGNITION":
			return allow(!isHub && !isCollective, "only a member recognises");
		case "REVOCATION":
			return allow(record.byId.get(statement.claims.sub)?.statement.claims.iss === iss, "only its author revokes a statement");
		case "MARK": {
			const { mark } = statement.claims;
			return allow(
				mark === "charter" ? isCollective : isHub || (isCollective && record.wasDelegated(iss, mark, entry)),
				"a charter is its collective's to attest, the rest the hub's, and a collective's that the hub has charged with it",
			);
		}
		case "DELEGATION":
			return allow(isHub, "only the hub charges a collective with a mark");
		case "KEY":
			return allow(
				isHub || (statement.claims.event !== "registered" && iss === statement.claims.sub),
				"only the hub registers a key, and only it or the key's owner changes it",
			);
	}
}

/** The key that signed, where it was its author's at the time: rotated keys keep what they signed, compromised ones do not. */
export function keyOf(
	{ kid, claims }: ReadStatement,
	{ sequence, recordedAt }: Pick<LogEntry, "sequence" | "recordedAt">,
	record: NetworkRecord,
	network: Party,
): KeyRecord | "UNKNOWN_KEY" | "RETIRED_KEY" | "COMPROMISED_KEY" {
	const isFirst = sequence === 1 && claims.iss === network;
	const key = record.keys
		.get(claims.iss)
		?.findLast((one) => one.kid === kid && (one.from < sequence || (isFirst && one.from === sequence)));
	if (!key) return "UNKNOWN_KEY";
	// What a key says last of itself is taken: that it is compromised, and, of the hub's, which key follows it.
	const isLastWord = key.compromisedBy === sequence || (claims.iss === network && key.until === sequence);
	if (key.compromisedAt !== undefined && !(recordedAt.getTime() < key.compromisedAt) && !isLastWord) return "COMPROMISED_KEY";
	return key.until !== undefined && key.until < sequence ? "RETIRED_KEY" : key;
}

/**
 * Whether an entry is genuine and yet nothing worth: it was recorded before anybody knew that others had its key. One that
 * was recorded after that should not be there.
 */
export function isDisowned({ sequence, token }: LogEntry, record: NetworkRecord): boolean {
	const read = readStatementToken(token);
	if (!read.ok) return false;
	const { kid, claims } = read.statement;
	const key = record.keys.get(claims.iss)?.findLast((one) => one.kid === kid && one.from <= sequence);
	return key?.compromisedBy !== undefined && sequence < key.compromisedBy;
}

export const DESCRIPTIONS = {
	UNKNOWN_KEY: "the key is not registered for its author",
	RETIRED_KEY: "the key had been replaced by another before",
	COMPROMISED_KEY: "others may have had the key when this was recorded",
} as const;

function checkEntry(entry: LogEntry, record: NetworkRecord, stored: StoredEntries | undefined): Outcome {
	if (statementId(entry.token) !== entry.id) return failed("TOKEN_CHANGED", "the token is not the one that was recorded");
	if (millisecondsOf(entry.recordedAt) === undefined) return failed("ENTRY_CHANGED", "the entry does not say when it was recorded");
	if (hashOfEntry(entry) !== entry.hash) return failed("ENTRY_CHANGED", "the entry's hash is not that of what it holds");
	const before = entry.sequence === 1 ? BEGINNING : record.entries[entry.sequence - 2]?.hash;
	if (before !== entry.previous) return failed("CHAIN_BROKEN", "the entry does not follow the one before it");
	return stored ? checkStored(entry, stored) : ok(`entry ${entry.sequence} of the log`);
}

/** That the entry, which fits in the record, is in the table as it is in the record, after the same one. */
function checkStored(entry: LogEntry, { entry: stored, before }: StoredEntries): Outcome {
	const { sequence } = entry;
	if (!stored) return failed("ENTRY_CHANGED", `there is no entry ${sequence} in the log any more`);
	if (stored.token !== entry.token || stored.id !== entry.id)
		return failed("TOKEN_CHANGED", "the token in the log is no longer the one that was recorded");
	// As numbers: the table may hold a time that is none.
	const isSame = stored.hash === entry.hash && stored.previous === entry.previous && Number(stored.recordedAt) === Number(entry.recordedAt);
	if (!isSame) return failed("ENTRY_CHANGED", "the entry in the log is no longer the one that was recorded");
	if ((sequence === 1 ? BEGINNING : before?.hash) !== entry.previous)
		return failed("CHAIN_BROKEN", "the entry no longer follows the one before it");
	return ok(`entry ${sequence} of the log, as it is stored now`);
}

function checkTimes({ claims }: ReadStatement, { recordedAt }: LogEntry, now: number): Outcome {
	if (claims.iat * 1000 > recordedAt.getTime() + SKEW) return failed("NOT_YET_VALID", "it says that it was signed after it was recorded");
	if ("since" in claims && claims.since * 1000 > now + SKEW) return failed("NOT_YET_VALID", "it has not begun");
	return ok(`signed ${new Date(claims.iat * 1000).toISOString()}, recorded ${recordedAt.toISOString()}`);
}

function checkStanding({ kind, claims }: ReadStatement, { id, sequence }: LogEntry, record: NetworkRecord, now: number): Outcome {
	const revokedBy = record.revokedBy.get(id);
	if (revokedBy !== undefined) return failed("REVOKED", `revoked by the statement ${revokedBy}`);
	if (claims.exp !== undefined && claims.exp * 1000 <= now) return failed("EXPIRED", `ended ${new Date(claims.exp * 1000).toISOString()}`);
	const mark = kind === "MARK" ? record.marks.get(id) : undefined;
	if (mark && isDelegated(mark) && !record.delegationFor(mark, now))
		return failed("REVOKED", `${mark.by} is no longer charged with ${mark.mark}`);
	if (kind === "MEMBERSHIP") {
		const present = record.membershipAt(claims.sub, now);
		if (present && present.sequence > sequence) return failed("SUPERSEDED", `the hub has said otherwise in entry ${present.sequence}`);
	}
	return ok("neither revoked nor expired");
}

function checkMembers({ kind, claims }: ReadStatement, record: NetworkRecord, now: number): Outcome {
	const members = kind === "RECOGNITION" ? [claims.iss, claims.sub.split(":")[0] as string] : kind === "MARK" ? [claims.sub] : [];
	const absent = members.find((slug) => !record.isAdmitted(slug, now));
	return absent === undefined
		? ok("those whom it concerns are admitted")
		: failed("NOT_ADMITTED", `${absent} is not an admitted member now`);
}

function statementOf(read: ReturnType<typeof readStatementToken>): ReadStatement {
	if (!read.ok) throw new Error("A step after one that failed");
	return read.statement;
}

function allow(isAllowed: boolean, rule: string): Outcome {
	return isAllowed ? ok("its author may say this") : failed("NOT_ALLOWED", rule);
}

function ok(detail: string): Outcome {
	return { ok: true, detail };
}

function failed(code: VerificationCode, detail: string): Outcome {
	return { ok: false, code, detail };
}
