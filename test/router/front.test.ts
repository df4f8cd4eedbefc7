import { auditServer } from "graphql-http";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createFront } from "../../router/serve/front.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import { rowsOf } from "../kit/member-server.ts";
import { until } from "../kit/until.ts";
import { type FrontedRouter, startFronted } from "./front-kit.ts";

const COUNT = "{ badgeClassCount }";
const rows = { alpha: rowsOf("alpha", ["Un", "Deux"]), beta: rowsOf("beta", ["Trois"]) };
const log = createLog("test", "silent");

let router: FrontedRouter;
beforeAll(async () => {
	router = await startFronted(rows, { log });
});
afterAll(() => router.stop());

describe("the front", () => {
	it("is up before it is ready, and ready when the members are known", async () => {
		const late = await startFronted(rows, {}, { isLate: true });
		try {
			const statuses = async () => [(await fetch(`${late.origin}/health`)).status, (await fetch(`${late.origin}/ready`)).status];
			expect(await statuses()).toEqual([200, 503]);
			late.tellDirectory();
			await until("the front to be ready", async () => (await statuses())[1] === 200);
		} finally {
			await late.stop();
		}
	});

	it("says that it is starting until there is a router behind it", async () => {
		const asked: string[] = [];
		const answer = (url: string) => {
			let status = 0;
			const response = { writeHead: (code: number) => (status = code), end: () => undefined };
			front.handle({ url, method: "GET", headers: {} } as never, response as never);
			return status;
		};
		const front = createFront();
		expect(["/health", "/ready", "/graphql", "/"].map(answer)).toEqual([200, 503, 503, 503]);
		front.open(router.router, ({ url }) => void asked.push(String(url)));
		expect([answer("/ready"), answer("/badges?q=a"), asked]).toEqual([200, 0, ["/badges?q=a"]]);
	});

	it("knows no other address", async () => {
		expect((await fetch(`${router.origin}/graphqlx`)).status).toBe(404);
		expect(await (await fetch(`${router.origin}/`)).text()).toMatch(/\/graphql/);
	});

	it("passes the audits of GraphQL over HTTP", async () => {
		const results = await auditServer({ url: router.url });
		expect(results.filter(({ status }) => status === "warn" || status === "error").map(({ name }) => name)).toEqual([]);
		expect(results.length).toBeGreaterThan(50);
	});
});

describe("a request from a browser", () => {
	const json = { accept: "application/graphql-response+json" };

	it.each([
		["an image", { accept: "image/*,*/*;q=0.8" }],
		["a form", { "content-type": "text/plain", accept: "*/*" }],
		["a script of another site that asks nobody first", { ...json, "sec-fetch-site": "cross-site" }],
	])("by GET is refused when it could come from %s", async (_, headers) => {
		const answer = await router.get({ query: COUNT }, headers);
		expect(answer).toMatchObject({ status: 400, errors: [{ message: /hub-request/, extensions: { code: "BAD_REQUEST" } }] });
	});

	it.each([
		["accepts GraphQL's type", json],
		["accepts it from the hub's own site", { ...json, "sec-fetch-site": "same-origin" }],
		["has a header of ours", { "hub-request": "1", "sec-fetch-site": "cross-site" }],
		["has a header of Apollo's clients", { "x-apollo-operation-name": "Count" }],
		["has a type that forms cannot send", { "content-type": "application/json" }],
	])("by GET is answered when it %s", async (_, headers) => {
		expect((await router.get({ query: COUNT }, headers)).data.badgeClassCount).toBe(3);
	});

	it("of any origin may be read, without credentials, and is told so when it asks first", async () => {
		const answer = await router.post({ query: COUNT }, { origin: "https://other.example" });
		expect(answer.headers.get("access-control-allow-origin")).toBe("*");
		expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
		const preflight = await fetch(router.url, { method: "OPTIONS", headers: { origin: "https://other.example" } });
		expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([204, "GET, POST"]);
		expect(preflight.headers.get("access-control-allow-headers")).toMatch(/content-type.*hub-completeness/);
	});

	it("of an origin that is not listed may not be read, nor open a WebSocket", async () => {
		const closed = await startFronted(rows, { origins: ["https://ours.example"] });
		try {
			const allowed = async (origin: string) =>
				(await closed.post({ query: COUNT }, { origin })).headers.get("access-control-allow-origin");
			expect([await allowed("https://ours.example"), await allowed("https://other.example")]).toEqual(["https://ours.example", null]);
			await expect(closed.overWebSocket({ query: COUNT }, "https://other.example")).rejects.toThrow(/403/);
			expect(await closed.overWebSocket({ query: COUNT }, "https://ours.example")).toMatchObject([{ data: { badgeClassCount: 3 } }]);
			expect(await closed.overWebSocket({ query: COUNT }, closed.origin)).toHaveLength(1);
		} finally {
			await closed.stop();
		}
	});
});

