import { createServer, type RequestListener, type Server } from "node:http";
import { Agent } from "undici";
import { afterEach, beforeEach, expect, it } from "vitest";
import { RequestError } from "../../router/errors.ts";
import type { TakeTurn } from "../../router/guard/rate-limit.ts";
import { trustFront } from "../../router/serve/trust-front.ts";

/** What is asked of the hub's public address about trust reaches the network subgraph, and nothing else does. */

let servers: Server[];
let pool: Agent;
const seen: string[] = [];
let takeTurn: TakeTurn;

beforeEach(() => {
	servers = [];
	seen.length = 0;
	takeTurn = () => undefined;
	pool = new Agent();
});
afterEach(async () => {
	for (const server of servers) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
	await pool.destroy();
});

async function listen(handle: RequestListener): Promise<string> {
	const server = createServer(handle);
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

async function startFront(): Promise<string> {
	const network = await listen((request, response) => {
		let body = "";
		request.on("data", (chunk) => (body += chunk));
		request.on("end", () => {
			seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? "-"} ${body}`);
			response
				.writeHead(request.url?.includes("missing") ? 404 : 200, { "content-type": "application/jwt", "x-internal": "secret" })
				.end("a.b.c");
		});
	});
	return listen(trustFront(network, pool, takeTurn, (_request, response) => void response.writeHead(200).end("page")));
}

it("passes on what is about trust, with its status and type, and neither credentials nor other headers", async () => {
	const front = await startFront();
	const headers = { authorization: "Bearer secret" };
	for (const address of ["/.well-known/openid-federation", "/federation/list?entity_type=a%26b", "/federation/missing"]) {
		const response = await fetch(front + address, { headers });
		expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([
			address.includes("missing") ? 404 : 200,
			"application/jwt",
			"a.b.c",
		]);
		expect(response.headers.get("x-internal")).toBeNull();
	}
	await fetch(`${front}/trqp/authorization`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
	expect(seen).toEqual([
		"GET /.well-known/openid-federation - ",
		"GET /federation/list?entity_type=a%26b - ",
		"GET /federation/missing - ",
		"POST /trqp/authorization - {}",
	]);
});

it("leaves the rest to the pages, and answers what needs nobody by itself", async () => {
	const front = await startFront();
	for (const address of ["/", "/federations", "/trqp", "/reseau?federation/list", "/.well-known/jwks.json"])
		expect(await (await fetch(front + address)).text()).toBe("page");
	const preflight = await fetch(`${front}/trqp/authorization`, { method: "OPTIONS" });
	expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
	expect(seen).toEqual([]);
	const head = await fetch(`${front}/federation/list`, { method: "HEAD" });
	expect([head.status, await head.text()]).toEqual([200, ""]);
});

it("says that the network is away, for now", async () => {
	const front = await listen(trustFront("http://127.0.0.1:1", pool, takeTurn, (_request, response) => void response.end()));
	const response = await fetch(`${front}/federation/list`);
	expect([response.status, await response.json()]).toEqual([
		503,
		{ error: "temporarily_unavailable", error_description: "the network does not answer now" },
	]);
});

it("answers 429 to whom the router would not answer either, and passes nothing on", async () => {
	takeTurn = () => {
		throw RequestError.of("RATE_LIMITED", "Too many requests.", { retryAfter: 3 }, 429);
	};
	const front = await startFront();
	const response = await fetch(`${front}/trqp/recognition`, { method: "POST", body: "{}" });
	expect([response.status, response.headers.get("retry-after"), await response.json()]).toEqual([
		429,
		"3",
		{ error: "temporarily_unavailable", error_description: "Too many requests." },
	]);
	expect(seen).toEqual([]);
	// Pages are not asked for in the same way.
	expect((await fetch(`${front}/badges`)).status).toBe(200);
});
