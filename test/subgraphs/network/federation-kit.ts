import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import type { FederationClient } from "../../../subgraphs/network/federation/build-chain.ts";
import type { FederationKeys } from "../../../subgraphs/network/federation/entity-statement.ts";

/** A federation in memory, with real keys and signatures: an anchor, a collective below it, an institute below that. */

export const NOW = 1_790_000_000;
const DAY = 86_400;

interface Key {
	kid: string;
	privateKey: CryptoKey;
	jwk: Record<string, unknown>;
}

export interface Entity {
	id: string;
	key: Key;
	/** Claims of its own statement. */
	own: JWTPayload;
	jwks(): FederationKeys;
}

export async function makeKey(kid: string): Promise<Key> {
	const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
	return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "EdDSA" } };
}

export async function makeEntity(id: string, own: JWTPayload = {}): Promise<Entity> {
	const key = await makeKey(`${id}#1`);
	const entity: Entity = { id, key, own, jwks: () => ({ keys: [entity.key.jwk] }) as FederationKeys };
	return entity;
}

export interface Signing {
	typ?: string;
	/** The key id in the header; null for none. */
	kid?: string | null;
	key?: Key;
}

export function sign(claims: JWTPayload, by: Entity, { typ = "entity-statement+jwt", kid, key = by.key }: Signing = {}): Promise<string> {
	const named = kid === undefined ? key.kid : kid;
	return new SignJWT({ iat: NOW - DAY, exp: NOW + DAY, ...claims })
		.setProtectedHeader({ alg: "EdDSA", typ, ...(named === null ? {} : { kid: named }) })
		.sign(key.privateKey);
}

/** What an entity says of itself. */
export function configuration(entity: Entity, claims: JWTPayload = {}, signing?: Signing): Promise<string> {
	return sign({ iss: entity.id, sub: entity.id, jwks: entity.jwks(), ...entity.own, ...claims }, entity, signing);
}

/** What a superior says of the one below. */
export function statement(superior: Entity, subject: Entity, claims: JWTPayload = {}, signing?: Signing): Promise<string> {
	return sign({ iss: superior.id, sub: subject.id, jwks: subject.jwks(), ...claims }, superior, signing);
}

export interface Federation {
	anchor: Entity;
	collective: Entity;
	institute: Entity;
	/** What each superior says of whom, by `superior subject`; and of itself, by its name. */
	jwts: Map<string, string>;
	client: FederationClient;
}

const fetchEndpoint = (id: string) => ({ federation_entity: { federation_fetch_endpoint: `${id}/fetch` } });

export async function makeFederation(): Promise<Federation> {
	const anchor = await makeEntity("https://ancre.example", { metadata: fetchEndpoint("https://ancre.example") });
	const collective = await makeEntity("https://occitanie.example", {
		authority_hints: [anchor.id],
		metadata: fetchEndpoint("https://occitanie.example"),
	});
	const institute = await makeEntity("https://instep.occitanie.example", {
		authority_hints: [collective.id],
		metadata: { open_badge_issuer: { keywords: ["accueil", "interne"], contacts: ["a@instep.example"] } },
	});
	const jwts = new Map<string, string>();
	for (const entity of [anchor, collective, institute]) jwts.set(entity.id, await configuration(entity));
	jwts.set(`${collective.id} ${institute.id}`, await statement(collective, institute));
	jwts.set(`${anchor.id} ${collective.id}`, await statement(anchor, collective));
	const give = async (name: string) => {
		const jwt = jwts.get(name);
		if (jwt === undefined) throw new Error(`${name} does not answer`);
		return jwt;
	};
	return {
		anchor,
		collective,
		institute,
		jwts,
		client: {
			configuration: give,
			statement: (endpoint, subject) => give(`${endpoint.replace(/\/fetch$/, "")} ${subject}`),
		},
	};
}

/** The whole chain, from the institute to the anchor. */
export function chainOf({ anchor, collective, institute, jwts }: Federation): string[] {
	const names = [institute.id, `${collective.id} ${institute.id}`, `${anchor.id} ${collective.id}`, anchor.id];
	return names.map((name) => jwts.get(name) as string);
}
