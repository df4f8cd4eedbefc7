import { createClient } from "graphql-ws";
import { SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import type { Answer } from "../kit/ask.ts";
import { type JwksServer, makeKey, signWith, startJwks, type TestKey } from "../kit/jwks-server.ts";
import { until } from "../kit/until.ts";
import { startFronted } from "./front-kit.ts";
import { startVault, type Vault } from "./vault.ts";

const ISSUER = "https://login.example";
const AUDIENCE = "hub";

let key: TestKey;
let jwks: JwksServer;
let vault: Vault;
/** The router's clock, ahead of the true one by so much. */
let ahead = 0;

const seconds = () => Math.floor((Date.now() + ahead) / 1000);
const claims = (changes: object = {}) => ({ iss: ISSUER, aud: AUDIENCE, sub: "marie", exp: seconds() + 60, ...changes });
const token = (changes: object = {}, header: { typ?: string } = {}, by = key) => signWith(by, claims(changes), header);
const bearer = async (changes: object = {}, header: { typ?: string } = {}, by = key) => ({
	authorization: `Bearer ${await token(changes, header, by)}`,
});
const identity = (more: object = {}) => ({
	issuers: [{ issuer: ISSUER, audience: AUDIENCE, keys: { url: jwks.url } }],
	publicMutations: ["Mutation.register"],
	keyCooldown: 0,
	now: () => Date.now() + ahead,
	...more,
});
const post = (query: string, headers: Record<string, string> = {}) => vault.fronted.post({ query }, headers);
const codeOf = ({ errors }: Pick<Answer, "errors">) => errors?.[0]?.extensions?.code;

beforeAll(async () => {
	key = await makeKey("one");
	jwks = await startJwks(key);
	vault = await startVault({ identity: identity() });
});
afterEach(() => {
	ahead = 0;
	vault.executed.length = 0;
});
afterAll(async () => {
	await vault.stop();
	await jwks.stop();
});

describe("a caller's token", () => {
	it("makes them known to the subgraph, with their scopes; without one they are nobody", async () => {
		expect((await post("{ who }")).data).toEqual({ who: "nobody" });
		const headers = await bearer({ scope: "mail read" });
		expect((await post("{ who }", headers)).data).toEqual({ who: `marie of ${ISSUER}: mail read` });
		expect((await post("{ who }", headers)).data).toEqual({ who: `marie of ${ISSUER}: mail read` });
		expect((await post("{ who }", await bearer({}, { typ: "application/JWT" }))).data).toEqual({ who: `marie of ${ISSUER}: ` });
	});

	it("is refused with its own code when something is wrong with it, and never taken for none", async () => {
		const impostor = await makeKey("one");
		const refused: [string, Record<string, string>][] = [
			["TOKEN_EXPIRED", await bearer({ exp: seconds() - 31 })],
			["TOKEN_NOT_YET_VALID", await bearer({ nbf: seconds() + 40 })],
			["UNKNOWN_ISSUER", await bearer({ iss: "https://elsewhere.example" })],
			["WRONG_AUDIENCE", await bearer({ aud: "another" })],
			["BAD_SIGNATURE", await bearer({}, {}, impostor)],
			["TOKEN_MALFORMED", await bearer({ sub: undefined })],
			["TOKEN_MALFORMED", await bearer({ exp: undefined })],
			["TOKEN_MALFORMED", await bearer({}, { typ: "id+jwt" })],
			["TOKEN_MALFORMED", { authorization: "Basic bWFyaWU6c2VjcmV0" }],
			["TOKEN_MALFORMED", { authorization: "Bearer nonsense" }],
			["TOKEN_MALFORMED", { authorization: "" }],
			["TOKEN_MALFORMED", { authorization: `Bearer ${"a".repeat(9000)}` }],
		];
		for (const [code, headers] of refused) {
			const answer = await post("{ open }", headers);
			expect([code, answer.status, codeOf(answer)]).toEqual([code, 401, code]);
			expect(answer.headers.get("www-authenticate")).toBe(`Bearer realm="hub", error="invalid_token", error_description="${code}"`);
		}
		expect(vault.executed).toEqual([]);
	});

	it("is refused without a signature, and signed with the public key as a secret", async () => {
		const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
		const none = `${part({ alg: "none", typ: "at+jwt" })}.${part(claims())}.`;
		const shared = await new SignJWT(claims())
			.setProtectedHeader({ alg: "HS256", typ: "at+jwt", kid: "one" })
			.sign(new TextEncoder().encode(JSON.stringify(key.jwk)));
		for (const forged of [none, shared, none.replace(/\.$/, ".AAAA")])
			expect(await post("{ open }", { authorization: `Bearer ${forged}` })).toMatchObject({
				status: 401,
				errors: [{ extensions: { code: "ALGORITHM_NOT_ALLOWED" } }],
			});
		const other = await makeKey("other", "ES384");
		jwks.publish(key, other);
		expect(codeOf(await post("{ open }", await bearer({}, {}, other)))).toBe("ALGORITHM_NOT_ALLOWED");
	});

	it.each(["ES256", "RS256"])("may be signed with %s", async (alg) => {
		const other = await makeKey(alg, alg);
		jwks.publish(key, other);
		expect((await post("{ who }", await bearer({}, {}, other))).data.who).toMatch(/^marie/);
	});

	it("ends when it says so, also where it is remembered", async () => {
		const headers = await bearer({ exp: seconds() + 10 });
		expect(await post("{ open }", headers)).toMatchObject({ status: 200 });
		ahead = 25_000;
		expect(await post("{ open }", headers)).toMatchObject({ status: 200 });
		ahead = 41_000;
		for (let time = 0; time < 2; time += 1) {
			const answer = await post("{ open }", headers);
			expect([answer.status, codeOf(answer)]).toEqual([401, "TOKEN_EXPIRED"]);
		}
	});

	it("is refused over server-sent events by its status", async () => {
		const response = await fetch(vault.fronted.url, {
			method: "POST",
			headers: { "content-type": "application/json", accept: "text/event-stream", ...(await bearer({ aud: "another" })) },
			body: JSON.stringify({ query: "subscription { ticks }" }),
		});
		expect(response.status).toBe(401);
		expect(((await response.json()) as Answer).errors?.[0]?.extensions?.code).toBe("WRONG_AUDIENCE");
	});

	it("is refused where no issuer is trusted", async () => {
		const router = await startFronted({});
		expect(await router.post({ query: "{ __typename }" }, await bearer())).toMatchObject({ status: 401 });
		await router.stop();
	});
});

describe("an issuer's keys", () => {
	it("are read again for one that is not known; a key that is withdrawn takes its tokens along", async () => {
		const next = await makeKey("next");
		jwks.publish(key);
		const old = await bearer();
		expect(await post("{ open }", old)).toMatchObject({ status: 200 });
		expect(codeOf(await post("{ open }", await bearer({}, {}, next)))).toBe("UNKNOWN_KEY");
		jwks.publish(next);
		expect(await post("{ open }", await bearer({}, {}, next))).toMatchObject({ status: 200 });
		expect(codeOf(await post("{ open }", old))).toBe("UNKNOWN_KEY");
		jwks.publish(key);
		expect(await post("{ open }", old)).toMatchObject({ status: 200 });
	});

	it("stay in force while they cannot be read; 503 where they never could", async () => {
		const known = await bearer({ sub: "known" });
		expect(await post("{ open }", known)).toMatchObject({ status: 200 });
		jwks.fail(true);
		expect(await post("{ open }", await bearer({ sub: "another" }))).toMatchObject({ status: 200 });
		const other = await startFronted({}, { identity: identity() });
		const answer = await other.post({ query: "{ __typename }" }, known);
		expect([answer.status, codeOf(answer)]).toEqual([503, "KEYS_UNAVAILABLE"]);
		jwks.fail(false);
		await other.stop();
	});
});

describe("what is protected", () => {
	const NOTES = "{ open notes { id secret } }";

	it("is null with an error where the caller may not have it, and is not fetched", async () => {
		const { data, errors } = await post("{ open me { name } }");
		expect(data).toEqual({ open: "Open", me: null });
		expect(errors).toEqual([
			{ message: "Query.me is not for this caller.", path: ["me"], extensions: { code: "UNAUTHORIZED_FIELD_OR_TYPE", field: "Query.me" } },
		]);
		expect(vault.executed).toEqual(["open"]);
	});

	it("is withheld in each row of a list, and the rest is there", async () => {
		const { data, errors } = await post(NOTES);
		expect(data.notes).toEqual([
			{ id: "1", secret: null },
			{ id: "2", secret: null },
		]);
		expect(errors?.map(({ path }) => path)).toEqual([
			["notes", 0, "secret"],
			["notes", 1, "secret"],
		]);
		const whole = await post(NOTES, await bearer());
		expect(whole.errors).toBeUndefined();
		expect(whole.data.notes[1]).toEqual({ id: "2", secret: "Secret 2" });
		expect((await post(NOTES)).data.notes[1]).toEqual({ id: "2", secret: null });
	});

	it("nulls the nearest nullable place when it may not be null itself", async () => {
		const { data, errors } = await post("{ notes { id seal } }");
		expect(data).toEqual({ notes: [null, null] });
		expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
			[["notes", 0, "seal"], "UNAUTHORIZED_FIELD_OR_TYPE"],
			[["notes", 1, "seal"], "UNAUTHORIZED_FIELD_OR_TYPE"],
		]);
		const none = await post("{ open codes }");
		expect([none.data, codeOf(none)]).toEqual([null, "UNAUTHORIZED_FIELD_OR_TYPE"]);
	});

	it("may be a type, an enum, or a field of one of an interface's types", async () => {
		expect((await post("{ open level }")).data).toEqual({ open: "Open", level: null });
		expect((await post("{ notes { id owner { name } } }")).data.notes[0]).toEqual({ id: "1", owner: null });
		expect((await post("{ things { id hidden } }")).data.things).toEqual([
			{ id: "p", hidden: null },
			{ id: "d", hidden: null },
		]);
		expect((await post("{ things { id ... on Plain { hidden } ... on Dark { hidden } } }")).data.things).toEqual([
			{ id: "p", hidden: "shown" },
			{ id: "d", hidden: null },
		]);
		expect((await post("{ open level things { hidden } }", await bearer())).data).toEqual({
			open: "Open",
			level: "HIGH",
			things: [{ hidden: "shown" }, { hidden: "dark" }],
		});
	});

	it("may need scopes: all of one of the alternatives", async () => {
		const mail = async (scope: string) => (await post("{ me { name mail } }", await bearer({ scope }))).data.me.mail;
		expect(await mail("mail read")).toBe("marie@example.org");
		expect(await mail("admin")).toBe("marie@example.org");
		for (const scope of ["", "mail", "read other", "mailread", "administrator"]) expect([scope, await mail(scope)]).toEqual([scope, null]);
	});

	it("is found in fragments, under aliases, and with variables left over", async () => {
		const { data } = await vault.fronted.post({
			query:
				"query ($all: Boolean!) { open ...Mine @include(if: $all) } fragment Mine on Query { moi: me { ...Person } } fragment Person on Person { name }",
			variables: { all: true },
		});
		expect(data).toEqual({ open: "Open", moi: null });
		const skipped = await vault.fronted.post({
			query: "query ($all: Boolean!) { open me @include(if: $all) { name } }",
			variables: { all: false },
		});
		expect([skipped.data, skipped.errors]).toEqual([{ open: "Open" }, undefined]);
	});

	it("makes the whole operation refused when nothing would be left: 401 to nobody, 403 to a caller", async () => {
		const nobody = await post("{ me { name } level }");
		expect([nobody.status, nobody.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="hub"']);
		expect(nobody.errors?.map(({ extensions }) => extensions?.field)).toEqual(["Query.me", "Query.level"]);
		const somebody = await post("{ codes }", await bearer({ scope: "mail" }));
		expect([somebody.status, codeOf(somebody)]).toEqual([403, "UNAUTHORIZED_FIELD_OR_TYPE"]);
		expect(somebody.headers.get("www-authenticate")).toContain("insufficient_scope");
	});
});

describe("a mutation", () => {
	const WRITE = 'mutation { write(text: "x") }';

	it("of nobody is refused by the router, and by the subgraph itself", async () => {
		const answer = await post(WRITE);
		expect([answer.status, codeOf(answer), answer.headers.get("www-authenticate")]).toEqual([401, "UNAUTHENTICATED", 'Bearer realm="hub"']);
		const direct = await fetch(vault.subgraph.url, {
			method: "POST",
			headers: { "content-type": "application/json" },
			body: JSON.stringify({ query: WRITE }),
		});
		expect([direct.status, codeOf((await direct.json()) as Answer)]).toEqual([401, "ROUTER_TOKEN_REQUIRED"]);
		expect(codeOf((await vault.fronted.overWebSocket({ query: WRITE }))[0] as Answer)).toBe("UNAUTHENTICATED");
		expect(vault.executed).toEqual([]);
	});

	it("of a caller is done", async () => {
		expect((await post(WRITE, await bearer())).data).toEqual({ write: "Written" });
	});

	it("is not done in part when a part of it is not for the caller", async () => {
		const answer = await post('mutation { write(text: "x") sign }', await bearer());
		expect([answer.status, codeOf(answer)]).toEqual([403, "UNAUTHORIZED_FIELD_OR_TYPE"]);
		expect(vault.executed).toEqual([]);
		expect((await post('mutation { write(text: "x") sign }', await bearer({ scope: "sign" }))).data.sign).toBe("Signed");
	});

	it("is open to everyone where the settings say so, by itself", async () => {
		expect((await post("mutation { register }")).data).toEqual({ register: "Registered" });
		expect(codeOf(await post('mutation { register write(text: "x") }'))).toBe("UNAUTHENTICATED");
	});

	it("by GET is refused with a token too", async () => {
		const answer = await vault.fronted.get({ query: WRITE }, { accept: "application/graphql-response+json", ...(await bearer()) });
		expect(answer.status).toBe(405);
		expect(vault.executed).toEqual([]);
	});
});

describe("over WebSocket", () => {
	const connect = (connectionParams: object, headers: Record<string, string> = {}) => {
		const events: Answer[] = [];
		const closed: { code: number; reason: string }[] = [];
		const client = createClient({
			url: vault.fronted.url.replace("http", "ws"),
			webSocketImpl: class extends WebSocket {
				constructor(address: string, protocols: string) {
					super(address, protocols, { headers });
				}
			},
			retryAttempts: 0,
			connectionParams: connectionParams as Record<string, unknown>,
			on: { closed: (event) => void closed.push(event as never) },
		});
		const subscribe = (query: string) =>
			client.subscribe(
				{ query },
				{
					next: (event) => void events.push(event as Answer),
					error: (error) => void (Array.isArray(error) && events.push({ errors: error } as never)),
					complete: () => undefined,
				},
			);
		return { events, closed, subscribe, stop: () => void client.dispose() };
	};

	it("a token in connection_init, or in a header, says who subscribes", async () => {
		const { authorization } = await bearer({ scope: "a" });
		for (const [params, headers] of [
			[{ authorization }, {}],
			[{ headers: { Authorization: authorization } }, {}],
			[{}, { authorization }],
		] as const) {
			const socket = connect(params, headers);
			socket.subscribe("subscription { guarded }");
			await until("the event", () => {
				vault.tick();
				return socket.events.length > 0;
			});
			expect(socket.events[0]).toEqual({ data: { guarded: `marie of ${ISSUER}: a` } });
			socket.stop();
		}
	});

	it("nobody may subscribe to what is protected", async () => {
		const socket = connect({});
		socket.subscribe("subscription { guarded }");
		await until("the refusal", () => socket.events.length === 1);
		expect(codeOf(socket.events[0] as Answer)).toBe("UNAUTHORIZED_FIELD_OR_TYPE");
		socket.stop();
	});

	it("a wrong token closes the connection with its code", async () => {
		const socket = connect(await bearer({ aud: "another" }));
		socket.subscribe("subscription { ticks }");
		await until("the end", () => socket.closed.length > 0);
		expect(socket.closed[0]).toMatchObject({ code: 4401, reason: "WRONG_AUDIENCE" });
	});

	it("the connection is closed when its token ends, and so is a stream of events", async () => {
		const ending = await bearer({ exp: seconds() - 29 });
		const socket = connect(ending);
		socket.subscribe("subscription { ticks }");
		const response = await fetch(vault.fronted.url, {
			method: "POST",
			headers: { "content-type": "application/json", accept: "text/event-stream", ...ending },
			body: JSON.stringify({ query: "subscription { ticks }" }),
		});
		expect(await response.text()).toContain("TOKEN_EXPIRED");
		await until("the end", () => socket.closed.length > 0);
		expect(socket.closed[0]).toMatchObject({ code: 4401, reason: "TOKEN_EXPIRED" });
	});
});

describe("what the router signs", () => {
	it("is known by the keys that it publishes, without their private parts", async () => {
		const response = await fetch(`${vault.fronted.origin}/.well-known/jwks.json`);
		expect(response.headers.get("content-type")).toBe("application/jwk-set+json");
		const { keys } = (await response.json()) as { keys: object[] };
		expect(keys).toEqual(vault.keys.published.keys);
		expect(Object.keys(keys[0] as object).sort()).toEqual(["alg", "crv", "kid", "kty", "use", "x"]);
	});

	it("is refused by a subgraph when the router has no key, and told as its service", async () => {
		const unsigned = await startVault({}, { signs: false });
		const { errors } = await unsigned.fronted.post({ query: "{ who }" });
		expect(errors?.[0]?.extensions).toMatchObject({ code: "SERVICE_UNAVAILABLE", reason: "TOKEN_REQUIRED" });
		expect((await fetch(`${unsigned.fronted.origin}/.well-known/jwks.json`)).status).toBe(404);
		await unsigned.stop();
	});
});

describe("the rate", () => {
	it("is each caller's own, wherever they are", async () => {
		const limited = await startVault({ identity: identity(), rateLimit: { perSecond: 0.01, burst: 2 } });
		const marie = await bearer();
		const paul = await bearer({ sub: "paul" });
		const statuses = [];
		for (const headers of [marie, marie, marie, paul, {}, {}, {}])
			statuses.push((await limited.fronted.post({ query: "{ open }" }, headers)).status);
		expect(statuses).toEqual([200, 200, 429, 200, 200, 200, 200]);
		const again = await bearer({ jti: "another token of the same caller" });
		expect((await limited.fronted.post({ query: "{ open }" }, again)).status).toBe(429);
		await limited.stop();
	});
});
