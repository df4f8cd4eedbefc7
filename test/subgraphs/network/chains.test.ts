import { beforeEach, describe, expect, it } from "vitest";
import { buildChain } from "../../../subgraphs/network/federation/build-chain.ts";
import { readHistoricalKeys } from "../../../subgraphs/network/federation/historical-keys.ts";
import { verifyChain } from "../../../subgraphs/network/federation/verify-chain.ts";
import { ALGORITHMS } from "../../../subgraphs/network/federation/verify-statement.ts";
import { chainOf, configuration, type Federation, makeFederation, makeKey, NOW, sign, statement } from "./federation-kit.ts";

let federation: Federation;

beforeEach(async () => {
	federation = await makeFederation();
});

const options = () => ({
	anchors: new Map([[federation.anchor.id, federation.anchor.jwks()]]),
	moment: { now: NOW, skew: 30 },
	client: federation.client,
	signal: new AbortController().signal,
});
const build = () => buildChain(federation.institute.id, options());

describe("a chain of trust over three levels", () => {
	it("is found from the institute upwards, and verified down to its metadata", async () => {
		const { anchor, collective, institute, jwts } = federation;
		jwts.set(
			`${anchor.id} ${collective.id}`,
			await statement(anchor, collective, { metadata_policy: { open_badge_issuer: { keywords: { subset_of: ["accueil", "vente"] } } } }),
		);
		const chain = await build();
		expect(chain).toMatchObject({
			ok: true,
			subject: institute.id,
			anchor: anchor.id,
			expiresAt: NOW + 86_400,
			metadata: { open_badge_issuer: { keywords: ["accueil"], contacts: ["a@instep.example"] } },
		});
		expect(chain.ok && chain.statements.map(({ claims }) => [claims.iss, claims.sub])).toEqual([
			[institute.id, institute.id],
			[collective.id, institute.id],
			[anchor.id, collective.id],
			[anchor.id, anchor.id],
		]);
	});

	it("takes a superior's word on the institute's metadata before the institute's own", async () => {
		const { collective, institute, jwts } = federation;
		jwts.set(
			`${collective.id} ${institute.id}`,
			await statement(collective, institute, { metadata: { open_badge_issuer: { organization_name: "Instep" } } }),
		);
		expect(await build()).toMatchObject({
			metadata: { open_badge_issuer: { organization_name: "Instep", contacts: ["a@instep.example"] } },
		});
	});
});

