import type { IncomingMessage } from "node:http";
import { RequestError } from "../errors.ts";

/**
 * What pages of other sites may do with the router: read its answers, as CORS says, and nothing that a form, an image
 * or a link could make a browser do unasked.
 */

/** Origins whose pages may read answers: `*` for all. Never with credentials. */
export type AllowedOrigins = "*" | readonly string[];

/** Headers that no page of another site can send without asking first (a CORS preflight). */
const PREFLIGHTED = ["hub-request", "apollo-require-preflight", "x-apollo-operation-name", "graphql-preflight"] as const;

/** Types that forms can send. */
const FORM_TYPES = new Set(["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]);

/** Answers that only a program asks for: browsers going to an address, or loading an image, name others. */
const PROGRAM_TYPES = /application\/(graphql-response\+)?json|text\/event-stream/i;

/**
 * Throws `BAD_REQUEST` for a request that a browser may have been tricked into. A script of another site can name the
 * type it accepts without a preflight; browsers say of such a request that it is `cross-site`.
 */
export function refuseForged({ headers }: IncomingMessage): void {
	const type = headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
	if (type !== undefined && type !== "" && !FORM_TYPES.has(type)) return;
	if (PREFLIGHTED.some((name) => headers[name] !== undefined && headers[name] !== "")) return;
	const site = headers["sec-fetch-site"];
	if (PROGRAM_TYPES.test(headers.accept ?? "") && (site === undefined || site === "same-origin" || site === "none")) return;
	throw RequestError.of(
		"BAD_REQUEST",
		"A browser could have been tricked into this request. Send a header hub-request, or accept application/graphql-response+json.",
		{ field: "hub-request" },
	);
}

/** Headers of an answer that pages of an origin may read, or may not. */
export function corsHeaders(origin: string, allowed: AllowedOrigins): Record<string, string> {
	if (allowed === "*") return EVERYONE;
	return allowed.includes(origin)
		? { "access-control-allow-origin": origin, "access-control-expose-headers": EXPOSED, vary: "origin" }
		: { vary: "origin" };
}

const EXPOSED = "x-request-id, retry-after";
const EVERYONE = { "access-control-allow-origin": "*", "access-control-expose-headers": EXPOSED };

/** What a browser is told that asks before it sends. */
export const PREFLIGHT = {
	"access-control-allow-methods": "GET, POST",
	"access-control-allow-headers": [
		"accept, authorization, content-type, x-request-id",
		"hub-completeness, hub-cost, hub-plan, hub-request",
		"apollo-require-preflight, graphql-preflight, x-apollo-operation-name",
	].join(", "),
	"access-control-max-age": "86400",
};

/** Whether a page of the request's origin may open a WebSocket, which CORS does not cover. */
export function maySubscribe({ headers }: IncomingMessage, allowed: AllowedOrigins): boolean {
	const { origin, host } = headers;
	if (allowed === "*" || origin === undefined || allowed.includes(origin)) return true;
	return URL.canParse(origin) && new URL(origin).host === host;
}