describe("the console", () => {
	const open = (origin: string) =>
		fetch(`${origin}/graphql?query=${encodeURIComponent("{ badgeClassCount }")}`, { headers: { accept: "text/html,*/*;q=0.8" } });

	it("is what a browser gets that opens the address, under a policy that lets nothing else in", async () => {
		router.member("alpha").requests.length = 0;
		const [one, other] = [await open(router.origin), await open(router.origin)];
		const nonce = /'nonce-([^']+)'/.exec(one.headers.get("content-security-policy") ?? "")?.[1];
		expect(one.headers.get("content-security-policy")).not.toMatch(/unsafe|http/);
		expect(other.headers.get("content-security-policy")).not.toContain(nonce);
		const page = await one.text();
		expect(page.match(/<(script|style) nonce="([^"]+)"/g)).toEqual([`<style nonce="${nonce}"`, `<script nonce="${nonce}"`]);
		expect(page).not.toMatch(/https?:|NONCE|STYLE|SCRIPT/);
		expect(router.member("alpha").requests).toEqual([]);
	});

	it("is not there where it is switched off", async () => {
		const plain = await startFronted(rows, { console: false });
		expect((await open(plain.origin)).status).toBe(400);
		await plain.stop();
	});
});

describe("an answer", () => {
	const large = "{ __schema { types { name description fields { name description } } } }";
	const encodingOf = async (query: string, encoding: string) => {
		const { headers, data, errors } = await router.post({ query }, { "accept-encoding": encoding });
		expect([errors, data === null]).toEqual([undefined, false]);
		return headers.get("content-encoding");
	};

	it("is compressed as its client likes, when it is large", async () => {
		expect(await encodingOf(large, "gzip, deflate, br")).toBe("br");
		expect(await encodingOf(large, "gzip, br;q=0")).toBe("gzip");
		expect(await encodingOf(large, "identity")).toBeNull();
		expect(await encodingOf(COUNT, "gzip, br")).toBeNull();
	});

	it("carries the request's id, or a new one", async () => {
		const idOf = async (given?: string) =>
			(await router.post({ query: COUNT }, given === undefined ? {} : { "x-request-id": given })).headers.get("x-request-id");
		expect(await idOf("trace-1:a/b")).toBe("trace-1:a/b");
		expect(await idOf()).toMatch(/^[\da-f-]{36}$/);
		expect(await idOf("a b")).toMatch(/^[\da-f-]{36}$/);
	});
});

describe("what goes wrong in the router", () => {
	const secret = new Error("password=hunter2");
	const engine = () => router.router.engine();
	const broken = [
		["POST", async () => router.post({ query: COUNT }, { "x-request-id": "request-7" })],
		["WebSocket", async () => (await router.overWebSocket({ query: COUNT }))[0]],
		["WebSocket, of a subscription", async () => (await router.overWebSocket({ query: "subscription { badgeClassChanged { kind } }" }))[0]],
		["events", async () => readEvent(await askEvents(COUNT))],
		["events, of a subscription", async () => readEvent(await askEvents("subscription { badgeClassChanged { kind } }"))],
	] as const;

	it.each(broken)("is told by a number alone over %s", async (_, ask) => {
		const logged = vi.spyOn(log, "error");
		vi.spyOn(engine(), "execute").mockRejectedValue(secret);
		vi.spyOn(engine(), "subscribe").mockReturnValue({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(secret) }) });
		try {
			const answer = await ask();
			const incident = answer?.errors?.[0]?.extensions.incident;
			expect(incident).toMatch(/^[\da-f-]{36}$/);
			expect(logged).toHaveBeenCalledWith(
				expect.objectContaining({ incident, error: expect.objectContaining({ message: secret.message }) }),
				"a request failed",
			);
			expect(JSON.stringify(await ask())).not.toMatch(/hunter2/);
		} finally {
			vi.restoreAllMocks();
		}
	});

	it("is in the log with the request's id", async () => {
		const logged = vi.spyOn(log, "error");
		vi.spyOn(engine(), "execute").mockRejectedValue(secret);
		await router.post({ query: COUNT }, { "x-request-id": "request-7" });
		expect(logged.mock.calls[0]?.[0]).toMatchObject({ requestId: "request-7" });
		vi.restoreAllMocks();
	});

	it("leaves the errors of members as they are over WebSocket", async () => {
		router.member("beta").behave({ kind: "garbage", body: "no" });
		try {
			const query = '{ badgeClass(id: "beta:trois-0") { name } badgeClassCount }';
			expect(await router.overWebSocket({ query })).toMatchObject([
				{ data: { badgeClass: null, badgeClassCount: 2 }, errors: [{ extensions: { institute: "beta" } }] },
			]);
		} finally {
			router.member("beta").behave({ kind: "normal" });
		}
	});

	function askEvents(query: string): Promise<Response> {
		return fetch(router.url, {
			method: "POST",
			headers: { "content-type": "application/json", accept: "text/event-stream" },
			body: JSON.stringify({ query }),
		});
	}

	async function readEvent(response: Response) {
		const data = /^data: (\{.*)$/m.exec(await response.text())?.[1];
		return JSON.parse(data ?? "null") as Awaited<ReturnType<FrontedRouter["overWebSocket"]>>[number];
	}
});