describe("a chain is refused", () => {
	const replace = (name: string, jwt: string) => federation.jwts.set(name, jwt);

	it("for a signature that is not the issuer's", async () => {
		const { collective, institute } = federation;
		const stolen = { ...(await makeKey(collective.key.kid)), kid: collective.key.kid };
		replace(`${collective.id} ${institute.id}`, await statement(collective, institute, {}, { key: stolen }));
		expect(await build()).toMatchObject({ ok: false, status: "invalid", error: "invalid_trust_chain", reason: "BAD_SIGNATURE", at: 1 });
	});

	it("for a wrong typ", async () => {
		const { collective, institute } = federation;
		replace(`${collective.id} ${institute.id}`, await statement(collective, institute, {}, { typ: "JWT" }));
		expect(await build()).toMatchObject({ error: "invalid_trust_chain", reason: "WRONG_TYPE", at: 1 });
	});

	it("for a statement that has expired", async () => {
		const { anchor, collective } = federation;
		replace(`${anchor.id} ${collective.id}`, await statement(anchor, collective, { exp: NOW - 31 }));
		expect(await build()).toMatchObject({ error: "invalid_trust_chain", reason: "EXPIRED", at: 2 });
	});

	it("for a statement of a time that has not come", async () => {
		replace(federation.institute.id, await configuration(federation.institute, { iat: NOW + 31 }));
		expect(await build()).toMatchObject({ error: "invalid_trust_chain", reason: "NOT_YET_VALID", at: 0 });
	});

	it("for a header without a kid", async () => {
		replace(federation.institute.id, await configuration(federation.institute, {}, { kid: null }));
		expect(await build()).toMatchObject({ error: "invalid_trust_chain", reason: "MISSING_KID", at: 0 });
	});

	it("for a key that nobody above knows", async () => {
		const { institute } = federation;
		institute.key = await makeKey(`${institute.id}#2`);
		replace(institute.id, await configuration(institute));
		expect(await build()).toMatchObject({ error: "invalid_trust_chain", reason: "UNKNOWN_KEY", at: 0 });
	});

	it("for a statement about someone else", async () => {
		const { anchor, institute } = federation;
		replace(`${federation.collective.id} ${institute.id}`, await statement(federation.collective, anchor));
		expect(await build()).toMatchObject({ error: "invalid_subject", reason: "WRONG_SUBJECT", at: 1 });
	});

	it("for more entities between than a superior allows", async () => {
		const { anchor, collective } = federation;
		replace(`${anchor.id} ${collective.id}`, await statement(anchor, collective, { constraints: { max_path_length: 0 } }));
		expect(await build()).toMatchObject({ error: "invalid_trust_chain", reason: "PATH_TOO_LONG", at: 2 });
		replace(`${anchor.id} ${collective.id}`, await statement(anchor, collective, { constraints: { max_path_length: 1 } }));
		expect(await build()).toMatchObject({ ok: true });
	});

	it("for a name that a superior does not permit, or excludes", async () => {
		const { anchor, collective } = federation;
		const constrained = async (naming_constraints: object) => {
			replace(`${anchor.id} ${collective.id}`, await statement(anchor, collective, { constraints: { naming_constraints } }));
			return build();
		};
		expect(await constrained({ permitted: ["bfc.example"] })).toMatchObject({ error: "invalid_trust_chain", reason: "NAME_NOT_PERMITTED" });
		expect(await constrained({ excluded: [".occitanie.example"] })).toMatchObject({ reason: "NAME_NOT_PERMITTED" });
		expect(await constrained({ permitted: ["occitanie.example", ".occitanie.example"] })).toMatchObject({ ok: true });
	});

	it("for a critical claim that is not known", async () => {
		const { collective, institute } = federation;
		replace(`${collective.id} ${institute.id}`, await statement(collective, institute, { crit: ["jti"], jti: "1" }));
		expect(await build()).toMatchObject({ error: "invalid_trust_chain", reason: "UNKNOWN_CRITICAL_CLAIM", at: 1 });
	});

	it("for a critical operator of a policy that is not known", async () => {
		const { anchor, collective } = federation;
		const policy = { metadata_policy: { open_badge_issuer: { keywords: { regexp: "a" } } }, metadata_policy_crit: ["regexp"] };
		replace(`${anchor.id} ${collective.id}`, await statement(anchor, collective, policy));
		expect(await build()).toMatchObject({ error: "invalid_trust_chain", reason: "POLICY" });
	});

	it("for metadata that a policy does not allow", async () => {
		const { anchor, collective } = federation;
		const policy = { metadata_policy: { open_badge_issuer: { siret: { essential: true } } } };
		replace(`${anchor.id} ${collective.id}`, await statement(anchor, collective, policy));
		expect(await build()).toMatchObject({ error: "invalid_metadata", reason: "METADATA" });
	});

	it("for entities that stand above one another", async () => {
		const { collective, institute } = federation;
		collective.own = { ...collective.own, authority_hints: [institute.id] };
		institute.own = {
			...institute.own,
			metadata: { ...(institute.own.metadata as object), federation_entity: { federation_fetch_endpoint: `${institute.id}/fetch` } },
		};
		replace(collective.id, await configuration(collective));
		replace(institute.id, await configuration(institute));
		expect(await build()).toMatchObject({ error: "invalid_trust_chain", reason: "LOOP" });
	});

	it("for an anchor that is not trusted here", async () => {
		const stranger = await makeFederation();
		const anchors = new Map([["https://other.example", stranger.anchor.jwks()]]);
		expect(await buildChain(federation.institute.id, { ...options(), anchors })).toMatchObject({
			error: "invalid_trust_anchor",
			reason: "UNKNOWN_ANCHOR",
		});
	});

	it("for an anchor that signs by a key that is not the one known of it", async () => {
		const anchors = new Map([[federation.anchor.id, (await makeFederation()).anchor.jwks()]]);
		expect(await buildChain(federation.institute.id, { ...options(), anchors })).toMatchObject({ reason: "BAD_SIGNATURE", at: 3 });
	});

	it("for a symmetric signature, or none", async () => {
		const chain = chainOf(federation);
		const [header, payload] = (chain[0] as string).split(".") as [string, string];
		const none = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(header, "base64url").toString()), alg: "none" })).toString(
			"base64url",
		);
		expect(await verifyChain([`${none}.${payload}.`, ...chain.slice(1)], options())).toMatchObject({
			ok: false,
			error: "invalid_trust_chain",
		});
	});

	it("with its parts in another order", async () => {
		const [leaf, first, second, anchor] = chainOf(federation) as [string, string, string, string];
		expect(await verifyChain([leaf, second, first, anchor], options())).toMatchObject({ ok: false, reason: "WRONG_SUBJECT" });
		expect(await verifyChain([first, second, anchor], options())).toMatchObject({ ok: false, reason: "WRONG_SUBJECT" });
		expect(await verifyChain([], options())).toMatchObject({ ok: false, reason: "MALFORMED" });
	});
});

