import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readInstituteConfig } from "../../../subgraphs/institute/config.ts";
import { readAccess } from "../../../subgraphs/kit/access-settings.ts";
import { readPartSettings } from "../../../subgraphs/kit/config.ts";

const folder = mkdtempSync(path.join(tmpdir(), "access-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: unknown) => {
	const address = path.join(folder, name);
	writeFileSync(address, JSON.stringify(content));
	return address;
};
const jwks = "https://hub.example/.well-known/jwks.json";

describe("whom an institute answers", () => {
	const read = (more: object) => readInstituteConfig(file("my.json", { slug: "a", name: "A", ...more }));

	it("is said by its settings: everyone, the router, or both", () => {
		expect(read({ publicReads: true }).access).toEqual({ publicReads: true });
		expect(read({ router: { keys: jwks, issuer: "https://hub.example" } }).access).toEqual({
			publicReads: false,
			router: { keys: { url: jwks }, issuer: "https://hub.example" },
		});
		const own = { keys: [{ kty: "OKP", crv: "Ed25519", x: "AA" }] };
		expect(read({ publicReads: true, router: { keys: own } }).access).toEqual({ publicReads: true, router: { keys: { keys: own } } });
	});

	it("is somebody", () => {
		expect(() => read({})).toThrow(/publicReads: nobody could read anything/);
		expect(() => read({ router: { keys: "somewhere" } })).toThrow(/router\.keys: must be/);
	});
});

describe("whom one of the hub's subgraphs answers", () => {
	const DATABASE_URL = "postgres://u:p@localhost/db";
	const read = (more: Record<string, string>) => readAccess(readPartSettings(4001, { DATABASE_URL, ...more }));

	it("is said by the environment", () => {
		expect(read({ PUBLIC_READS: "yes" })).toEqual({ publicReads: true });
		expect(read({ ROUTER_KEYS: jwks })).toEqual({ publicReads: false, router: { keys: { url: jwks } } });
		const keys = { keys: [{ kty: "OKP", crv: "Ed25519", x: "AA" }] };
		expect(read({ ROUTER_KEYS: file("keys.json", keys), PUBLIC_READS: "no" })).toEqual({ publicReads: false, router: { keys: { keys } } });
	});

	it("is somebody", () => {
		expect(() => read({})).toThrow(/ROUTER_KEYS: nobody would be answered/);
		expect(() => read({ PUBLIC_READS: "maybe" })).toThrow(/PUBLIC_READS: must be `yes` or `no`/);
		const secret = file("secret.json", { keys: [{ kty: "OKP", crv: "Ed25519", x: "AA", d: "AA" }] });
		expect(() => read({ ROUTER_KEYS: secret })).toThrow(/keys\.0: must be a public key/);
		expect(() => read({ ROUTER_KEYS: path.join(folder, "none.json") })).toThrow(/there is no such file/);
	});
});
