import { RequestError } from "../errors.ts";

/** Why the token of a caller is refused. A request with such a token is never taken for an anonymous one. */
export type TokenRefusalCode =
	/** Not `Bearer` and a signed JWT with the claims that it needs. */
	| "TOKEN_MALFORMED"
	| "TOKEN_EXPIRED"
	| "TOKEN_NOT_YET_VALID"
	/** No issuer of that name is configured. */
	| "UNKNOWN_ISSUER"
	/** The token is for someone else than this router. */
	| "WRONG_AUDIENCE"
	| "ALGORITHM_NOT_ALLOWED"
	/** The issuer publishes no key of that name. */
	| "UNKNOWN_KEY"
	| "BAD_SIGNATURE"
	/** The issuer's keys cannot be read now: 503. */
	| "KEYS_UNAVAILABLE";

const MESSAGES: Record<TokenRefusalCode, string> = {
	TOKEN_MALFORMED: "authorization: must be `Bearer` and a signed JWT with iss, sub and exp.",
	TOKEN_EXPIRED: "authorization: the token has expired.",
	TOKEN_NOT_YET_VALID: "authorization: the token is not valid yet.",
	UNKNOWN_ISSUER: "authorization: the token is of an issuer that is not known here.",
	WRONG_AUDIENCE: "authorization: the token is for another service.",
	ALGORITHM_NOT_ALLOWED: "authorization: the token is signed with an algorithm that is not accepted.",
	UNKNOWN_KEY: "authorization: the token's issuer publishes no key of that name.",
	BAD_SIGNATURE: "authorization: the signature is not the issuer's.",
	KEYS_UNAVAILABLE: "The keys of the token's issuer cannot be read now.",
};

/** What a client is told whose token is refused. */
export function tokenRefusal(code: TokenRefusalCode): RequestError {
	return RequestError.of(code, MESSAGES[code], {}, code === "KEYS_UNAVAILABLE" ? 503 : 401);
}

/** The header that goes with a 401 or a 403 (RFC 6750, §3); undefined for another status. */
export function challenge({ status, errors }: RequestError): string | undefined {
	if (status !== 401 && status !== 403) return undefined;
	const { code } = errors[0]?.extensions ?? {};
	if (status === 403) return 'Bearer realm="hub", error="insufficient_scope"';
	return typeof code === "string" && code in MESSAGES
		? `Bearer realm="hub", error="invalid_token", error_description="${code}"`
		: 'Bearer realm="hub"';
}
