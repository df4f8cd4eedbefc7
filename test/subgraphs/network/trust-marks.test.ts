import { beforeEach, describe, expect, it } from "vitest";
import { type MarkOptions, verifyTrustMark } from "../../../subgraphs/network/federation/trust-mark.ts";
import { type Entity, makeEntity, makeKey, NOW, type Signing, sign } from "./federation-kit.ts";

const CHARTER = "https://occitanie.example/charte";
const SUBJECT = "https://instep.example";

let issuer: Entity;
let owner: Entity;

beforeEach(async () => {
	[issuer, owner] = await Promise.all([makeEntity("https://occitanie.example"), makeEntity("https://region.example")]);
});

const mark = (claims: object = {}, signing: Signing = {}) =>
	sign({ iss: issuer.id, sub: SUBJECT, trust_mark_type: CHARTER, ...claims }, issuer, { typ: "trust-mark+jwt", ...signing });

const verify = async (jwt: string | Promise<string>, options: Partial<MarkOptions> = {}) =>
	verifyTrustMark(await jwt, SUBJECT, {
		anchor: { trust_mark_issuers: { [CHARTER]: [issuer.id] } },
		keysOf: async (id) => (id === issuer.id ? issuer.jwks() : undefined),
		statusOf: async () => "active",
		moment: { now: NOW, skew: 30 },
		...options,
	});

describe("a trust mark", () => {
	it("stands when its issuer may give it, has signed it and has not withdrawn it", async () => {
		expect(await verify(mark({ qualiopi: "2024-123" }))).toMatchObject({
			ok: true,
			mark: { trust_mark_type: CHARTER, qualiopi: "2024-123" },
		});
	});

	it("that is revoked is invalid, whatever its signature", async () => {
		expect(await verify(mark(), { statusOf: async () => "revoked" })).toMatchObject({ ok: false, status: "invalid", reason: "REVOKED" });
	});

	it("whose issuer does not answer is unchecked, not valid", async () => {
		const silent = () => Promise.reject(new Error("no answer"));
		expect(await verify(mark(), { statusOf: silent })).toMatchObject({ ok: false, status: "unchecked", reason: "UNREACHABLE" });
		expect(await verify(mark(), { keysOf: silent })).toMatchObject({ status: "unchecked" });
	});

	it.each<[string, string, () => Promise<string>]>([
		["of another", "WRONG_SUBJECT", () => mark({ sub: "https://other.example" })],
		["with a wrong typ", "WRONG_TYPE", () => mark({}, { typ: "JWT" })],
		["that has expired", "EXPIRED", () => mark({ exp: NOW - 31 })],
		["of a time that has not come", "NOT_YET_VALID", () => mark({ iat: NOW + 31 })],
		["of a type that the anchor does not know", "ISSUER_NOT_ALLOWED", () => mark({ trust_mark_type: "https://x.example" })],
		["by an issuer that the anchor does not name", "ISSUER_NOT_ALLOWED", () => mark({ iss: "https://other.example" })],
		["signed by an unknown key", "UNKNOWN_KEY", () => mark({}, { kid: "other" })],
		["signed by another key of the same name", "BAD_SIGNATURE", async () => mark({}, { key: await makeKey(issuer.key.kid) })],
	])("%s is refused", async (_title, reason, make) => {
		expect(await verify(make())).toMatchObject({ ok: false, status: "invalid", reason });
	});

	it("of a type with an owner needs the owner's delegation", async () => {
		const anchor = {
			trust_mark_issuers: { [CHARTER]: [issuer.id] },
			trust_mark_owners: { [CHARTER]: { sub: owner.id, jwks: owner.jwks() } },
		};
		const delegation = (by: Entity, claims: object = {}) =>
			sign({ iss: owner.id, sub: issuer.id, trust_mark_type: CHARTER, ...claims }, by, { typ: "trust-mark-delegation+jwt" });
		expect(await verify(mark({ delegation: await delegation(owner) }), { anchor })).toMatchObject({ ok: true });
		for (const wrong of [undefined, await delegation(issuer), await delegation(owner, { sub: "https://other.example" }), "nonsense"])
			expect(await verify(mark({ delegation: wrong }), { anchor })).toMatchObject({ ok: false, reason: "NOT_DELEGATED" });
	});
});
