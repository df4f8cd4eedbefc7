import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "../../subgraphs/kit/log.ts";
import { RequestError, type ResponseError } from "../errors.ts";
import type { Engine } from "../execute/engine.ts";
import { sendEvents } from "./event-stream.ts";
import { readRequest } from "./read-request.ts";

export interface HttpOptions {
	/** The engine of the supergraph in force. */
	engine(): Engine;
	bodyBytes: number;
	/** Milliseconds that a request may take in all. */
	deadline: number;
	log: Log;
}

const RESPONSE_TYPE = "application/graphql-response+json";
const EVENT_STREAM = "text/event-stream";

/** GraphQL over HTTP in front of the engine. Never rejects. */
export function httpHandler({
	engine,
	bodyBytes,
	deadline,
	log,
}: HttpOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
	return async (request, response) => {
		const accepted = negotiate(request.headers.accept);
		const gone = new AbortController();
		// Each member that is asked listens: their number is no leak.
		setMaxListeners(0, gone.signal);
		const timer = setTimeout(() => gone.abort(), deadline);
		// A finished answer closes too: aborting then would cost more than the rest of a small request.
		response.once("close", () => {
			if (!response.writableFinished) gone.abort();
		});
		try {
			if (!accepted)
				throw RequestError.of(
					"BAD_REQUEST",
					`The answer is ${RESPONSE_TYPE}, application/json or ${EVENT_STREAM}: accept one of them.`,
					{ field: "accept" },
					406,
				);
			const parameters = await readRequest(request, bodyBytes);
			const graphql = {
				...parameters,
				strict: isStrict(request),
				explain: request.headers["hub-plan"] === "show",
				signal: gone.signal,
				until: performance.now() + deadline,
			};
			const current = engine();
			const operation = current.prepare(graphql);
			if (operation.definition.operation === "mutation" && request.method === "GET")
				throw RequestError.of("BAD_REQUEST", "A mutation is sent by POST.", { field: "query" }, 405);
			const isSubscription = operation.definition.operation === "subscription";
			if (accepted !== EVENT_STREAM) {
				if (isSubscription) {
					const ways = `accept ${EVENT_STREAM}, or use WebSocket (graphql-transport-ws) at this address`;
					throw RequestError.of("BAD_REQUEST", `A subscription is answered by events: ${ways}.`, { field: "query" });
				}
				send(response, 200, accepted, await current.execute(graphql, operation));
				return;
			}
			operation.coerce(graphql.variables ?? {});
			// A stream lasts as long as its client listens.
			clearTimeout(timer);
			await sendEvents(
				response,
				isSubscription ? current.subscribe(graphql, operation) : once(current.execute(graphql, operation)),
				gone.signal,
			);
		} catch (error) {
			if (accepted === EVENT_STREAM && error instanceof RequestError && !response.headersSent) {
				await sendEvents(response, once(Promise.resolve(JSON.stringify({ errors: error.errors }))), gone.signal);
				return;
			}
			refuse(response, accepted ?? "application/json", error, log);
		} finally {
			clearTimeout(timer);
		}
	};
}

async function* once(text: Promise<string>): AsyncGenerator<string> {
	yield await text;
}

function isStrict(request: IncomingMessage): boolean {
	const policy = request.headers["hub-completeness"];
	if (policy === undefined || policy === "partial") return false;
	if (policy === "strict") return true;
	throw RequestError.of("BAD_REQUEST", 'hub-completeness: must be "partial" or "strict".', { field: "hub-completeness" });
}

/** The type of the answer; clients that do not say get JSON. */
function negotiate(accept: string | undefined): string | undefined {
	if (accept === undefined || accept === "") return "application/json";
	const types = accept.split(",").map((part) => part.split(";")[0]?.trim().toLowerCase());
	if (types.includes(EVENT_STREAM)) return EVENT_STREAM;
	if (types.includes(RESPONSE_TYPE)) return RESPONSE_TYPE;
	return types.some((type) => type === "application/json" || type === "application/*" || type === "*/*") ? "application/json" : undefined;
}

function refuse(response: ServerResponse, accepted: string, error: unknown, log: Log): void {
	if (!(error instanceof RequestError)) {
		const incident = randomUUID();
		log.error(
			{ incident, error: error instanceof Error ? { message: error.message, stack: error.stack } : String(error) },
			"a request failed",
		);
		const internal: ResponseError = {
			message: `Something went wrong here; its number is ${incident}.`,
			extensions: { code: "INTERNAL_SERVER_ERROR", incident },
		};
		send(response, 500, accepted, JSON.stringify({ errors: [internal] }));
		return;
	}
	// A well-formed request with a wrong document is answered with 200 to clients that take plain JSON (§6.4.1).
	const isAboutGraphQL = error.status === 400 && error.errors.every(({ extensions }) => extensions.code !== "BAD_REQUEST");
	send(
		response,
		accepted === "application/json" && isAboutGraphQL ? 200 : error.status,
		accepted,
		JSON.stringify({ errors: error.errors }),
		error.status === 405 ? { allow: "POST" } : undefined,
	);
}

function send(response: ServerResponse, status: number, type: string, text: string, headers: Record<string, string> = {}): void {
	if (response.headersSent || response.destroyed) return;
	const body = Buffer.from(text);
	response.writeHead(status, {
		"content-type": `${type}; charset=utf-8`,
		"content-length": body.length,
		"cache-control": "no-store",
		...headers,
	});
	response.end(body);
}
