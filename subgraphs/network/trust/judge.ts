import type { Authority } from "./authority.ts";
import { type ReadStatement, readStatementToken } from "./claims.ts";
import { statementId } from "./log-entry.ts";
import type { NetworkRecord } from "./network-record.ts";
import { collectiveOf } from "./party.ts";
import { isSignedBy } from "./sign-statement.ts";
import { checkAuthority, DESCRIPTIONS, keyOf, SKEW } from "./verify-entry.ts";

/** Why a statement that someone sends is not recorded. */
export type RefusalCode =
	| "MALFORMED"
	| "WRONG_TYPE"
	| "WRONG_NETWORK"
	| "NOT_ALLOWED"
	| "UNKNOWN_KEY"
	| "RETIRED_KEY"
	| "COMPROMISED_KEY"
	| "BAD_SIGNATURE"
	| "NOT_YET_VALID"
	| "EXPIRED"
	/** Signed too long ago to be sent now. */
	| "STALE"
	| "NOT_ADMITTED"
	| "ALREADY_RECORDED"
	| "ALREADY_RECOGNISED"
	| "ALREADY_REVOKED"
	| "UNKNOWN_STATEMENT"
	| "KEY_TAKEN";

/** What is wrong, where, and what mends it. */
export interface Refusal {
	ok: false;
	code: RefusalCode;
	/** The claim, or part of the header, that is wrong. */
	field: string;
	message: string;
	mend: string;
}

/** Milliseconds that may pass between signing and sending. */
const LONGEST_WAY = 3_600_000;

/** Judges a statement that anyone may send, against what the log says so far. */
export async function judgeStatement(
	token: string,
	record: NetworkRecord,
	{ network }: Authority,
	now = Date.now(),
): Promise<{ ok: true; statement: ReadStatement } | Refusal> {
	const read = readStatementToken(token);
	if (!read.ok) return refuse(read.code, read.field, read.message, "make it with npm run sign, or as the network's formats say");
	const { statement } = read;
	const { claims, kid } = statement;
	if (claims.aud !== network)
		return refuse("WRONG_NETWORK", "aud", `is ${claims.aud}, and this network is ${network}`, "sign it for this network");
	if (record.byId.has(statementId(token)))
		return refuse("ALREADY_RECORDED", "token", "has been recorded before", "nothing needs to be done");
	if (statement.kind === "REVOCATION" && !record.byId.has(claims.sub))
		return refuse("UNKNOWN_STATEMENT", "sub", "no statement has this id", "take the id from the statement that is to end");
	const place = { sequence: record.size + 1, recordedAt: new Date(now) };
	const authority = checkAuthority(statement, place, record, network);
	if (!authority.ok) return refuse("NOT_ALLOWED", "iss", authority.detail, "let the one who may say it sign it");
	if (statement.kind === "KEY" && (claims.sub === network || collectiveOf(claims.sub) !== undefined)) {
		const whose = claims.sub === network ? "the anchor's own keys" : "a collective's keys, which the hub holds,";
		return refuse("NOT_ALLOWED", "sub", `${whose} are not changed from outside`, "let its operator use npm run network-keys");
	}
	const key = keyOf(statement, place, record, network);
	if (typeof key === "string")
		return refuse(key, "kid", `${kid}: ${DESCRIPTIONS[key]}`, "sign with a key that the hub has registered for you");
	if (!(await isSignedBy(token, key.jwk)))
		return refuse("BAD_SIGNATURE", "signature", `is not made with the key ${kid}`, "sign it again, and send it unchanged");
	return judgeTimes(statement, now) ?? judgeSense(statement, record, now) ?? { ok: true, statement };
}

function judgeTimes({ claims }: ReadStatement, now: number): Refusal | undefined {
	const clock = "set the clock of the machine that signs";
	if (claims.iat * 1000 > now + SKEW) return refuse("NOT_YET_VALID", "iat", "lies in the future", clock);
	if (claims.iat * 1000 < now - LONGEST_WAY)
		return refuse("STALE", "iat", "lies more than an hour back", "sign it again and send it at once");
	if ("since" in claims && claims.since * 1000 > now + SKEW)
		return refuse("NOT_YET_VALID", "since", "lies in the future", "publish it when it begins");
	if (claims.exp !== undefined && claims.exp * 1000 <= now)
		return refuse("EXPIRED", "exp", "lies in the past", "give a later end, or none");
	return undefined;
}

function judgeSense(statement: ReadStatement, record: NetworkRecord, now: number): Refusal | undefined {
	const { kind, claims } = statement;
	const notAdmitted = (field: string, slug: string) =>
		record.isAdmitted(slug, now)
			? undefined
			: refuse("NOT_ADMITTED", field, `${slug} is not an admitted member`, "name a member that the network lists as admitted");
	switch (kind) {
		case "RECOGNITION": {
			const owner = claims.sub.split(":")[0] as string;
			const standing = record
				.recognitionsAt(now)
				.some(
					({ by, scope, subject, field }) =>
						by === claims.iss && scope === claims.scope && subject === claims.sub && field === claims.field,
				);
			return (
				notAdmitted("iss", claims.iss) ??
				notAdmitted("sub", owner) ??
				(standing
					? refuse("ALREADY_RECOGNISED", "sub", `${claims.iss} recognises ${claims.sub} already`, "revoke that statement first")
					: undefined)
			);
		}
		case "REVOCATION":
			return record.revokedBy.has(claims.sub)
				? refuse("ALREADY_REVOKED", "sub", "has been revoked before", "nothing needs to be done")
				: undefined;
		case "AFFILIATION":
		case "MARK":
			return notAdmitted("sub", claims.sub);
		case "DELEGATION": {
			if (!record.collectives.has(collectiveOf(claims.sub) ?? ""))
				return refuse("NOT_ALLOWED", "sub", `${claims.sub} is no collective of this network`, "name one that the network has");
			return record.delegationsAt(now).some(({ to, mark }) => to === claims.sub && mark === claims.mark)
				? refuse("ALREADY_RECORDED", "sub", `${claims.sub} is charged with ${claims.mark} already`, "nothing needs to be done")
				: undefined;
		}
		case "KEY": {
			const known = record.keys.get(claims.sub) ?? [];
			if (claims.event === "rotated" && known.some(({ kid }) => kid === claims.jwk.kid))
				return refuse("KEY_TAKEN", "jwk", `${claims.jwk.kid} has been registered before`, "make a new key");
			return claims.event !== "registered" && !record.keysOf(claims.sub).some(({ kid }) => kid === claims.kid)
				? refuse("UNKNOWN_KEY", "kid", `${claims.kid} is not a key in use of ${claims.sub}`, "name a key in use")
				: undefined;
		}
		case "MEMBERSHIP":
			return undefined;
	}
}

function refuse(code: RefusalCode, field: string, message: string, mend: string): Refusal {
	return { ok: false, code, field, message, mend };
}
