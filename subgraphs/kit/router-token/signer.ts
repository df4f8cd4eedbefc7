import { type KeyObject, randomUUID, sign } from "node:crypto";
import type { Caller } from "../caller.ts";
import { ROUTER_TOKEN_TYPE } from "./format.ts";

/** Signs for a router. */
export interface RouterSigner {
	/** A token for one request to one subgraph. `digest` is that of `format.ts`. */
	sign(audience: string, digest: string, caller?: Caller): string;
}

export interface SignerOptions {
	/** The router's name, usually its address. */
	issuer: string;
	/** An Ed25519 key. */
	key: KeyObject;
	/** The key's name in the set of keys that the router publishes. */
	kid: string;
	/** Seconds that a token is good for. 30. */
	life?: number;
	now?: () => number;
}

/**
 * Makes a signer. Signs at once, on this thread, with what does not change made before: a request to ten members needs
 * ten tokens, and a promise for each would cost as much again.
 */
export function routerSigner({ issuer, key, kid, life = 30, now = Date.now }: SignerOptions): RouterSigner {
	const header = Buffer.from(JSON.stringify({ alg: "EdDSA", typ: ROUTER_TOKEN_TYPE, kid })).toString("base64url");
	const iss = JSON.stringify(issuer);
	const audiences = new Map<string, string>();
	const callers = new WeakMap<Caller, string>();
	// Unique, which is all that it has to be: nobody else can sign.
	const run = randomUUID();
	let count = 0;

	function start(audience: string): string {
		let text = audiences.get(audience);
		if (text === undefined) audiences.set(audience, (text = `{"iss":${iss},"aud":${JSON.stringify(audience)},"jti":"${run}.`));
		return text;
	}

	function end(caller: Caller | undefined): string {
		if (!caller) return "}";
		let text = callers.get(caller);
		if (text === undefined) {
			const scope = [...caller.scopes].join(" ");
			text = `,"caller":${JSON.stringify({ iss: caller.issuer, sub: caller.subject, ...(scope === "" ? {} : { scope }) })}}`;
			callers.set(caller, text);
		}
		return text;
	}

	return {
		sign(audience, digest, caller) {
			const iat = Math.floor(now() / 1000);
			count += 1;
			const claims = `${start(audience)}${count.toString(36)}","iat":${iat},"exp":${iat + life},"digest":"${digest}"${end(caller)}`;
			const signed = `${header}.${Buffer.from(claims).toString("base64url")}`;
			return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
		},
	};
}
