import { compactVerify, importJWK, type JWK } from "jose";
import { z } from "zod";
import type { FederationKeys } from "./entity-statement.ts";

/**
 * Keys that an entity has used before, OpenID Federation 1.0 §8.7: what was signed while a key was in force stays
 * valid after the key has been rotated, unless others may have had it.
 */
export const HISTORICAL_KEYS_TYPE = "jwk-set+jwt";

const historicalKey = z.looseObject({
	kty: z.string(),
	kid: z.string().min(1),
	iat: z.number().optional(),
	exp: z.number(),
	revoked: z.object({ revoked_at: z.number(), reason: z.enum(["unspecified", "compromised", "superseded"]).optional() }).optional(),
});
export type HistoricalKey = z.output<typeof historicalKey>;

const claimsSchema = z.looseObject({ iss: z.string(), iat: z.number(), keys: z.array(historicalKey).max(500) });

/** Verifies a set of historical keys by its owner's present ones. Undefined when it is not the owner's, or not a set. */
export async function readHistoricalKeys(
	jwt: string,
	owner: string,
	{ keys }: FederationKeys,
	algorithms: readonly string[],
): Promise<HistoricalKey[] | undefined> {
	try {
		const { payload } = await compactVerify(
			jwt,
			async ({ typ, kid, alg }) => {
				const key = keys.find((one) => one.kid === kid);
				if (typ !== HISTORICAL_KEYS_TYPE || !key) throw new Error("not signed by a present key");
				return importJWK(key as JWK, alg);
			},
			{ algorithms: [...algorithms] },
		);
		const claims = claimsSchema.parse(JSON.parse(new TextDecoder().decode(payload)));
		return claims.iss === owner ? claims.keys : undefined;
	} catch {
		return undefined;
	}
}

/** Whether a key of the past may be believed for something signed at `signedAt` (seconds). */
export function judgeHistoricalKey(key: HistoricalKey, signedAt: number): "valid" | "UNKNOWN_KEY" | "COMPROMISED_KEY" {
	// Who has a stolen key can write any date.
	if (key.revoked?.reason === "compromised") return "COMPROMISED_KEY";
	if (key.revoked && signedAt >= key.revoked.revoked_at) return "UNKNOWN_KEY";
	return signedAt >= (key.iat ?? 0) && signedAt < key.exp ? "valid" : "UNKNOWN_KEY";
}
