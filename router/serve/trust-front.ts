import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { type Dispatcher, request as send } from "undici";
import { RequestError } from "../errors.ts";
import type { TakeTurn } from "../guard/rate-limit.ts";

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** What the network subgraph serves besides GraphQL, and whoever verifies the network asks of the hub's public address. */
const PATHS = /^\/(?:federation(?:\/|$)|trqp\/|\.well-known\/openid-federation$)/;

/** Headers of an answer that are passed on. */
const KEPT = ["content-type", "cache-control", "access-control-allow-origin", "x-content-type-options"];
const DEADLINE = 15_000;

/**
 * Passes requests about trust on to the network subgraph at `origin`, as often as `takeTurn` lets a client ask; whatever
 * else is `otherwise`'s. Never throws.
 */
export function trustFront(origin: string, pool: Dispatcher, takeTurn: TakeTurn, otherwise: Listener): Listener {
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
		try {
			takeTurn(request);
		} catch (error) {
			return refuse(response, error);
		}
		void passOn(new URL(path, origin), pool, request, response);
	};
}

/** Answers whoever asks too often; whatever else went wrong is as if the network did not answer. */
function refuse(response: ServerResponse, error: unknown): void {
	const isLimit = error instanceof RequestError && error.status === 429;
	const retryAfter = isLimit ? error.errors[0]?.extensions.retryAfter : undefined;
	response
		.writeHead(isLimit ? 429 : 503, {
			"content-type": "application/json",
			"cache-control": "no-store",
			"retry-after": String(retryAfter ?? 2),
		})
		.end(JSON.stringify({ error: "temporarily_unavailable", error_description: isLimit ? error.message : NO_ANSWER }));
}
const NO_ANSWER = "the network does not answer now";

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
				.end(JSON.stringify({ error: "temporarily_unavailable", error_description: NO_ANSWER }));
	}
}
