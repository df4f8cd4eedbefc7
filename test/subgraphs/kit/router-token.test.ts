import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import { createClient } from "graphql-ws";
import { exportJWK, type JWK, SignJWT } from "jose";
import { Agent } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import type { SubgraphAccess } from "../../../subgraphs/kit/access.ts";
import { KeySet } from "../../../subgraphs/kit/key-set.ts";
import { createLog } from "../../../subgraphs/kit/log.ts";
import { digestOfBody, digestOfOperation, ROUTER_TOKEN_HEADER } from "../../../subgraphs/kit/router-token/format.ts";
import { UsedTokens } from "../../../subgraphs/kit/router-token/replay.ts";
import { type RouterSigner, routerSigner } from "../../../subgraphs/kit/router-token/signer.ts";
import { routerTokenVerifier } from "../../../subgraphs/kit/router-token/verifier.ts";
import { type RunningServer, serveSubgraph } from "../../../subgraphs/kit/serve.ts";
import { type JwksServer, makeKey, signWith, startJwks } from "../../kit/jwks-server.ts";

/** A router's key, with a signer for it, and one by a clock that is wrong by some seconds. */
async function routerKey(kid: string) {
	const made = await makeKey(kid);
	const signing = { issuer: "router", key: createPrivateKey({ key: (await exportJWK(made.privateKey)) as never, format: "jwk" }), kid };
	return {
		...made,
		signer: routerSigner(signing),
		at: (seconds: number, life: number) => routerSigner({ ...signing, life, now: () => Date.now() + seconds * 1000 }),
	};
}

const caller = { issuer: "https://login.example", subject: "marie", scopes: new Set(["badges:write", "badges:read"]) };
const READ = JSON.stringify({ query: "{ who }" });
const CHANGE = JSON.stringify({ query: "mutation { change }" });

let key: Awaited<ReturnType<typeof routerKey>>;
let jwks: JwksServer;
const servers: RunningServer[] = [];

/** A subgraph that tells who asks. */
async function start(access: SubgraphAccess, isOwner?: (headers: { authorization?: string }) => boolean): Promise<RunningServer> {
	const who = (_: unknown, __: unknown, context: { caller?: typeof caller }) =>
		context.caller ? `${context.caller.subject} ${[...context.caller.scopes].join(" ")}` : "nobody";
	const server = await serveSubgraph({
		name: "notes",
		access,
		isOwner,
		schema: buildSubgraphSchema([
			{
				typeDefs: parse("type Query { who: String! } type Mutation { change: String! } type Subscription { events: String! }"),
				resolvers: {
					Query: { who },
					Mutation: { change: who },
					Subscription: {
						events: {
							async *subscribe() {
								yield {};
							},
							resolve: who,
						},
					},
				} as never,
			},
		]),
		log: createLog("test", "silent"),
		port: 0,
		host: "127.0.0.1",
		context: () => ({}),
	});
	servers.push(server);
	return server;
}

interface Told {
	status: number;
	data?: { who?: string; change?: string } | null;
	code?: string;
}

