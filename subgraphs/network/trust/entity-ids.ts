/** Entity identifiers of OpenID Federation 1.0 §1.2: addresses, unlike the names that statements have (`party.ts`). */

/** Path below the hub's address of everything that is about trust, except the entity configuration and TRQP. */
export const FEDERATION_PATH = "/federation";
export const WELL_KNOWN = "/.well-known/openid-federation";

export function collectiveEntity(base: string, id: string): string {
	return `${base}${FEDERATION_PATH}/collectives/${id}`;
}

/** A member is known by the address of its server: that of its GraphQL endpoint without its last part. */
export function memberEntity(endpoint: string): string {
	const { origin, pathname } = new URL(endpoint);
	return `${origin}${pathname.replace(/\/[^/]*\/?$/, "")}`;
}

/** Types of trust marks are addresses too. */
export function markType(base: string, mark: string): string {
	return `${base}${FEDERATION_PATH}/marks/${mark}`;
}
