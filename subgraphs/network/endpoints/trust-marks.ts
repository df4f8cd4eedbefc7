import { decodeJwt } from "jose";
import { nowInSeconds, signToken } from "../../kit/sign-token.ts";
import { DELEGATION_TYPE, TRUST_MARK_TYPE } from "../federation/trust-mark.ts";
import { markType } from "../trust/entity-ids.ts";
import { isDelegated, type MarkRecord } from "../trust/network-record.ts";
import { isSignedBy } from "../trust/sign-statement.ts";
import type { Trust } from "../trust/trust.ts";
import type { Entities, Entity } from "./entities.ts";
import { keysOf } from "./entity-statements.ts";
import { FederationError } from "./federation-error.ts";

/** Trust marks of OpenID Federation 1.0 §7, each made of a statement of the log: `statement` names it. */

const DAY = 86_400;

/** The mark that stands of a type and a subject, given by this issuer. Throws `not_found` where there is none. */
export async function markOf(trust: Trust, issuer: Entity, type: string, subject: string, entities: Entities): Promise<string> {
	const member = entities.byId.get(subject);
	const found = standing(entities).find(
		(one) => one.by === issuer.party && one.member === member?.party && markType(trust.base, one.mark) === type,
	);
	if (!member || !found) throw new FederationError("not_found", `${issuer.id} gives ${subject} no mark of the type ${type}`);
	return signMark(trust, issuer, member, found, entities);
}

/** Every mark of a member that stands, signed by who gave it. */
export function marksOf(trust: Trust, member: Entity, entities: Entities): Promise<{ type: string; token: string }[]> {
	return Promise.all(
		standing(entities).flatMap((one) => {
			const issuer = entities.byParty.get(one.by);
			if (one.member !== member.party || !issuer) return [];
			const type = markType(trust.base, one.mark);
			return [signMark(trust, issuer, member, one, entities).then((token) => ({ type, token }))];
		}),
	);
}

/** Ids of the entities that bear marks, of one type or of any, given by one issuer or by anyone; sorted. */
export function marked(trust: Trust, entities: Entities, { type, by }: { type?: string | undefined; by?: Entity }): Set<string> {
	const bearers = standing(entities)
		.filter((one) => (type === undefined || markType(trust.base, one.mark) === type) && (!by || one.by === by.party))
		.flatMap(({ member }) => entities.byParty.get(member)?.id ?? []);
	return new Set(bearers.sort());
}

/** §8.4.2. Throws `not_found` for what this issuer has never given. */
export async function statusOf(
	issuer: Entity,
	token: string,
	{ record, now }: Entities,
): Promise<"active" | "expired" | "revoked" | "invalid"> {
	const unknown = new FederationError("not_found", `${issuer.id} has given no such mark`);
	let claims: Record<string, unknown>;
	try {
		claims = decodeJwt(token);
	} catch {
		throw new FederationError("invalid_request", "trust_mark must be a JWT");
	}
	const found = record.marks.get(String(claims.statement));
	if (claims.iss !== issuer.id || !found || found.by !== issuer.party) throw unknown;
	// Who has a stolen key can write any date.
	const keys = (record.keys.get(issuer.party) ?? []).filter(({ compromisedBy }) => compromisedBy === undefined);
	const genuine = await Promise.all(keys.map(({ jwk }) => isSignedBy(token, jwk)));
	if (!genuine.includes(true)) return "invalid";
	if (found.revokedAt !== undefined && found.revokedAt <= now) return "revoked";
	if (typeof claims.exp === "number" && claims.exp * 1000 <= now) return "expired";
	return record.marksAt(now).includes(found) ? "active" : "revoked";
}

function standing({ record, now }: Entities): MarkRecord[] {
	return record.marksAt(now);
}

async function signMark(trust: Trust, issuer: Entity, member: Entity, mark: MarkRecord, { hub, record, now }: Entities): Promise<string> {
	const iat = nowInSeconds();
	const delegation = isDelegated(mark) ? record.delegationFor(mark, now) : undefined;
	const ends = [mark.expiresAt, delegation?.expiresAt].flatMap((end) => (end === undefined ? [] : Math.floor(end / 1000)));
	const exp = Math.min(iat + DAY, ...ends);
	const trust_mark_type = markType(trust.base, mark.mark);
	// Of a type that has an owner, the owner's own marks bear its word too: whoever verifies asks it of all.
	const charge = { iss: hub.id, sub: issuer.id, trust_mark_type, iat, exp, ...(delegation && { statement: delegation.id }) };
	return signToken(keysOf(trust, issuer), TRUST_MARK_TYPE, {
		iss: issuer.id,
		sub: member.id,
		trust_mark_type,
		iat,
		exp,
		...(mark.mark !== "charter" && { delegation: await signToken(keysOf(trust, hub), DELEGATION_TYPE, charge) }),
		statement: mark.id,
		...(mark.number !== undefined && { number: mark.number }),
		...(mark.declaredOn !== undefined && { declared_on: mark.declaredOn }),
	});
}
