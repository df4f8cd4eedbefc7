import type { Dispatcher } from "undici";
import { readStatement } from "../federation/entity-statement.ts";
import { type PublicKey, readPublicKey } from "./claims.ts";
import { memberEntity } from "./entity-ids.ts";
import { fetchConfiguration } from "./federation-client.ts";
import { isSignedBy } from "./sign-statement.ts";

/**
 * Reads the key by which a member signs, from the entity configuration at the address that it was admitted with. It must
 * be signed by that very key, and be about that address and that member. Rejects with the reason.
 */
export async function readMemberKey(
	pool: Dispatcher,
	{ slug, endpoint }: { slug: string; endpoint: string },
	signal: AbortSignal,
): Promise<PublicKey> {
	const entity = memberEntity(endpoint);
	const read = readStatement(await fetchConfiguration(pool, entity, signal));
	if (!read.ok) throw new Error(`its entity configuration is none: ${read.description}`);
	const { jwt, kid, claims } = read.statement;
	if (claims.iss !== entity || claims.sub !== entity)
		throw new Error(`its entity configuration is that of ${claims.sub}, and not of ${entity}`);
	const declared = claims.metadata?.open_badge_issuer?.profile_id;
	if (declared !== undefined && declared !== slug) throw new Error(`its entity configuration is that of ${String(declared)}`);
	const key = readPublicKey(claims.jwks.keys.find((one) => one.kid === kid));
	if (!key) throw new Error("its entity configuration is not signed by an Ed25519 or P-256 key that it holds");
	if (!(await isSignedBy(jwt, key))) throw new Error("its entity configuration does not bear its own signature");
	return key;
}
