import { errors, type JWTPayload, jwtVerify } from "jose";
import { type Caller, readScopes } from "../caller.ts";
import { KeyError, type KeySet } from "../key-set.ts";
import { LONGEST_LIFE, ROUTER_TOKEN_TYPE } from "./format.ts";
import { Refusal } from "./refusal.ts";
import { UsedTokens } from "./replay.ts";

export interface VerifierOptions {
	/** The subgraph's own name, or the member's slug. */
	audience: string;
	/** The router's keys. */
	keys: KeySet;
	/** The router's name; any that the keys are of when absent. */
	issuer?: string;
	/** Seconds by which clocks may differ. 10. */
	clockSkew?: number;
	/** Tokens of one lifetime that are remembered. 200,000. */
	mostTokens?: number;
	/** Milliseconds since 1970. */
	now?: () => number;
}

/** Verifies a token for what is asked. Returns who asks, if anyone did. Rejects with a {@link Refusal}. */
export type VerifyRouterToken = (token: string, digest: string) => Promise<Caller | undefined>;

const LONGEST_TOKEN = 16_384;

/** Makes a verifier. It remembers what it accepted: one for each server. Replicas of a subgraph each have their own memory. */
export function routerTokenVerifier({
	audience,
	keys,
	issuer,
	clockSkew = 10,
	mostTokens = 200_000,
	now = Date.now,
}: VerifierOptions): VerifyRouterToken {
	const used = new UsedTokens((LONGEST_LIFE + 2 * clockSkew) * 1000, mostTokens, now);

	async function read(token: string): Promise<JWTPayload> {
		try {
			const { payload } = await jwtVerify(token, (header) => keys.keyFor(header), {
				algorithms: ["EdDSA", "Ed25519"],
				typ: ROUTER_TOKEN_TYPE,
				audience,
				...(issuer === undefined ? {} : { issuer }),
				clockTolerance: clockSkew,
				maxTokenAge: LONGEST_LIFE,
				requiredClaims: ["exp", "iat", "jti", "digest", "iss"],
				currentDate: new Date(now()),
			});
			return payload;
		} catch (error) {
			throw refusalOf(error);
		}
	}

	return async (token, digest) => {
		if (token.length > LONGEST_TOKEN) throw new Refusal("ROUTER_TOKEN_MALFORMED");
		const claims = await read(token);
		if ((claims.exp as number) - (claims.iat as number) > LONGEST_LIFE || typeof claims.jti !== "string")
			throw new Refusal("ROUTER_TOKEN_MALFORMED");
		if (claims.digest !== digest) throw new Refusal("BODY_CHANGED");
		const use = used.use(`${claims.iss} ${claims.jti}`);
		if (use === "used") throw new Refusal("REPLAYED");
		if (use === "full") throw new Refusal("TOO_MANY_TOKENS");
		return readCaller(claims.caller);
	};
}

function readCaller(claim: unknown): Caller | undefined {
	if (claim === undefined) return undefined;
	const { iss, sub, scope } = (claim ?? {}) as Record<string, unknown>;
	if (typeof iss !== "string" || typeof sub !== "string") throw new Refusal("ROUTER_TOKEN_MALFORMED");
	return { issuer: iss, subject: sub, scopes: readScopes(scope) };
}

function refusalOf(error: unknown): Refusal {
	if (error instanceof KeyError) return new Refusal(error.reason === "UNAVAILABLE" ? "KEYS_UNAVAILABLE" : "UNKNOWN_KEY");
	if (error instanceof errors.JWTExpired) return new Refusal("ROUTER_TOKEN_EXPIRED");
	if (error instanceof errors.JOSEAlgNotAllowed) return new Refusal("ALGORITHM_NOT_ALLOWED");
	if (error instanceof errors.JWSSignatureVerificationFailed) return new Refusal("BAD_SIGNATURE");
	if (error instanceof errors.JWTClaimValidationFailed) {
		if (error.claim === "aud") return new Refusal("WRONG_AUDIENCE");
		if (error.claim === "iss" && error.reason === "check_failed") return new Refusal("WRONG_ISSUER");
		if ((error.claim === "iat" || error.claim === "nbf") && error.reason === "check_failed")
			return new Refusal("ROUTER_TOKEN_NOT_YET_VALID");
	}
	return new Refusal("ROUTER_TOKEN_MALFORMED");
}
