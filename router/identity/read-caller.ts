import { hash } from "node:crypto";
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from "jose";
import { LRUCache } from "lru-cache";
import type { Dispatcher } from "undici";
import { type Caller, readScopes } from "../../subgraphs/kit/caller.ts";
import { KeyError, KeySet } from "../../subgraphs/kit/key-set.ts";
import type { RequestError } from "../errors.ts";
import { DEFAULT_ALGORITHMS, type IdentityOptions, type Issuer } from "./issuers.ts";
import { type TokenRefusalCode, tokenRefusal } from "./token-refusal.ts";

/** A caller whose token was verified. */
export interface Verified {
	caller: Caller;
	/** When the token ends, clock skew included: milliseconds since 1970. */
	endsAt: number;
}

export interface CallerReader {
	/**
	 * What a header `authorization` was verified to be before; undefined for one that has to be verified. Throws a
	 * {@link RequestError} when it has ended since.
	 */
	known(authorization: string): Verified | undefined;
	/** Verifies a header `authorization`. Rejects with a {@link RequestError}: whatever is wrong is told, never ignored. */
	verify(authorization: string): Promise<Verified>;
}

/** Tokens that are remembered as verified. Verifying one costs fifty times as much as looking it up. */
const KEPT_TOKENS = 10_000;
const LONGEST_TOKEN = 8_192;
const TYPES = new Set(["at+jwt", "jwt"]);
const DEFAULT_SKEW = 30;

interface TrustedIssuer extends Issuer {
	keySet: KeySet;
	skew: number;
	accepted: readonly string[];
}

interface Kept extends Verified {
	issuer: TrustedIssuer;
	/** Of the issuer's keys by which it was verified: a key that is withdrawn takes its tokens along. */
	version: number;
}

/** Reads who calls from bearer tokens (RFC 6750) that are JWTs (RFC 7519, RFC 9068) of trusted issuers. */
export function callerReader({ issuers, keyCooldown, now = Date.now }: IdentityOptions, pool: Dispatcher): CallerReader {
	const trusted = new Map(
		issuers.map((one): [string, TrustedIssuer] => [
			one.issuer,
			{
				...one,
				keySet: new KeySet(one.keys, { pool, ...(keyCooldown === undefined ? {} : { cooldown: keyCooldown }) }),
				skew: one.clockSkew ?? DEFAULT_SKEW,
				accepted: one.algorithms ?? DEFAULT_ALGORITHMS,
			},
		]),
	);
	const kept = new LRUCache<string, Kept>({ max: KEPT_TOKENS });

	return {
		known(authorization) {
			const digest = digestOf(authorization);
			const one = kept.get(digest);
			if (!one) return undefined;
			if (now() >= one.endsAt) {
				kept.delete(digest);
				throw tokenRefusal("TOKEN_EXPIRED");
			}
			one.issuer.keySet.renew();
			return one.version === one.issuer.keySet.version ? one : undefined;
		},
		async verify(authorization) {
			const token = bearerToken(authorization);
			const issuer = issuerOf(token, trusted);
			const { payload, version } = await verifyToken(token, issuer, new Date(now()));
			const { sub, exp } = payload;
			if (typeof sub !== "string" || sub === "") throw tokenRefusal("TOKEN_MALFORMED");
			const verified: Kept = {
				caller: { issuer: issuer.issuer, subject: sub, scopes: readScopes(payload.scope) },
				endsAt: ((exp as number) + issuer.skew) * 1000,
				issuer,
				version,
			};
			kept.set(digestOf(authorization), verified);
			return verified;
		},
	};
}

/** The cache holds no token that could be stolen from it. */
function digestOf(authorization: string): string {
	return hash("sha256", authorization, "base64");
}

function bearerToken(authorization: string): string {
	const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
	if (token === undefined || token.length > LONGEST_TOKEN) throw tokenRefusal("TOKEN_MALFORMED");
	return token;
}

/** What the token says of itself, which decides only with which keys it is verified. */
function issuerOf(token: string, trusted: ReadonlyMap<string, TrustedIssuer>): TrustedIssuer {
	let header: { alg?: unknown; typ?: unknown };
	let claimed: JWTPayload;
	try {
		header = decodeProtectedHeader(token);
		claimed = decodeJwt(token);
	} catch {
		throw tokenRefusal("TOKEN_MALFORMED");
	}
	if (typeof claimed.iss !== "string" || typeof claimed.exp !== "number") throw tokenRefusal("TOKEN_MALFORMED");
	const issuer = trusted.get(claimed.iss);
	if (!issuer) throw tokenRefusal("UNKNOWN_ISSUER");
	if (!issuer.accepted.includes(header.alg as string)) throw tokenRefusal("ALGORITHM_NOT_ALLOWED");
	const type = typeof header.typ === "string" ? header.typ.toLowerCase().replace(/^application\//, "") : undefined;
	// A token of another kind, such as an identity token of the same issuer, was not meant to open anything here.
	if (type === undefined || !TYPES.has(type)) throw tokenRefusal("TOKEN_MALFORMED");
	return issuer;
}

async function verifyToken(token: string, issuer: TrustedIssuer, currentDate: Date): Promise<{ payload: JWTPayload; version: number }> {
	try {
		const { payload } = await jwtVerify(token, (header) => issuer.keySet.keyFor(header), {
			algorithms: [...issuer.accepted],
			issuer: issuer.issuer,
			audience: issuer.audience,
			clockTolerance: issuer.skew,
			requiredClaims: ["exp", "iss", "sub", "aud"],
			currentDate,
		});
		return { payload, version: issuer.keySet.version };
	} catch (error) {
		throw tokenRefusal(codeOf(error));
	}
}

function codeOf(error: unknown): TokenRefusalCode {
	if (error instanceof KeyError) return error.reason === "UNAVAILABLE" ? "KEYS_UNAVAILABLE" : "UNKNOWN_KEY";
	if (error instanceof errors.JWTExpired) return "TOKEN_EXPIRED";
	if (error instanceof errors.JOSEAlgNotAllowed) return "ALGORITHM_NOT_ALLOWED";
	if (error instanceof errors.JWSSignatureVerificationFailed) return "BAD_SIGNATURE";
	if (error instanceof errors.JWTClaimValidationFailed) {
		if (error.claim === "aud") return "WRONG_AUDIENCE";
		if (error.claim === "nbf" && error.reason === "check_failed") return "TOKEN_NOT_YET_VALID";
	}
	return "TOKEN_MALFORMED";
}
