import { Not } from "typeorm";
import { Member, MemberStatus } from "../member.ts";
import type { PublicKey } from "../trust/claims.ts";
import { collectiveEntity, memberEntity } from "../trust/entity-ids.ts";
import type { NetworkRecord } from "../trust/network-record.ts";
import { collectiveParty, type Party } from "../trust/party.ts";
import type { Trust } from "../trust/trust.ts";

/** The network as OpenID Federation 1.0 has it: the hub is the trust anchor, collectives are intermediates, members leaves. */
export interface Entity {
	/** Entity identifier. */
	id: string;
	party: Party;
	kind: "hub" | "collective" | "member";
	name: string;
	keys: readonly PublicKey[];
	/** Of a member: ids of the entities of its collectives. */
	above: readonly string[];
	/** Of a member: its GraphQL address, and codes of its départements. */
	endpoint?: string;
	departements?: readonly string[];
}

export interface Entities {
	record: NetworkRecord;
	hub: Entity;
	byId: ReadonlyMap<string, Entity>;
	byParty: ReadonlyMap<Party, Entity>;
	/** Milliseconds since 1970 at which this holds. */
	now: number;
}

const HUB_NAME = "Réseau de reconnaissance des open badges";

/** Everyone who is known now: members that are admitted and whose key is registered. */
export async function readEntities({ database, authority, base, log }: Trust): Promise<Entities> {
	const [record, members] = await Promise.all([log.current(), database.manager.findBy(Member, { status: Not(MemberStatus.LEFT) })]);
	// What is answered is signed with the key that this record has in use.
	authority.follow(record);
	const now = Date.now();
	const keysOf = (party: Party) => record.keysOf(party).map(({ jwk }) => ({ ...jwk, use: "sig" }));
	const hub: Entity = { id: base, party: authority.network, kind: "hub", name: HUB_NAME, keys: keysOf(authority.network), above: [] };
	const entities = [hub];
	for (const [id, name] of record.collectives) {
		const party = collectiveParty(id);
		entities.push({ id: collectiveEntity(base, id), party, kind: "collective", name, keys: keysOf(party), above: [base] });
	}
	for (const { slug, name, endpoint, departementCodes } of members) {
		const keys = keysOf(slug);
		if (keys.length === 0 || !record.isAdmitted(slug, now)) continue;
		const above = record.collectivesOf(slug, now).map((id) => collectiveEntity(base, id));
		entities.push({ id: memberEntity(endpoint), party: slug, kind: "member", name, keys, above, endpoint, departements: departementCodes });
	}
	return {
		record,
		hub,
		byId: new Map(entities.map((one) => [one.id, one])),
		byParty: new Map(entities.map((one) => [one.party, one])),
		now,
	};
}

/** Those directly below: of the hub everyone, of a collective its members. */
export function subordinatesOf(superior: Entity, { byId }: Entities): Entity[] {
	if (superior.kind === "member") return [];
	return [...byId.values()].filter((one) => (superior.kind === "hub" ? one.kind !== "hub" : one.above.includes(superior.id)));
}
