import type { KeySource } from "../../subgraphs/kit/key-set.ts";

/** Algorithms with which callers' tokens may be signed: a key that can sign is never one that can be read. */
export const ALGORITHMS = ["EdDSA", "Ed25519", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export const DEFAULT_ALGORITHMS: readonly Algorithm[] = ["EdDSA", "ES256", "RS256"];

/** Who vouches for callers. */
export interface Issuer {
	/** The `iss` of its tokens, letter for letter. */
	issuer: string;
	/** The `aud` that its tokens have for this router. */
	audience: string;
	/** Its public keys. */
	keys: KeySource;
	/** Algorithms that are accepted of it. EdDSA, ES256, RS256. */
	algorithms?: readonly Algorithm[];
	/** Seconds by which clocks may differ. 30. */
	clockSkew?: number;
}

export interface IdentityOptions {
	issuers: readonly Issuer[];
	/** Mutations that callers without a token may ask for, `Mutation.register`. None. */
	publicMutations?: readonly string[];
	/** Milliseconds between two readings of an issuer's keys that unknown ones cause. 30,000. */
	keyCooldown?: number;
	/** Milliseconds since 1970. */
	now?: () => number;
}
