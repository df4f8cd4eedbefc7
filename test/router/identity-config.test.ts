import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { readRouterConfig } from "../../router/config.ts";
import { developmentIssuer, developmentToken } from "../../router/identity/development-issuer.ts";
import { addKey, keepKeys } from "../../subgraphs/kit/key-file.ts";
import { runProgram } from "../kit/program.ts";
import { startFronted } from "./front-kit.ts";

const folder = mkdtempSync(path.join(tmpdir(), "identity-config-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const read = (settings: object) => {
	const file = path.join(folder, "router.json");
	writeFileSync(file, JSON.stringify({ supergraph: "s.graphql", subgraphs: {}, ...settings }));
	return readRouterConfig(file);
};
const issuer = { issuer: "https://login.example", audience: "hub", keys: "https://login.example/jwks.json" };

describe("the settings of identity", () => {
	it("name issuers, with their keys by address or themselves, and the router's own keys, made where there are none", () => {
		const inline = { ...issuer, issuer: "inline", keys: { keys: [] }, algorithms: ["ES256"], clockSkew: 5 };
		const config = read({
			front: { identity: { issuers: [issuer, inline], publicMutations: ["Mutation.register"] } },
			signing: { issuer: "https://hub.example", keys: "router-keys.json", signedReads: ["network"] },
		});
		expect(config.front.identity).toEqual({
			issuers: [
				{ ...issuer, keys: { url: issuer.keys } },
				{ ...inline, keys: { keys: { keys: [] } } },
			],
			publicMutations: ["Mutation.register"],
		});
		expect(config.signing).toMatchObject({ issuer: "https://hub.example", signedReads: ["network"] });
		expect(config.signing?.keys.kid).toBe(keepKeys(path.join(folder, "router-keys.json")).kid);
	});

	it.each([
		[{ issuers: [{ ...issuer, algorithms: ["HS256"] }] }, "front.identity.issuers.0.algorithms.0: must be one of EdDSA"],
		[{ issuers: [{ ...issuer, algorithms: ["none"] }] }, "front.identity.issuers.0.algorithms.0"],
		[{ issuers: [{ ...issuer, keys: "somewhere" }] }, "front.identity.issuers.0.keys: must be the address"],
		[{ issuers: [issuer, issuer] }, "front.identity.issuers: each issuer is named once"],
		[{ issuers: [issuer], development: true }, "front.identity.development: a router that has issuers has no development issuer"],
		[{ publicMutations: ["register"] }, "front.identity.publicMutations.0: must be like Mutation.register"],
		[{ issuer: "x" }, 'unknown key "issuer"'],
	])("are refused: %j", (identity, problem) => {
		expect(() => read({ front: { identity } })).toThrow(problem);
	});

	it("trust the development issuer on this machine only, and never in production", () => {
		vi.stubEnv("HUB_DATA", path.join(folder, "data"));
		expect(read({ front: { identity: { development: true } } }).front.identity?.issuers).toHaveLength(1);
		expect(() => read({ host: "0.0.0.0", front: { identity: { development: true } } })).toThrow(/listens on 0\.0\.0\.0/);
		vi.stubEnv("NODE_ENV", "production");
		expect(() => read({ front: { identity: { development: true } } })).toThrow(/NODE_ENV is production/);
	});
});

describe("a file of keys", () => {
	it("is for its owner alone, and publishes no private part", () => {
		const file = path.join(folder, "own", "keys.json");
		const keys = keepKeys(file);
		expect(statSync(file).mode & 0o777).toBe(0o600);
		expect(readFileSync(file, "utf8")).toContain('"d"');
		expect(JSON.stringify(keys.published)).not.toContain('"d"');
		expect(keepKeys(file).kid).toBe(keys.kid);
	});

	it("publishes a key that is added before anything is signed with it", () => {
		const file = path.join(folder, "own", "changed.json");
		const { kid } = keepKeys(file);
		expect(addKey(file)).toBe(2);
		const both = keepKeys(file);
		expect([both.kid, both.published.keys.length]).toEqual([kid, 2]);
		const { keys } = JSON.parse(readFileSync(file, "utf8")) as { keys: object[] };
		writeFileSync(file, JSON.stringify({ keys: keys.slice(1) }));
		expect(keepKeys(file).kid).toBe(both.published.keys[1]?.kid);
	});

	it("is refused when it is none", () => {
		const file = path.join(folder, "wrong.json");
		writeFileSync(file, JSON.stringify({ keys: [{ kty: "RSA" }] }));
		expect(() => keepKeys(file)).toThrow(/wrong\.json has .*mistakes/);
	});
});

it("a token of the development issuer opens a router that trusts it, and no other", async () => {
	const data = path.join(folder, "development");
	const token = await developmentToken(data, { subject: "marie", scope: "a b", minutes: 5 });
	const headers = { authorization: `Bearer ${token}` };
	const trusting = await startFronted({}, { identity: { issuers: [developmentIssuer(data)] } });
	const other = await startFronted({}, { identity: { issuers: [developmentIssuer(path.join(folder, "another"))] } });
	expect((await trusting.post({ query: "{ __typename }" }, headers)).status).toBe(200);
	expect((await other.post({ query: "{ __typename }" }, headers)).status).toBe(401);
	await trusting.stop();
	await other.stop();
});

describe("npm run token", () => {
	const data = path.join(folder, "command");
	const command = (words: string[], env: Record<string, string> = {}) =>
		runProgram("router/identity/token.ts", words, { env: { HUB_DATA: data, ...env } });

	it("prints a token of the hub whose data folder it reads", async () => {
		const program = command(["--subject", "marie", "--scope", "badges:write", "--minutes", "5"]);
		expect(await program.ended, program.output()).toBe(0);
		const router = await startFronted({}, { identity: { issuers: [developmentIssuer(data)] } });
		const headers = { authorization: `Bearer ${program.output().trim()}` };
		expect((await router.post({ query: "{ __typename }" }, headers)).status).toBe(200);
		await router.stop();
	});

	it.each([
		[["--subject", "marie"], { NODE_ENV: "production" }, "NODE_ENV is production: there is no development issuer"],
		[[], {}, "Say who the token is of"],
		[["--subject", "marie", "--minutes", "0"], {}, "--minutes: must be a whole number from 1 to 1440"],
	])("refuses %j %j", async (words, env, problem) => {
		const program = command(words, env as Record<string, string>);
		expect(await program.ended).toBe(1);
		expect(program.output()).toContain(problem);
	});
});
