import { z } from "zod";
import type { SubgraphAccess } from "./access.ts";
import { parseSettings, readJsonFile } from "./config.ts";
import { jwksSchema } from "./key-set.ts";

/** How settings name the router that a subgraph answers to. */

const keysUrl = z.url({ protocol: /^https?$/, error: "must be an address like https://hub.example.org/.well-known/jwks.json" });

/** Its keys, by their address or themselves, and its name. */
export const routerAccessSchema = z.strictObject({
	keys: z
		.union([keysUrl, jwksSchema], { error: "must be the address of the router's set of keys, or the set itself" })
		.transform((keys) => (typeof keys === "string" ? { url: keys } : { keys })),
	issuer: z.string().min(1).optional(),
});

/**
 * The same from the environment of a subgraph that runs alone: `ROUTER_KEYS`, an address or a JSON file, and
 * `PUBLIC_READS`. Throws an `OperatorError`.
 */
export function readAccess(settings: { routerKeys: string | undefined; publicReads: boolean }): SubgraphAccess {
	const { routerKeys, publicReads } = settings;
	if (routerKeys === undefined) return { publicReads };
	const isAddress = /^https?:/.test(routerKeys);
	const keys = isAddress ? { url: routerKeys } : { keys: parseSettings(jwksSchema, readJsonFile(routerKeys), routerKeys) };
	return { publicReads, router: { keys } };
}
