import { compactVerify, errors, importJWK, type JWK } from "jose";
import { type ChainFailure, chainFailure } from "./chain-error.ts";
import type { EntityStatement, FederationKeys } from "./entity-statement.ts";
import { type HistoricalKey, judgeHistoricalKey } from "./historical-keys.ts";

/** Asymmetric, and without padding that has been broken. */
export const ALGORITHMS: readonly string[] = ["EdDSA", "Ed25519", "ES256", "ES384", "ES512", "PS256", "RS256"];

export interface Moment {
	/** Seconds since 1970. */
	now: number;
	/** Seconds by which clocks may differ. */
	skew: number;
}

/** Finds keys that an entity has used before. Undefined when it tells of none. */
export type FindHistory = (entity: string) => Promise<readonly HistoricalKey[] | undefined>;

/**
 * Verifies one statement: times, and the signature by one of its issuer's keys (§10.2). `keys` are those that the
 * issuer's own superior, or the issuer itself, vouches for. Undefined when all is well.
 */
export async function verifyStatement(
	{ jwt, kid, claims }: EntityStatement,
	keys: FederationKeys,
	at: number,
	{ now, skew }: Moment,
	history?: FindHistory,
): Promise<ChainFailure | undefined> {
	const who = `the statement of ${claims.iss} about ${claims.sub}`;
	if (kid === undefined) return chainFailure("MISSING_KID", at, `${who} does not say which key signed it`);
	if (claims.iat > now + skew) return chainFailure("NOT_YET_VALID", at, `${who} is of a time that has not come`);
	if (claims.exp <= now - skew) return chainFailure("EXPIRED", at, `${who} has expired`);
	let key: JWK | undefined = keys.keys.find((one) => one.kid === kid) as JWK | undefined;
	if (!key) {
		const old = (await history?.(claims.iss))?.find((one) => one.kid === kid);
		const judged = old ? judgeHistoricalKey(old, claims.iat) : "UNKNOWN_KEY";
		if (judged === "COMPROMISED_KEY") return chainFailure(judged, at, `${who} is signed by a key that was withdrawn as compromised`);
		if (judged === "UNKNOWN_KEY" || !old) return chainFailure("UNKNOWN_KEY", at, `${who} is signed by a key that is not its issuer's`);
		key = old as JWK;
	}
	try {
		await compactVerify(jwt, async ({ alg }) => importJWK(key, alg), { algorithms: [...ALGORITHMS] });
		return undefined;
	} catch (error) {
		if (error instanceof errors.JOSEAlgNotAllowed)
			return chainFailure("ALGORITHM_NOT_ALLOWED", at, `${who} is signed by an algorithm that is not accepted`);
		return chainFailure("BAD_SIGNATURE", at, `${who} does not bear its issuer's signature`);
	}
}
