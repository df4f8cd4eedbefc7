import type { EntityManager } from "typeorm";
import type { SigningKeys } from "../../kit/key-file.ts";
import { nowInSeconds } from "../../kit/sign-token.ts";
import { Collective, Membership } from "../collective.ts";
import { takeTurn } from "../directory-service.ts";
import { millisecondsOf } from "../instant.ts";
import { Member, MemberStatus } from "../member.ts";
import { appendStatements } from "./append.ts";
import type { Authority } from "./authority.ts";
import { readRecord } from "./network-log.ts";
import type { NetworkRecord } from "./network-record.ts";
import { collectiveParty } from "./party.ts";
import { signStatement } from "./sign-statement.ts";

/**
 * The hub's own statements follow its register: whatever an operator changed there, by whichever command, and whatever
 * was there before statements were kept, is signed. Returns how many were. Does nothing where nothing changed.
 */
export async function reconcileStatements(
	manager: EntityManager,
	authority: Authority,
	/** The record as this transaction sees it. */
	read: (manager: EntityManager) => Promise<NetworkRecord> = readRecord,
): Promise<number> {
	await takeTurn(manager);
	const record = await read(manager);
	authority.follow(record);
	const tokens = [
		...(await newKeys(manager, record, authority)),
		...(await newMemberships(manager, record, authority)),
		...(await newAffiliations(manager, record, authority)),
	];
	await appendStatements(manager, authority, tokens);
	return tokens.length;
}

/** The hub's own key, which vouches for itself, and those of the collectives. */
async function newKeys(manager: EntityManager, record: NetworkRecord, authority: Authority): Promise<string[]> {
	const { network, keys } = authority;
	const tokens: Promise<string>[] = [];
	const register = (sub: string, jwk: object | undefined, name?: string) =>
		tokens.push(signStatement(keys, "KEY", { iss: network, aud: network, sub, event: "registered", jwk, ...(name && { name }) }));
	if (record.keysOf(network).length === 0) register(network, jwkOf(keys));
	for (const { id, name } of await manager.find(Collective, { order: { id: "ASC" } })) {
		const [party, held] = [collectiveParty(id), authority.collective(id)];
		const inUse = record.keysOf(party);
		if (inUse.some(({ kid }) => kid === held.kid)) continue;
		const lost = inUse.at(-1)?.kid;
		// The file of the one in use is gone: what it signed stays good, and it signs no more.
		if (lost)
			tokens.push(signStatement(keys, "KEY", { iss: network, aud: network, sub: party, event: "rotated", jwk: jwkOf(held), kid: lost }));
		else register(party, jwkOf(held), name);
	}
	return Promise.all(tokens);
}

/** The public part of the key that signs: a file may hold others. */
function jwkOf({ kid, published }: SigningKeys): object | undefined {
	return published.keys.find((one) => one.kid === kid);
}

const STATUS = { [MemberStatus.ADMITTED]: "admitted", [MemberStatus.SUSPENDED]: "suspended", [MemberStatus.LEFT]: "left" } as const;

async function newMemberships(manager: EntityManager, record: NetworkRecord, { network, keys }: Authority): Promise<string[]> {
	const now = nowInSeconds();
	const tokens: Promise<string>[] = [];
	for (const member of await manager.find(Member, { order: { admittedAt: "ASC", slug: "ASC" } })) {
		const { slug, name, departementCodes: departements } = member;
		const status = STATUS[member.status];
		// What was said with a key that others had counts for nothing, and is said anew.
		const said = record.memberships.get(slug)?.findLast((one) => !record.isCompromised(one));
		if (said && said.status === status && said.name === name && said.departements.join() === departements.join()) continue;
		const isFirst = !said && status === "admitted";
		const since = isFirst ? sinceAdmission(member, now) : now;
		tokens.push(signStatement(keys, "MEMBERSHIP", { iss: network, aud: network, sub: slug, status, name, departements, since }));
	}
	return Promise.all(tokens);
}

/** Seconds: never in the future. */
function sinceAdmission({ admittedAt }: Member, now: number): number {
	return Math.min(Math.floor((millisecondsOf(admittedAt) ?? Number.POSITIVE_INFINITY) / 1000), now);
}

/** Collectives speak with keys of their own, which the hub holds for them. */
async function newAffiliations(manager: EntityManager, record: NetworkRecord, authority: Authority): Promise<string[]> {
	const now = nowInSeconds();
	const tokens: Promise<string>[] = [];
	const rows = await manager.find(Membership, { relations: { member: true }, order: { collectiveId: "ASC", memberSlug: "ASC" } });
	const wanted = new Map<string, Member>(rows.map(({ collectiveId, member }) => [`${collectiveId} ${member.slug}`, member]));
	const said = new Set(
		[...record.memberships.keys()].flatMap((slug) => record.collectivesOf(slug, Date.now()).map((id) => `${id} ${slug}`)),
	);
	const say = (pair: string, status: "member" | "ended", since: number) => {
		const [id, sub] = pair.split(" ") as [string, string];
		const claims = { iss: collectiveParty(id), aud: authority.network, sub, status, since };
		tokens.push(signStatement(authority.collective(id), "AFFILIATION", claims));
	};
	for (const [pair, member] of wanted) {
		const isFirst = !record.memberships.has(member.slug);
		if (!said.has(pair)) say(pair, "member", isFirst ? sinceAdmission(member, now) : now);
	}
	for (const pair of said) if (!wanted.has(pair)) say(pair, "ended", now);
	return Promise.all(tokens);
}
