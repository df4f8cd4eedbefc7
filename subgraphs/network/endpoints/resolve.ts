import { nowInSeconds, signToken } from "../../kit/sign-token.ts";
import { buildChain } from "../federation/build-chain.ts";
import type { FederationKeys } from "../federation/entity-statement.ts";
import { verifyTrustMark } from "../federation/trust-mark.ts";
import { fetchConfiguration } from "../trust/federation-client.ts";
import type { Trust } from "../trust/trust.ts";
import type { Entities } from "./entities.ts";
import { configurationOf, endpointsOf, keysOf, subordinateStatement } from "./entity-statements.ts";
import { FederationError } from "./federation-error.ts";
import { marksOf, statusOf } from "./trust-marks.ts";

const SKEW = 30;
const PATIENCE = 8_000;

/**
 * Resolves an entity of the network, OpenID Federation 1.0 §8.3: its chain is built and verified now, by asking it and
 * those above it. Strangers are not asked: only who is in the register is. Throws a {@link FederationError}.
 */
export async function resolve(
	trust: Trust,
	{ subject, anchors, types }: { subject: string; anchors: readonly string[]; types: readonly string[] },
	entities: Entities,
): Promise<string> {
	const { hub, byId, record } = entities;
	if (!anchors.includes(hub.id)) throw new FederationError("invalid_trust_anchor", `the anchor of this network is ${hub.id}`);
	const entity = byId.get(subject);
	if (!entity) throw new FederationError("invalid_subject", `${subject} is not an entity of this network`);
	const moment = { now: nowInSeconds(), skew: SKEW };
	const chain = await buildChain(subject, {
		anchors: new Map([[hub.id, jwks(hub.keys)]]),
		moment,
		signal: AbortSignal.timeout(PATIENCE),
		client: {
			configuration(id, signal) {
				const asked = byId.get(id);
				if (!asked) throw new Error("not an entity of this network");
				return asked.kind === "member" ? fetchConfiguration(trust.pool, id, signal) : configurationOf(trust, asked, entities);
			},
			async statement(endpoint, about) {
				const superior = [...byId.values()].find((one) => `${endpointsOf(trust, one)}/fetch` === endpoint);
				if (!superior || superior.kind === "member") throw new Error("not a superior of this network");
				return subordinateStatement(trust, superior, about, entities);
			},
		},
	});
	if (!chain.ok) throw new FederationError(chain.error, `${chain.reason}: ${chain.description}`);
	const marks: { trust_mark_type: string; trust_mark: string }[] = [];
	const anchor = chain.statements.at(-1)?.claims;
	const shown = [
		...(chain.statements[0]?.claims.trust_marks ?? []).map(({ trust_mark_type: type, trust_mark: token }) => ({ type, token })),
		...(await marksOf(trust, entity, entities)),
	];
	let expiresAt = chain.expiresAt;
	for (const { type, token } of shown) {
		const verified = await verifyTrustMark(token, subject, {
			anchor: anchor ?? {},
			keysOf: async (id) => {
				const issuer = byId.get(id);
				return issuer && jwks(issuer.keys);
			},
			statusOf: async ({ iss }, jwt) => {
				const issuer = byId.get(iss);
				return issuer ? statusOf(issuer, jwt, { ...entities, record }) : "invalid";
			},
			moment,
		});
		if (!verified.ok || verified.mark.trust_mark_type !== type) continue;
		marks.push({ trust_mark_type: type, trust_mark: token });
		expiresAt = Math.min(expiresAt, verified.mark.exp ?? expiresAt);
	}
	const metadata = Object.fromEntries(Object.entries(chain.metadata).filter(([type]) => types.length === 0 || types.includes(type)));
	return signToken(keysOf(trust, hub), "resolve-response+jwt", {
		iss: hub.id,
		sub: subject,
		iat: moment.now,
		exp: expiresAt,
		metadata,
		trust_chain: chain.statements.map(({ jwt }) => jwt),
		trust_marks: marks,
	});
}

function jwks(keys: readonly object[]): FederationKeys {
	return { keys: [...keys] } as FederationKeys;
}