describe("an authority that does not answer", () => {
	it("leaves the chain unchecked, which is never valid and no proof of fraud", async () => {
		const { anchor, collective, jwts } = federation;
		jwts.delete(`${anchor.id} ${collective.id}`);
		expect(await build()).toMatchObject({ ok: false, status: "unchecked", error: "temporarily_unavailable", reason: "UNREACHABLE" });
	});

	it("does not matter where another way leads to an anchor", async () => {
		const { anchor, institute, jwts } = federation;
		institute.own = { ...institute.own, authority_hints: ["https://silent.example", "https://occitanie.example"] };
		jwts.set(institute.id, await configuration(institute));
		expect(await build()).toMatchObject({ ok: true, anchor: anchor.id });
	});
});

describe("keys that have been rotated", () => {
	/** Gives the collective another key; what it signed before stays as it was. */
	async function rotate(revoked?: object) {
		const { anchor, collective, jwts } = federation;
		const old = collective.key;
		collective.key = await makeKey(`${collective.id}#2`);
		jwts.set(collective.id, await configuration(collective));
		jwts.set(`${anchor.id} ${collective.id}`, await statement(anchor, collective));
		const keys = [{ ...old.jwk, iat: NOW - 1_000_000, exp: NOW - 10, ...(revoked ? { revoked } : {}) }];
		const set = await sign({ iss: collective.id, keys }, collective, { typ: "jwk-set+jwt" });
		const history = async (entity: string) =>
			entity === collective.id ? readHistoricalKeys(set, entity, collective.jwks(), ALGORITHMS) : undefined;
		return buildChain(federation.institute.id, { ...options(), history });
	}

	it("keep valid what they signed while they were in force", async () => {
		expect(await rotate()).toMatchObject({ ok: true });
		expect(await build()).toMatchObject({ reason: "UNKNOWN_KEY" });
	});

	it("and superseded, too", async () => {
		expect(await rotate({ revoked_at: NOW - 20, reason: "superseded" })).toMatchObject({ ok: true });
	});

	it("are believed in nothing once they are known to be compromised", async () => {
		expect(await rotate({ revoked_at: NOW - 20, reason: "compromised" })).toMatchObject({
			error: "invalid_trust_chain",
			reason: "COMPROMISED_KEY",
		});
	});

	it("are only those that the owner tells of with a key of today", async () => {
		const { collective, anchor } = federation;
		const forged = await sign({ iss: collective.id, keys: [] }, anchor, { typ: "jwk-set+jwt" });
		expect(await readHistoricalKeys(forged, collective.id, collective.jwks(), ALGORITHMS)).toBeUndefined();
	});
});
