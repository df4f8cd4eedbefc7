import { isSlug } from "../../../schema/global-id.ts";

/**
 * Who makes statements, as statements name them: a member by its slug, a collective as `collective/<id>`, the hub by the
 * name of the network. Addresses change, names do not: a statement stays readable when its author has moved.
 */
export type Party = string;

const COLLECTIVE = "collective/";

export function collectiveParty(id: string): Party {
	return `${COLLECTIVE}${id}`;
}

/** The collective's id; undefined for whoever is none. */
export function collectiveOf(party: Party): string | undefined {
	const id = party.startsWith(COLLECTIVE) ? party.slice(COLLECTIVE.length) : "";
	return isSlug(id) ? id : undefined;
}

/** The name of a network: the thumbprint of its anchor's first key, RFC 9278. */
export function networkName(thumbprint: string): Party {
	return `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${thumbprint}`;
}
