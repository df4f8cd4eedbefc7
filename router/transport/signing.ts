import type { Caller } from "../../subgraphs/kit/caller.ts";
import { digestOfBody, digestOfOperation, ROUTER_TOKEN_HEADER } from "../../subgraphs/kit/router-token/format.ts";
import type { RouterSigner } from "../../subgraphs/kit/router-token/signer.ts";

/** Proves to one subgraph, or one member, that requests are the router's. */
export class Signing {
	private readonly signer: RouterSigner | undefined;
	private readonly audience: string;
	private always: boolean;

	/**
	 * `audience`: the subgraph's name, or the member's slug. A signature costs more than everything else that the router
	 * does for a small request, so what anyone may read is read without one unless `always`; see {@link Signing.mustSign}.
	 */
	constructor(signer: RouterSigner | undefined, audience: string, always = false) {
		this.signer = signer;
		this.audience = audience;
		this.always = always;
	}

	/** The headers that a body is sent with; undefined where it needs no signature, or the router has no key. */
	headers(body: string, isRead: boolean, caller: Caller | undefined): Record<string, string> | undefined {
		if (this.signer === undefined || (isRead && caller === undefined && !this.always)) return undefined;
		return { [ROUTER_TOKEN_HEADER]: this.signer.sign(this.audience, digestOfBody(body), caller) };
	}

	/** The payload of `connection_init` of a WebSocket for one operation. Streams are few: each is signed. */
	connectionParams(query: string, variables: Record<string, unknown>, caller: Caller | undefined): Record<string, string> | undefined {
		return this.signer && { [ROUTER_TOKEN_HEADER]: this.signer.sign(this.audience, digestOfOperation(query, variables), caller) };
	}

	/** Told that a request without a signature was refused for it: signs from now on. Says whether sending it again is of use. */
	mustSign(): boolean {
		this.always = true;
		return this.signer !== undefined;
	}
}
