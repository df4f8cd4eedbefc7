import { nowInSeconds, signToken } from "../../kit/sign-token.ts";
import { HISTORICAL_KEYS_TYPE } from "../federation/historical-keys.ts";
import type { KeyRecord } from "../trust/network-record.ts";
import type { Trust } from "../trust/trust.ts";
import type { Entities, Entity } from "./entities.ts";
import { keysOf } from "./entity-statements.ts";

/**
 * Keys that are no longer in use, OpenID Federation 1.0 §8.7. The hub keeps those of its members too: where `about` is
 * one, the claim `sub` names it.
 */
export function historicalKeys(trust: Trust, issuer: Entity, about: Entity, { record }: Entities): Promise<string> {
	const past = (record.keys.get(about.party) ?? []).filter(
		({ until, compromisedBy }) => until !== undefined || compromisedBy !== undefined,
	);
	return signToken(keysOf(trust, issuer), HISTORICAL_KEYS_TYPE, {
		iss: issuer.id,
		...(about !== issuer && { sub: about.id }),
		iat: nowInSeconds(),
		keys: past.map(historicalKey),
	});
}

function historicalKey({ jwk, registeredAt, retiredAt, compromisedAt }: KeyRecord): object {
	const seconds = (time: number) => Math.floor(time / 1000);
	const end = compromisedAt ?? retiredAt ?? registeredAt;
	return {
		...jwk,
		iat: seconds(registeredAt),
		exp: seconds(Math.max(end, registeredAt)),
		revoked: { revoked_at: seconds(end), reason: compromisedAt === undefined ? "superseded" : "compromised" },
	};
}
