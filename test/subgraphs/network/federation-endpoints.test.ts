import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { nowInSeconds } from "../../../subgraphs/kit/sign-token.ts";
import { readHistoricalKeys } from "../../../subgraphs/network/federation/historical-keys.ts";
import { verifyChain } from "../../../subgraphs/network/federation/verify-chain.ts";
import { collectiveEntity, markType } from "../../../subgraphs/network/trust/entity-ids.ts";
import { isSignedBy, signStatement } from "../../../subgraphs/network/trust/sign-statement.ts";
import { claimsOf, headerOf, startTrustHub, strangerKeys, type TrustHub } from "./trust-hub.ts";

/** OpenID Federation 1.0 over HTTP, as strangers ask it: the hub is the anchor, collectives are intermediates, institutes leaves. */

let hub: TrustHub;
let bravo: string;
let institute: string;
const [EMFOR, INSTEP] = ["emfor-bfc", "instep-occitanie"];

beforeAll(async () => {
	hub = await startTrustHub([EMFOR, INSTEP]);
	bravo = collectiveEntity(hub.base, "bravo-bfc");
	institute = new URL(hub.hub.institutes.endpoints.get(EMFOR) as string).origin;
});
afterAll(() => hub?.stop());

const resolveAddress = (sub: string, anchor = hub.base) => `/federation/resolve?${new URLSearchParams({ sub, trust_anchor: anchor })}`;

async function text(address: string): Promise<string> {
	const response = await hub.get(address);
	expect(response.status).toBe(200);
	return response.text();
}

async function fetchFrom(address: string): Promise<string> {
	const response = await fetch(address);
	expect(response.status).toBe(200);
	return response.text();
}

describe("each endpoint answers with its own content type and typ, signed by its entity", () => {
	it.each<[string, string, () => string]>([
		["entity-statement+jwt", "the hub's configuration", () => `${hub.base}/.well-known/openid-federation`],
		["entity-statement+jwt", "a collective's configuration", () => `${bravo}/.well-known/openid-federation`],
		["entity-statement+jwt", "an institute's configuration", () => `${institute}/.well-known/openid-federation`],
		["entity-statement+jwt", "the hub on a collective", () => `${hub.base}/federation/fetch?sub=${encodeURIComponent(bravo)}`],
		["entity-statement+jwt", "a collective on an institute", () => `${bravo}/fetch?sub=${encodeURIComponent(institute)}`],
		["resolve-response+jwt", "a resolved institute", () => hub.base + resolveAddress(institute)],
		["jwk-set+jwt", "keys of the past", () => `${hub.base}/federation/historical-keys`],
		[
			"trust-mark+jwt",
			"a mark",
			() => `${bravo}/trust-mark?${new URLSearchParams({ trust_mark_type: markType(hub.base, "charter"), sub: institute })}`,
		],
	])("%s: %s", async (typ, _title, address) => {
		const response = await fetch(address());
		expect(response.status).toBe(200);
		expect(response.headers.get("content-type")).toBe(`application/${typ}`);
		const token = await response.text();
		const { kid, alg, typ: said } = headerOf(token);
		expect({ alg, said }).toEqual({ alg: "EdDSA", said: typ });
		const { iss, sub } = claimsOf(token);
		const owner = claimsOf(await fetchFrom(`${iss}/.well-known/openid-federation`));
		const key = owner.jwks.keys.find((one: { kid: string }) => one.kid === kid);
		expect(await isSignedBy(token, key)).toBe(true);
		if (address().includes("well-known")) expect(sub).toBe(iss);
	});

	it("and lists are JSON", async () => {
		const list = async (query: string, at = `${hub.base}/federation`) => JSON.parse(await fetchFrom(`${at}/list${query}`));
		expect(await list("?intermediate=true")).toEqual([collectiveEntity(hub.base, "badgeons-occitanie"), bravo]);
		expect(await list("?entity_type=open_badge_issuer", bravo)).toEqual([institute]);
		expect(await list("?entity_type=openid_provider")).toEqual([]);
		expect(await list("?trust_marked=true")).toContain(institute);
		const operators = encodeURIComponent(markType(hub.base, "metabadge-operator"));
		expect(await list(`?trust_mark_type=${operators}`)).toEqual([institute]);
		expect(await list("?trust_marked=false")).not.toContain(institute);
		const marked = JSON.parse(await text(`/federation/trust-mark-list?trust_mark_type=${operators}`));
		expect(marked).toEqual([institute]);
		const { entities } = JSON.parse(await text("/federation/collection?entity_type=open_badge_issuer&query=emfor"));
		expect(entities).toHaveLength(1);
		expect(entities[0]).toMatchObject({
			entity_id: institute,
			ui_infos: { open_badge_issuer: { "display_name#fr": "EmFor Bourgogne-Franche-Comté" } },
		});
	});
});