async function send(server: RunningServer, body: string, headers: Record<string, string> = {}): Promise<Told> {
	const response = await fetch(server.url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
	const { data, errors } = (await response.json()) as { data?: Told["data"]; errors?: { extensions: { code: string } }[] };
	return { status: response.status, ...(data ? { data } : {}), ...(errors ? { code: errors[0]?.extensions.code } : {}) };
}

const signed = (body: string, by: RouterSigner = key.signer, audience = "notes", as?: typeof caller) => ({
	[ROUTER_TOKEN_HEADER]: by.sign(audience, digestOfBody(body), as),
});

let closed: RunningServer;
let open: RunningServer;

beforeAll(async () => {
	key = await routerKey("one");
	jwks = await startJwks(key);
	closed = await start({ publicReads: false, router: { keys: { url: jwks.url }, issuer: "router" } });
	open = await start({ publicReads: true, router: { keys: { keys: { keys: [key.jwk] } } } });
});
afterAll(async () => {
	await Promise.all(servers.map((server) => server.stop()));
	await jwks.stop();
});

describe("a subgraph without public reads", () => {
	it("answers what the router has signed, and knows for whom it asks", async () => {
		expect(await send(closed, READ, signed(READ))).toEqual({ status: 200, data: { who: "nobody" } });
		expect(await send(closed, READ, signed(READ, key.signer, "notes", caller))).toEqual({
			status: 200,
			data: { who: "marie badges:write badges:read" },
		});
		expect(await send(closed, CHANGE, signed(CHANGE, key.signer, "notes", caller))).toMatchObject({ status: 200 });
	});

	it("refuses what has no token, by POST and by GET", async () => {
		expect(await send(closed, READ)).toEqual({ status: 401, code: "ROUTER_TOKEN_REQUIRED" });
		expect(await send(closed, CHANGE)).toEqual({ status: 401, code: "ROUTER_TOKEN_REQUIRED" });
		const response = await fetch(`${closed.url}?query={who}`, { headers: { "apollo-require-preflight": "yes" } });
		expect(response.status).toBe(401);
		expect(response.headers.get("www-authenticate")).toBe("RouterToken");
	});

	it("still says that it is up, and ready", async () => {
		for (const path of ["health", "ready"]) expect((await fetch(`${closed.origin}/${path}`)).status).toBe(200);
	});

	it("refuses an expired token, one of the future, and one that lives too long", async () => {
		const at = (seconds: number, life = 30) => key.at(seconds, life);
		expect(await send(closed, READ, signed(READ, at(-45)))).toEqual({ status: 401, code: "ROUTER_TOKEN_EXPIRED" });
		expect(await send(closed, READ, signed(READ, at(60)))).toEqual({ status: 401, code: "ROUTER_TOKEN_NOT_YET_VALID" });
		expect(await send(closed, READ, signed(READ, at(0, 61)))).toEqual({ status: 401, code: "ROUTER_TOKEN_MALFORMED" });
	});

	it("refuses a token for another subgraph, and one of another router", async () => {
		expect(await send(closed, READ, signed(READ, key.signer, "network"))).toEqual({ status: 401, code: "WRONG_AUDIENCE" });
		const token = await signWith(key, claims({ iss: "another" }), { typ: "router+jwt" });
		expect(await send(closed, READ, { [ROUTER_TOKEN_HEADER]: token })).toEqual({ status: 401, code: "WRONG_ISSUER" });
	});

	it("refuses a body that is not the one that was signed, by a single byte", async () => {
		expect(await send(closed, READ.replace("{ who }", "{  who }"), signed(READ))).toEqual({ status: 401, code: "BODY_CHANGED" });
		expect(await send(closed, `${READ} `, signed(READ))).toEqual({ status: 401, code: "BODY_CHANGED" });
		const response = await fetch(`${closed.url}?query={who}`, { headers: { "apollo-require-preflight": "yes", ...signed("") } });
		expect(response.status).toBe(401);
	});

	it("refuses a token that was used before", async () => {
		const headers = signed(READ);
		expect(await send(closed, READ, headers)).toMatchObject({ status: 200 });
		expect(await send(closed, READ, headers)).toEqual({ status: 401, code: "REPLAYED" });
	});

	it("refuses a key that the router does not publish, and a signature of another key under its name", async () => {
		const stranger = await routerKey("stranger");
		const impostor = await routerKey("one");
		expect(await send(closed, READ, signed(READ, stranger.signer))).toEqual({ status: 401, code: "UNKNOWN_KEY" });
		expect(await send(closed, READ, signed(READ, impostor.signer))).toEqual({ status: 401, code: "BAD_SIGNATURE" });
	});

	it("refuses tokens without a signature, signed with the public key as a secret, or of another kind", async () => {
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
		const none = `${part({ alg: "none", typ: "router+jwt" })}.${part(claims())}.`;
		const secret = new TextEncoder().encode(JSON.stringify(key.jwk));
		const symmetric = await new SignJWT(claims()).setProtectedHeader({ alg: "HS256", typ: "router+jwt", kid: "one" }).sign(secret);
		const access = await signWith(key, claims(), { typ: "at+jwt" });
		const endless = await signWith(key, { ...claims(), exp: undefined }, { typ: "router+jwt" });
		expect((await send(closed, READ, { [ROUTER_TOKEN_HEADER]: none })).code).toMatch(/ALGORITHM_NOT_ALLOWED|MALFORMED/);
		expect(await send(closed, READ, { [ROUTER_TOKEN_HEADER]: symmetric })).toEqual({ status: 401, code: "ALGORITHM_NOT_ALLOWED" });
		for (const token of [access, endless, "nonsense", ""])
			expect(await send(closed, READ, { [ROUTER_TOKEN_HEADER]: token })).toEqual({ status: 401, code: "ROUTER_TOKEN_MALFORMED" });
	});

	it("lets its owner in by credentials of its own", async () => {
		const owned = await start({ publicReads: false }, ({ authorization }) => authorization === "Bearer mine");
		expect(await send(owned, CHANGE, { authorization: "Bearer mine" })).toMatchObject({ status: 200 });
		expect(await send(owned, CHANGE, { authorization: "Bearer yours" })).toEqual({ status: 401, code: "ROUTER_TOKEN_REQUIRED" });
		expect(await send(owned, READ, signed(READ))).toEqual({ status: 401, code: "UNKNOWN_KEY" });
	});
});

describe("a subgraph with public reads", () => {
	it("answers queries that nobody signed, and no mutation", async () => {
		expect(await send(open, READ)).toEqual({ status: 200, data: { who: "nobody" } });
		expect(await send(open, CHANGE)).toEqual({ status: 401, code: "ROUTER_TOKEN_REQUIRED" });
		const both = JSON.stringify({ query: "query A { who } mutation B { change }", operationName: "B" });
		expect(await send(open, both)).toEqual({ status: 401, code: "ROUTER_TOKEN_REQUIRED" });
		expect(await send(open, CHANGE, signed(CHANGE))).toMatchObject({ status: 200, data: { change: "nobody" } });
	});

	it("does not take a wrong token for none", async () => {
		expect(await send(open, READ, signed(READ, key.signer, "network"))).toEqual({ status: 401, code: "WRONG_AUDIENCE" });
	});
});

describe("over WebSocket", () => {
	it("an operation is answered when the token of the connection was made for it", async () => {
		const query = "subscription { events }";
		const token = (text: string, as?: typeof caller) => ({
			[ROUTER_TOKEN_HEADER]: key.signer.sign("notes", digestOfOperation(text, {}), as),
		});
		expect(await overSocket(closed, query, token(query, caller))).toEqual([{ data: { events: "marie badges:write badges:read" } }]);
		expect(await overSocket(closed, query)).toEqual(["ROUTER_TOKEN_REQUIRED"]);
		expect(await overSocket(closed, "{ who }", token(query))).toEqual(["BODY_CHANGED"]);
		expect(await overSocket(open, query)).toEqual([{ data: { events: "nobody" } }]);
		expect(await overSocket(open, "mutation { change }")).toEqual(["ROUTER_TOKEN_REQUIRED"]);
		expect(await overSocket(open, "mutation { change }", token("mutation { change }"))).toEqual([{ data: { change: "nobody" } }]);
	});

	it("a digest does not depend on the order in which variables are written", () => {
		expect(digestOfOperation("{ a }", { b: 1, a: { d: [1, "é"], c: null } })).toBe(
			digestOfOperation("{ a }", { a: { c: null, d: [1, "é"] }, b: 1 }),
		);
		expect(digestOfOperation("{ a }", undefined)).toBe(digestOfOperation("{ a }", {}));
		expect(digestOfOperation("{ a }", { a: 1 })).not.toBe(digestOfOperation("{ a }", { a: "1" }));
	});
});

describe("the router's keys", () => {
	const pool = new Agent();
	afterAll(() => pool.destroy());

	it("are read again for one that is not known, and one that is withdrawn is refused", async () => {
		const [first, second] = [await routerKey("first"), await routerKey("second")];
		const published = await startJwks(first);
		let time = 0;
		const keys = new KeySet({ url: published.url }, { pool, cooldown: 1000, maxAge: 60_000 }, () => time);
		const verify = routerTokenVerifier({ audience: "notes", keys });
		const ask = (by: typeof first) => verify(by.signer.sign("notes", "d"), "d");
		await ask(first);
		await expect(ask(second)).rejects.toMatchObject({ code: "UNKNOWN_KEY" });
		expect(published.requests).toBe(1);
		published.publish(first, second);
		time += 1000;
		await ask(second);
		expect(published.requests).toBe(2);

		published.publish(second);
		time += 60_001;
		await ask(first);
		await expect.poll(() => keys.version).toBe(3);
		await expect(ask(first)).rejects.toMatchObject({ code: "UNKNOWN_KEY" });
		await ask(second);
		await published.stop();
	});

	it("stay in force while they cannot be read, and are unavailable where they never were", async () => {
		const published = await startJwks(key);
		let time = 0;
		const verify = routerTokenVerifier({
			audience: "notes",
			keys: new KeySet({ url: published.url }, { pool, cooldown: 1000, maxAge: 1000 }, () => time),
		});
		const ask = () => verify(key.signer.sign("notes", "d"), "d");
		await ask();
		published.fail(true);
		for (let hour = 0; hour < 3; hour += 1) {
			time += 3_600_000;
			await ask();
		}
		const never = routerTokenVerifier({ audience: "notes", keys: new KeySet({ url: published.url }, { pool }, () => time) });
		await expect(never(key.signer.sign("notes", "d"), "d")).rejects.toMatchObject({ code: "KEYS_UNAVAILABLE", status: 503 });
		await published.stop();
	});
});

describe("the memory of used tokens", () => {
	it("forgets what is over, and accepts nothing beyond what it holds", () => {
		let time = 0;
		const used = new UsedTokens(1000, 2, () => time);
		expect([used.use("a"), used.use("a"), used.use("b"), used.use("c")]).toEqual(["new", "used", "new", "full"]);
		time = 1000;
		expect([used.use("a"), used.use("c")]).toEqual(["used", "new"]);
		time = 2000;
		expect([used.use("a"), used.use("c")]).toEqual(["new", "used"]);
		time = 9000;
		expect([used.use("c"), used.use("a")]).toEqual(["new", "new"]);
	});
});

it("a token names whoever it is for, whatever their names hold", async () => {
	const odd = { issuer: 'https://"odd"', subject: 'é"\\\n', scopes: new Set<string>() };
	const { privateKey, publicKey } = generateKeyPairSync("ed25519");
	const signer = routerSigner({ issuer: 'a "router"', key: privateKey, kid: "k" });
	const jwk = { ...publicKey.export({ format: "jwk" }), kid: "k" } as JWK;
	const pool = new Agent();
	const verify = routerTokenVerifier({ audience: 'no"tes', keys: new KeySet({ keys: { keys: [jwk] } }, { pool }), issuer: 'a "router"' });
	expect(await verify(signer.sign('no"tes', "d", odd), "d")).toEqual(odd);
	await pool.destroy();
});

function claims(changes: object = {}) {
	const iat = Math.floor(Date.now() / 1000);
	return { iss: "router", aud: "notes", iat, exp: iat + 30, jti: String(Math.random()), digest: digestOfBody(READ), ...changes };
}

/** Runs one operation: its results, or the codes it was refused with. */
function overSocket(server: RunningServer, query: string, connectionParams?: Record<string, string>): Promise<unknown[]> {
	const client = createClient({ url: server.url.replace("http", "ws"), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams });
	const results: unknown[] = [];
	return new Promise<unknown[]>((resolve, reject) => {
		client.subscribe(
			{ query },
			{
				next: (result) => void results.push(result),
				error: (problem) =>
					Array.isArray(problem) ? resolve(problem.map(({ extensions }) => extensions?.code)) : reject(problem as Error),
				complete: () => resolve(results),
			},
		);
	}).finally(() => client.dispose());
}
