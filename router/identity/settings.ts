import { z } from "zod";
import { jwksSchema } from "../../subgraphs/kit/key-set.ts";
import { ALGORITHMS } from "./issuers.ts";

/** The settings of a router that are about who calls it, and about its own name. */

const KEYS_WANTED = "must be the address of a set of keys (jwks_uri), or the set itself";

const issuerSchema = z.strictObject({
	/** The `iss` of its tokens. */
	issuer: z.string().min(1),
	/** The `aud` that its tokens have for this router. */
	audience: z.string().min(1),
	/** The address of its set of keys, or the set itself. */
	keys: z
		.union([z.url({ protocol: /^https?$/, error: KEYS_WANTED }), jwksSchema], { error: KEYS_WANTED })
		.transform((keys) => (typeof keys === "string" ? { url: keys } : { keys })),
	/** Algorithms that are accepted: EdDSA, ES256, RS256. None that signs with the key it is verified with. */
	algorithms: z
		.array(z.enum(ALGORITHMS, { error: `must be one of ${ALGORITHMS.join(", ")}` }))
		.min(1)
		.optional(),
	/** Seconds by which clocks may differ. 30. */
	clockSkew: z.int().min(0).max(300).optional(),
});

export const identitySchema = z
	.strictObject({
		issuers: z.array(issuerSchema).default([]),
		/** Mutations that callers without a token may ask for: `Mutation.register`. */
		publicMutations: z.array(z.string().regex(/^Mutation\.\w+$/, "must be like Mutation.register")).optional(),
		/** Trusts the tokens of `npm run token`: on one's own machine only. */
		development: z.boolean().default(false),
	})
	.refine(({ issuers }) => new Set(issuers.map(({ issuer }) => issuer)).size === issuers.length, {
		path: ["issuers"],
		error: "each issuer is named once",
	})
	.refine(({ issuers, development }) => !development || issuers.length === 0, {
		path: ["development"],
		error: "a router that has issuers has no development issuer",
	});

export const signingSchema = z.strictObject({
	/** The router's name in its tokens: usually its address. */
	issuer: z.string().min(1),
	/** The file of its keys; made where there is none. */
	keys: z.string().min(1),
	/** The hub's subgraphs that answer reads only when they are signed. */
	signedReads: z.array(z.string()).optional(),
});
