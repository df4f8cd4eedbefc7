/** Why a subgraph refuses a request. */
export type RefusalCode =
	/** The request is not signed by the router, and has to be. */
	| "ROUTER_TOKEN_REQUIRED"
	| "ROUTER_TOKEN_EXPIRED"
	| "ROUTER_TOKEN_NOT_YET_VALID"
	/** Not a JWT of the router's form, or with more than a minute to live. */
	| "ROUTER_TOKEN_MALFORMED"
	| "ALGORITHM_NOT_ALLOWED"
	/** The token is for another subgraph. */
	| "WRONG_AUDIENCE"
	/** The token is of another router. */
	| "WRONG_ISSUER"
	/** The router's set of keys holds none of that name. */
	| "UNKNOWN_KEY"
	| "BAD_SIGNATURE"
	/** What is asked is not what was signed. */
	| "BODY_CHANGED"
	/** The token was used before. */
	| "REPLAYED"
	/** The router's keys cannot be read now. */
	| "KEYS_UNAVAILABLE"
	/** More tokens within a minute than are remembered. */
	| "TOO_MANY_TOKENS";

const MESSAGES: Record<RefusalCode, string> = {
	ROUTER_TOKEN_REQUIRED: "This is answered to the network's router alone: send the request to the router.",
	ROUTER_TOKEN_EXPIRED: "router-authorization: the token is no longer valid.",
	ROUTER_TOKEN_NOT_YET_VALID: "router-authorization: the token is of the future; compare the clocks.",
	ROUTER_TOKEN_MALFORMED: "router-authorization: is not a token as routers make them.",
	ALGORITHM_NOT_ALLOWED: "router-authorization: tokens are signed with EdDSA.",
	WRONG_AUDIENCE: "router-authorization: the token is for another subgraph.",
	WRONG_ISSUER: "router-authorization: the token is of another router.",
	UNKNOWN_KEY: "router-authorization: the router publishes no key of that name.",
	BAD_SIGNATURE: "router-authorization: the signature is not the router's.",
	BODY_CHANGED: "router-authorization: the token was made for another request.",
	REPLAYED: "router-authorization: the token was used before.",
	KEYS_UNAVAILABLE: "The router's keys cannot be read now.",
	TOO_MANY_TOKENS: "Too many requests to remember whose tokens were used.",
};

/** A request that a subgraph refuses before it looks at what is asked. */
export class Refusal extends Error {
	/** HTTP status. */
	readonly status: 401 | 503;

	constructor(readonly code: RefusalCode) {
		super(MESSAGES[code]);
		this.status = code === "KEYS_UNAVAILABLE" || code === "TOO_MANY_TOKENS" ? 503 : 401;
	}
}