describe("a chain", () => {
	it("over three levels is built and verified, and a stranger verifies it again with the anchor's key alone", async () => {
		const resolved = claimsOf(await text(resolveAddress(institute)));
		expect(resolved).toMatchObject({ iss: hub.base, sub: institute });
		expect(resolved.metadata.open_badge_issuer).toMatchObject({ profile_id: EMFOR, graphql_url: hub.hub.institutes.endpoints.get(EMFOR) });
		expect(resolved.trust_chain.map((jwt: string) => claimsOf(jwt).iss)).toEqual([institute, bravo, hub.base, hub.base]);
		const moment = { now: nowInSeconds(), skew: 5 };
		const anchors = new Map([[hub.base, { keys: [hub.anchorKey] }]]);
		const verified = await verifyChain(resolved.trust_chain, { anchors, moment });
		expect(verified).toMatchObject({ ok: true, metadata: resolved.metadata });
		const marks = resolved.trust_marks.map((one: { trust_mark_type: string }) => one.trust_mark_type).sort();
		expect(marks).toEqual([markType(hub.base, "charter"), markType(hub.base, "metabadge-operator")]);
		expect(resolved.exp).toBeLessThanOrEqual(Math.min(...resolved.trust_chain.map((jwt: string) => claimsOf(jwt).exp)));
		const stranger = new Map([[hub.base, { keys: (await strangerKeys()).published.keys }]]) as typeof anchors;
		expect(await verifyChain(resolved.trust_chain, { anchors: stranger, moment })).toMatchObject({ ok: false, reason: "UNKNOWN_KEY" });
	});

	it("gives the metadata of the types that are asked for", async () => {
		const { metadata } = claimsOf(await text(`${resolveAddress(institute)}&entity_type=federation_entity`));
		expect(Object.keys(metadata)).toEqual(["federation_entity"]);
	});

	it("of an institute that does not answer is unavailable, never invalid and never valid", async () => {
		const instep = new URL(hub.hub.institutes.endpoints.get(INSTEP) as string).origin;
		const running = hub.hub.institutes.running;
		await running.get(INSTEP)?.stop();
		running.delete(INSTEP);
		const response = await hub.get(resolveAddress(instep));
		expect(response.status).toBe(503);
		expect(await response.json()).toMatchObject({
			error: "temporarily_unavailable",
			error_description: expect.stringContaining("UNREACHABLE"),
		});
	});
});

describe("what is wrong is told with the code and the status of the standard", () => {
	it.each<[string, number, string, () => string]>([
		["no sub", 400, "invalid_request", () => "/federation/fetch"],
		["the hub on itself", 400, "invalid_request", () => `/federation/fetch?sub=${encodeURIComponent(hub.base)}`],
		["nobody", 404, "not_found", () => "/federation/fetch?sub=https://nobody.example"],
		["sub twice", 400, "invalid_request", () => "/federation/fetch?sub=https://a.example&sub=https://b.example"],
		["a filter that is not known", 400, "unsupported_parameter", () => "/federation/list?colour=red"],
		["a flag that is none", 400, "invalid_request", () => "/federation/list?intermediate=perhaps"],
		["no anchor", 400, "invalid_request", () => `/federation/resolve?sub=${encodeURIComponent(institute)}`],
		["another anchor", 404, "invalid_trust_anchor", () => resolveAddress(institute, "https://other.example")],
		["a stranger to be resolved", 404, "invalid_subject", () => resolveAddress("https://stranger.example")],
		[
			"a mark that it does not bear",
			404,
			"not_found",
			() => `/federation/trust-mark?trust_mark_type=x&sub=${encodeURIComponent(institute)}`,
		],
		["no type of mark", 400, "invalid_request", () => "/federation/trust-mark-list"],
		["a collective that does not exist", 404, "not_found", () => "/federation/collectives/nobody/list"],
		["an address that does not exist", 404, "not_found", () => "/federation/nothing"],
		["a page that is none", 400, "invalid_request", () => "/federation/collection?limit=0"],
		["a place of the log that is none", 400, "invalid_request", () => "/federation/log?after=-1"],
		["a statement that does not exist", 404, "not_found", () => "/federation/statements/none"],
	])("%s", async (_title, status, error, address) => {
		const response = await hub.get(address());
		const body = (await response.json()) as { error: string; error_description: string };
		expect([response.status, body.error]).toEqual([status, error]);
		expect(body.error_description).not.toBe("");
	});
});

