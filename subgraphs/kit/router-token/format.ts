import { hash } from "node:crypto";

/**
 * The token by which a subgraph knows that a request comes from the router: a JWT (RFC 7519) in the header
 * `router-authorization`, or under that name in the payload of `connection_init` of a WebSocket.
 *
 * Header: `alg` EdDSA, `typ` router+jwt, `kid`. Claims: `iss` the router, `aud` the subgraph's name or the member's slug,
 * `iat` and `exp` at most a minute apart, `jti` used once, `digest` of what is asked, and `caller { iss sub scope }` when
 * someone with a verified token of their own asks.
 */
export const ROUTER_TOKEN_HEADER = "router-authorization";
export const ROUTER_TOKEN_TYPE = "router+jwt";
/** The name of the router of `npm start`, where it has no public address. */
export const LOCAL_ROUTER = "urn:recognition-hub";
/** Seconds that a token is good for at most. */
export const LONGEST_LIFE = 60;

/** The claim `digest` of an HTTP request: base64url SHA-256 of its body, byte for byte. */
export function digestOfBody(body: string | Uint8Array): string {
	return hash("sha256", body, "base64url");
}

/**
 * The claim `digest` of an operation over WebSocket: that of `{"query":…,"variables":…}` in canonical JSON (RFC 8785),
 * as the message's own text is lost on the way.
 */
export function digestOfOperation(query: string, variables: unknown): string {
	return digestOfBody(canonical({ query, variables: variables ?? {} }));
}

function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(",")}]`;
	if (typeof value !== "object" || value === null) return JSON.stringify(value);
	const fields = Object.entries(value).filter(([, inner]) => inner !== undefined);
	// By UTF-16 code units, which is how RFC 8785 sorts.
	fields.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}
