import { describe, expect, it } from "vitest";
import { applyPolicy, type Metadata, type MetadataPolicy, mergePolicies } from "../../../subgraphs/network/federation/metadata-policy.ts";

function resolve(policies: readonly MetadataPolicy[], metadata: Metadata, critical: readonly string[] = []) {
	const merged = mergePolicies(policies, critical);
	return merged.ok ? applyPolicy(merged.policy, metadata) : merged;
}

describe("policies merged down a chain", () => {
	it("only ever narrow: what is allowed above and below", () => {
		const policies = [{ contacts: { subset_of: ["a", "b", "c"] } }, { contacts: { subset_of: ["b", "c", "d"], superset_of: ["b"] } }];
		expect(resolve(policies, { contacts: ["a", "b", "c", "d"] })).toEqual({ ok: true, metadata: { contacts: ["b", "c"] } });
		expect(resolve(policies, { contacts: ["c"] })).toMatchObject({
			error: "invalid_metadata",
			description: "contacts: lacks a required value",
		});
	});

	it("refuse a subordinate that says otherwise than its superior, and name the parameter", () => {
		expect(resolve([{ logo_uri: { value: "https://a.example/" } }, { logo_uri: { value: "https://b.example/" } }], {})).toMatchObject({
			error: "invalid_policy",
			description: expect.stringContaining("logo_uri"),
		});
		expect(resolve([{ alg: { one_of: ["ES256"] } }, { alg: { one_of: ["EdDSA"] } }], {})).toMatchObject({ error: "invalid_policy" });
	});

	it.each([
		["one_of beside subset_of", { x: { one_of: ["a"], subset_of: ["a"] } }],
		["a value outside of one_of", { x: { value: "b", one_of: ["a"] } }],
		["a value removed that is essential", { x: { value: null, essential: true } }],
		["more to be added than subset_of allows", { x: { add: ["b"], subset_of: ["a"] } }],
		["a list operator without a list", { x: { add: "a" } }],
		["a default of nothing", { x: { default: null } }],
	])("refuse %s where it is written", (_title, policy) => {
		expect(resolve([policy as MetadataPolicy], { x: "a" })).toMatchObject({ ok: false, error: "invalid_policy" });
	});

	it("leave out operators that are not known, unless they are critical", () => {
		const policies = [{ x: { regexp: "^a$", value: "a" } }];
		expect(resolve(policies, {})).toEqual({ ok: true, metadata: { x: "a" } });
		expect(resolve(policies, {}, ["regexp"])).toMatchObject({ error: "invalid_policy", description: expect.stringContaining("regexp") });
	});

	it("treat a scope as the words that it is made of", () => {
		expect(resolve([{ scope: { subset_of: "openid email" } }], { scope: "openid profile email" })).toEqual({
			ok: true,
			metadata: { scope: "openid email" },
		});
	});

	it("leave metadata alone that they do not speak of", () => {
		expect(resolve([{ x: { default: 1 } }], { y: [2] })).toEqual({ ok: true, metadata: { x: 1, y: [2] } });
	});
});