describe("a trust mark", () => {
	const status = async (at: string, mark: string) => {
		const response = await fetch(`${at}/trust-mark-status`, { method: "POST", body: new URLSearchParams({ trust_mark: mark }) });
		if (!response.ok) return response.status;
		expect(response.headers.get("content-type")).toBe("application/trust-mark-status-response+jwt");
		const token = await response.text();
		expect(claimsOf(token)).toMatchObject({ iss: at === bravo ? bravo : hub.base, trust_mark: mark });
		return claimsOf(token).status;
	};
	const charter = () =>
		fetchFrom(`${bravo}/trust-mark?${new URLSearchParams({ trust_mark_type: markType(hub.base, "charter"), sub: institute })}`);

	it("is active until its issuer revokes the statement that it is made of", async () => {
		const mark = await charter();
		expect(await status(bravo, mark)).toBe("active");
		expect(await status(`${hub.base}/federation`, mark)).toBe(404);
		expect(await status(bravo, `${mark.slice(0, -6)}AAAAAA`)).toBe("invalid");
		expect(await status(bravo, "nonsense")).toBe(400);
		const revocation = {
			iss: "collective/bravo-bfc",
			aud: hub.authority.network,
			sub: claimsOf(mark).statement,
			reason: "Charte quittée.",
		};
		const token = await signStatement(hub.authority.collective("bravo-bfc"), "REVOCATION", revocation);
		expect(await hub.send(token)).toMatchObject({ __typename: "StatementPublished" });
		expect(await status(bravo, mark)).toBe("revoked");
		const { trust_marks } = claimsOf(await text(resolveAddress(institute)));
		expect(trust_marks.map((one: { trust_mark_type: string }) => one.trust_mark_type)).toEqual([markType(hub.base, "metabadge-operator")]);
	});

	it("needs its parameter as a form", async () => {
		const response = await hub.get("/federation/trust-mark-status");
		expect(response.status).toBe(404);
		const empty = await fetch(`${hub.base}/federation/trust-mark-status`, { method: "POST", body: new URLSearchParams({}) });
		expect([empty.status, ((await empty.json()) as { error: string }).error]).toEqual([400, "invalid_request"]);
	});
});

describe("keys that were replaced", () => {
	it("are in the history that the hub signs, with when and why", async () => {
		const [old, fresh] = [hub.keysOf(EMFOR), await strangerKeys()];
		await hub.publish(EMFOR, "KEY", { sub: EMFOR, event: "rotated", jwk: fresh.published.keys[0], kid: old.kid });
		const set = await text(`/federation/historical-keys?sub=${encodeURIComponent(institute)}`);
		const keys = await readHistoricalKeys(set, hub.base, { keys: [hub.anchorKey] }, ["EdDSA"]);
		expect(keys).toEqual([expect.objectContaining({ kid: old.kid, revoked: { revoked_at: expect.any(Number), reason: "superseded" } })]);
		const own = claimsOf(await fetchFrom(`${hub.base}/federation/fetch?sub=${encodeURIComponent(institute)}`));
		expect(own.jwks.keys.map(({ kid }: { kid: string }) => kid)).toEqual([fresh.kid]);
		// The institute itself still presents the old one: nobody vouches for that any more.
		const response = await hub.get(resolveAddress(institute));
		expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, "invalid_trust_chain"]);
	});
});
