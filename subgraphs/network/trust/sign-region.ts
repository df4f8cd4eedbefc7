import type { EntityManager } from "typeorm";
import type { SigningKeys } from "../../kit/key-file.ts";
import { type Recognition, RecognitionScope } from "../recognition.ts";
import { recognitionsInForce } from "../recognition-service.ts";
import type { Region } from "../region.ts";
import { appendStatements } from "./append.ts";
import type { Authority } from "./authority.ts";
import { readRecord } from "./network-log.ts";
import type { NetworkRecord } from "./network-record.ts";
import { collectiveParty } from "./party.ts";
import { reconcileStatements } from "./reconcile.ts";
import { signStatement } from "./sign-statement.ts";

/** Whose keys are at hand when a region is seeded: the hub's, and those of institutes that run on this machine. */
export interface RegionSigning {
	authority: Authority;
	keysOf(slug: string): SigningKeys | undefined;
}

/**
 * Signs what the register of a region says and no statement does yet: the hub's part by the hub, recognitions by the keys
 * of those who recognise. Recognitions of an earlier version whose author's key is not at hand stay unsigned.
 */
export async function signRegion(manager: EntityManager, region: Region, signing: RegionSigning): Promise<void> {
	const { authority, keysOf } = signing;
	await reconcileStatements(manager, authority);
	const record = await readRecord(manager);
	await appendStatements(manager, authority, await memberKeys(record, signing));
	const unsigned = await recognitionsInForce(manager).andWhere(`recognition."statementId" IS NULL`).getMany();
	const recognitions = unsigned.reverse().flatMap((one) => {
		const keys = keysOf(one.bySlug);
		return keys ? [signStatement(keys, "RECOGNITION", claimsOf(one, authority.network))] : [];
	});
	await appendStatements(manager, authority, await Promise.all([...recognitions, ...marks(record, region, authority)]));
}

/** A demonstration whose key files were deleted has new keys: the hub, which is the same machine's, registers those. */
function memberKeys(record: NetworkRecord, { authority, keysOf }: RegionSigning): Promise<string[]> {
	const { network, keys } = authority;
	const tokens: Promise<string>[] = [];
	for (const slug of record.memberships.keys()) {
		const held = keysOf(slug);
		if (!held || !record.isAdmitted(slug, Date.now()) || record.keys.get(slug)?.some(({ kid }) => kid === held.kid)) continue;
		const [jwk] = held.published.keys;
		const before = record.keysOf(slug).at(-1);
		const event = before ? { event: "rotated", kid: before.kid } : { event: "registered" };
		tokens.push(signStatement(keys, "KEY", { iss: network, aud: network, sub: slug, ...event, jwk }));
	}
	return Promise.all(tokens);
}

const SCOPES = {
	[RecognitionScope.INSTITUTE]: "member",
	[RecognitionScope.ISSUER]: "issuer",
	[RecognitionScope.BADGE_CLASS]: "badge_class",
	[RecognitionScope.FIELD]: "field",
} as const;

function claimsOf({ bySlug, scope, memberSlug, badgeClassId, issuerId, field, since, reason }: Recognition, aud: string): object {
	return {
		iss: bySlug,
		aud,
		sub: badgeClassId ?? issuerId ?? memberSlug,
		scope: SCOPES[scope],
		...(field !== null && { field }),
		since: Math.floor(since.getTime() / 1000),
		reason,
	};
}

function marks(record: NetworkRecord, region: Region, { network, keys, collective }: Authority): Promise<string>[] {
	const believed = [...record.marks.values()].filter((one) => !record.isCompromised(one));
	const known = new Set(believed.map(({ by, member, mark }) => `${by} ${member} ${mark}`));
	return (region.marks ?? []).flatMap(({ member, mark, by, number, declaredOn, since }) => {
		const iss = by === undefined ? network : collectiveParty(by);
		if (known.has(`${iss} ${member} ${mark}`) || !record.isAdmitted(member, Date.now())) return [];
		const claims = {
			iss,
			aud: network,
			sub: member,
			mark,
			...(number !== undefined && { number }),
			...(declaredOn !== undefined && { declared_on: declaredOn }),
			since: Date.parse(since) / 1000,
		};
		return [signStatement(by === undefined ? keys : collective(by), "MARK", claims)];
	});
}