describe("the figures", () => {
	it("count requests, refusals and what each member was asked", async () => {
		const counted = await startFronted(rows);
		const figures = async () => (await fetch(`${counted.origin}/metrics`)).text();
		try {
			await counted.post({ query: COUNT });
			await counted.post({ query: "{ nope }" });
			await counted.post({ query: "{ members { slug } }" });
			await counted.overWebSocket({ query: COUNT });
			counted.member("beta").behave({ kind: "garbage", body: "", status: 503 });
			await counted.post({ query: COUNT });
			const text = await figures();
			for (const line of [
				'hub_requests_total{type="query",outcome="ok"} 2',
				'hub_requests_total{type="query",outcome="partial"} 2',
				'hub_requests_total{type="unknown",outcome="refused"} 1',
				'hub_requests_refused_total{reason="GRAPHQL_VALIDATION_FAILED"} 1',
				'hub_request_seconds_count{type="query"} 4',
				'hub_subgraph_requests_total{subgraph="network"} 1',
				'hub_subgraph_failures_total{subgraph="network",reason="UNREACHABLE"} 1',
				'hub_subgraph_request_seconds_count{subgraph="network"} 0',
				"hub_requests_in_flight 0",
				"hub_members 2",
				'hub_member_requests_total{institute="alpha"} 3',
				'hub_member_request_seconds_bucket{institute="alpha",le="+Inf"} 3',
				'hub_member_failures_total{institute="beta",reason="HTTP_ERROR"} 1',
				'hub_member_circuit_state{institute="beta",state="closed"} 1',
				'hub_member_requests_waiting{institute="beta"} 0',
			])
				expect(text.split("\n")).toContain(line);
			expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
			// Every line is one of the format's: a comment, or a name, labels and a number.
			for (const line of text.trimEnd().split("\n")) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{(\w+="[^"]*",?)+\})? [\d.e+-]+)$/);
		} finally {
			await counted.stop();
		}
	});

	it.each([
		["the address of a private network, told by a declared proxy", { proxies: 1 }, "10.1.2.3", 200],
		["a public address, told by a declared proxy", { proxies: 1 }, "93.184.216.34", 404],
		["a public IPv6 address, told by a declared proxy", { proxies: 1 }, "2606:2800:220:1:248:1893:25c8:1946", 404],
		["an address told by a proxy that nobody declared", {}, "10.1.2.3", 404],
		["a public address, where they are everyone's", { proxies: 1, metrics: "everyone" }, "93.184.216.34", 200],
	] as const)("are asked from %s", async (_, options, address, status) => {
		const behind = await startFronted(rows, options);
		try {
			expect((await fetch(`${behind.origin}/metrics`, { headers: { "x-forwarded-for": address } })).status).toBe(status);
		} finally {
			await behind.stop();
		}
	});

	it("are not served where they are switched off", async () => {
		const silent = await startFronted(rows, { metrics: false });
		expect((await fetch(`${silent.origin}/metrics`)).status).toBe(404);
		await silent.stop();
	});
});
