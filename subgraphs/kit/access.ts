import type { IncomingHttpHeaders } from "node:http";
import { Kind, parse } from "graphql";
import type { Caller } from "./caller.ts";
import { KeySet, type KeySource } from "./key-set.ts";
import { createOutgoingPool } from "./outgoing.ts";
import { digestOfBody, digestOfOperation, ROUTER_TOKEN_HEADER } from "./router-token/format.ts";
import { Refusal } from "./router-token/refusal.ts";
import { routerTokenVerifier, type VerifyRouterToken } from "./router-token/verifier.ts";

/** To whom a subgraph answers. Without a router, and without public reads, to nobody but its owner. */
export interface SubgraphAccess {
	/** The router whose signature opens everything. */
	router?: {
		/** Its public keys: at its `/.well-known/jwks.json`, or themselves. */
		keys: KeySource;
		/** Its name, the `iss` of its tokens; whatever its keys sign when absent. */
		issuer?: string;
	};
	/** Whether queries and subscriptions that the router has not signed are answered too, as nobody's. Mutations never are. */
	publicReads: boolean;
}

/** What a request may do. */
export interface Admitted {
	/** For whom the router asks, when it asks for someone. */
	caller: Caller | undefined;
	/** Whether mutations are executed. */
	mayChange: boolean;
}

export interface AccessGate {
	/** Lets an HTTP request in. `body` is what it sent, byte for byte; undefined without one. Rejects with a {@link Refusal}. */
	admit(headers: IncomingHttpHeaders, body: Uint8Array | undefined): Promise<Admitted>;
	/** The same for one operation of a WebSocket, whose token came with `connection_init`. */
	admitOperation(
		headers: IncomingHttpHeaders,
		connectionParams: Readonly<Record<string, unknown>> | undefined,
		operation: { query: string; variables?: unknown },
	): Promise<Admitted>;
	stop(): Promise<void>;
}

export interface AccessGateOptions {
	access: SubgraphAccess;
	/** The subgraph's own name, or the member's slug. */
	audience: string;
	/** Whether a request carries credentials of the subgraph's own: its owner's. They need no router. */
	isOwner?: (headers: IncomingHttpHeaders) => boolean;
}

const NOBODY: Admitted = { caller: undefined, mayChange: false };
const OWNER: Admitted = { caller: undefined, mayChange: true };

/** Decides what a subgraph answers to, before it is looked at. */
export function accessGate({ access, audience, isOwner = () => false }: AccessGateOptions): AccessGate {
	const { router, publicReads } = access;
	// The operator gives this address: it may well be on the same private network.
	const pool = createOutgoingPool({ allowPrivateAddresses: true });
	const verify: VerifyRouterToken = router
		? routerTokenVerifier({ audience, issuer: router.issuer, keys: new KeySet(router.keys, { pool }) })
		: () => Promise.reject(new Refusal("UNKNOWN_KEY"));

	/** Whatever is wrong with a token is told: it is never taken for none. */
	async function admitToken(token: unknown, headers: IncomingHttpHeaders, digest: () => string): Promise<Admitted> {
		if (token !== undefined) {
			if (typeof token !== "string") throw new Refusal("ROUTER_TOKEN_MALFORMED");
			return { caller: await verify(token, digest()), mayChange: true };
		}
		if (isOwner(headers)) return OWNER;
		if (!publicReads) throw new Refusal("ROUTER_TOKEN_REQUIRED");
		return NOBODY;
	}

	return {
		admit(headers, body) {
			// Without a body, what is asked is in the address, which no digest holds.
			const digest = () => (body === undefined ? "" : digestOfBody(body));
			return admitToken(headers[ROUTER_TOKEN_HEADER], headers, digest);
		},
		async admitOperation(headers, connectionParams, { query, variables }) {
			const admitted = await admitToken(connectionParams?.[ROUTER_TOKEN_HEADER], headers, () => digestOfOperation(query, variables));
			if (!admitted.mayChange && hasMutation(query)) throw new Refusal("ROUTER_TOKEN_REQUIRED");
			return admitted;
		},
		stop: () => pool.destroy(),
	};
}

function hasMutation(query: string): boolean {
	try {
		return parse(query, { noLocation: true, maxTokens: 10_000 }).definitions.some(
			(definition) => definition.kind === Kind.OPERATION_DEFINITION && definition.operation === "mutation",
		);
	} catch {
		// Whoever executes it says what is wrong with it.
		return false;
	}
}
