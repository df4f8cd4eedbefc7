import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { type Dispatcher, request as send } from "undici";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** What the network subgraph serves besides GraphQL, and whoever verifies the network asks of the hub's public address. */
const PATHS = /^\/(?:federation(?:\/|$)|trqp\/|\.well-known\/openid-federation$)/;

/** Headers of an answer that are passed on. */
const KEPT = ["content-type", "cache-control", "access-control-allow-origin", "x-content-type-options"];
const DEADLINE = 15_000;

/** Passes requests about trust on to the network subgraph at `origin`; whatever else is `otherwise`'s. Never throws. */
export function trustFront(origin: string, pool: Dispatcher, otherwise: Listener): Listener {
	return (request, response) => {
		const path = request.url ?? "/";
		if (!PATHS.test(path.split("?")[0] as string)) return otherwise(request, response);
		if (request.method === "OPTIONS")
			return void response
				.writeHead(204, {
					"access-control-allow-origin": "*",
					"access-control-allow-methods": "GET, POST",
					"access-control-allow-headers": "content-type",
				})
				.end();
		void passOn(new URL(path, origin), pool, request, response);
	};
}

async function passOn(address: URL, pool: Dispatcher, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const gone = new AbortController();
	response.once("close", () => gone.abort());
	try {
		const hasBody = request.method === "POST";
		const answer = await send(address, {
			dispatcher: pool,
			method: request.method === "HEAD" ? "GET" : ((request.method ?? "GET") as Dispatcher.HttpMethod),
			headers: { ...(hasBody && { "content-type": request.headers["content-type"] ?? "" }) },
			...(hasBody && { body: request }),
			signal: AbortSignal.any([gone.signal, AbortSignal.timeout(DEADLINE)]),
		});
		response.statusCode = answer.statusCode;
		for (const name of KEPT) {
			const value = answer.headers[name];
			if (value !== undefined) response.setHeader(name, value);
		}
		if (request.method === "HEAD") {
			await answer.body.dump();
			response.end();
		} else await pipeline(answer.body, response);
	} catch {
		if (response.headersSent) response.destroy();
		else
			response
				.writeHead(503, { "content-type": "application/json", "cache-control": "no-store", "retry-after": "2" })
				.end(JSON.stringify({ error: "temporarily_unavailable", error_description: "the network does not answer now" }));
	}
}
