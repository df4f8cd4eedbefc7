import { setMaxListeners } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "../../subgraphs/kit/log.ts";
import { RequestError } from "../errors.ts";
import type { Engine, GraphQLRequest } from "../execute/engine.ts";
import type { CompiledOperation } from "../execute/operation.ts";
import { corsHeaders, PREFLIGHT, refuseForged } from "../guard/cross-site.ts";
import type { Guard } from "../guard/guard.ts";
import { documentFinder } from "../guard/trusted-documents.ts";
import { identify, whenEnded } from "../identity/identify.ts";
import type { Verified } from "../identity/read-caller.ts";
import { challenge, tokenRefusal } from "../identity/token-refusal.ts";
import type { Span, Telemetry } from "../telemetry/span.ts";
import { readCostPolicy, tellCost, withCost } from "./cost-report.ts";
import { endEvents, sendEvents } from "./event-stream.ts";
import { tellIncident } from "./incident.ts";
import { type Outcome, outcomeOf, type RequestMetrics } from "./metrics/request-metrics.ts";
import { readRequest } from "./read-request.ts";
import { requestId } from "./request-id.ts";
import { type Exchange, send } from "./send.ts";

export interface HttpOptions {
	/** The engine of the supergraph in force. */
	engine(): Engine;
	bodyBytes: number;
	/** Milliseconds that a request may take in all. */
	deadline: number;
	/** Bytes above which an answer is compressed; 0, the default, for never. */
	compressAbove?: number;
	guard?: Guard;
	metrics?: RequestMetrics;
	/** Collects traces; nothing is collected without it. */
	telemetry?: Telemetry | undefined;
	log: Log;
}

const RESPONSE_TYPE = "application/graphql-response+json";
const EVENT_STREAM = "text/event-stream";

const anyDocument = documentFinder({ documents: {}, enforce: false });

/** GraphQL over HTTP in front of the engine. Never rejects. */
export function httpHandler({
	engine,
	bodyBytes,
	deadline,
	compressAbove = 0,
	guard,
	metrics,
	telemetry,
	log,
}: HttpOptions): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
	const documentOf = guard?.documentOf ?? anyDocument;

	return async (request, response) => {
		const began = performance.now();
		const accepted = negotiate(request.headers.accept);
		const id = requestId(request);
		const exchange: Exchange = {
			response,
			type: accepted ?? "application/json",
			headers: { "x-request-id": id },
			compressAbove,
		};
		if (guard && request.headers.origin !== undefined) Object.assign(exchange.headers, corsHeaders(request.headers.origin, guard.origins));
		if (guard && request.method === "OPTIONS") {
			response.writeHead(204, { ...exchange.headers, ...PREFLIGHT }).end();
			return;
		}
		const gone = new AbortController();
		// Each member that is asked listens: their number is no leak.
		setMaxListeners(0, gone.signal);
		const timer = setTimeout(() => gone.abort(), deadline);
		// A finished answer closes too: aborting then would cost more than the rest of a small request.
		response.once("close", () => {
			if (!response.writableFinished) gone.abort();
		});
		let operation: CompiledOperation | undefined;
		let verified: Verified | undefined;
		let outcome: Outcome = "ok";
		const span = telemetry?.begin(request.headers.traceparent as string | undefined);
		const end = () => {
			metrics?.end(operation?.definition.operation ?? "unknown", outcome, (performance.now() - began) / 1000);
			if (span) endSpan(span, id, response.statusCode, operation, outcome);
		};
		metrics?.begin();
		try {
			if (guard) {
				const { authorization } = request.headers;
				if (authorization === undefined) guard.takeTurn(request);
				else verified = await identify(guard, request, authorization);
				if (request.method === "GET") refuseForged(request);
			}
			if (!accepted)
				throw RequestError.of(
					"BAD_REQUEST",
					`The answer is ${RESPONSE_TYPE}, application/json or ${EVENT_STREAM}: accept one of them.`,
					{ field: "accept" },
					406,
				);
			const parameters = await readRequest(request, bodyBytes);
			const graphql: GraphQLRequest = {
				query: documentOf(parameters),
				operationName: parameters.operationName,
				variables: parameters.variables,
				strict: isStrict(request),
				caller: verified?.caller,
				explain: request.headers["hub-plan"] === "show",
				signal: gone.signal,
				until: began + deadline,
				span,
				onExecuted: (execution) => {
					outcome = outcomeOf(execution);
				},
			};
			const current = engine();
			const admission = guard?.admission;
			operation = current.prepare(graphql);
			const isSubscription = operation.definition.operation === "subscription";
			if (operation.definition.operation === "mutation" && request.method === "GET")
				throw RequestError.of("BAD_REQUEST", "A mutation is sent by POST.", { field: "query" }, 405);
			const costPolicy = guard && readCostPolicy(request);
			if (admission && costPolicy === "dry-run") {
				await send(exchange, 200, tellCost(operation, graphql.variables ?? {}, admission));
				return;
			}
			admission?.check(operation, graphql.variables ?? {});
			if (accepted !== EVENT_STREAM) {
				if (isSubscription) {
					const ways = `accept ${EVENT_STREAM}, or use WebSocket (graphql-transport-ws) at this address`;
					throw RequestError.of("BAD_REQUEST", `A subscription is answered by events: ${ways}.`, { field: "query" });
				}
				const text = await current.execute(graphql, operation);
				const waiting = send(
					exchange,
					200,
					admission && costPolicy === "report" ? withCost(text, admission.estimate(operation, graphql.variables ?? {})) : text,
				);
				if (waiting) await waiting;
				return;
			}
			operation.coerce(graphql.variables ?? {});
			// A stream lasts as long as its client listens.
			const events = isSubscription ? current.subscribe(graphql, operation) : once(current.execute(graphql, operation));
			clearTimeout(timer);
			// Or until the token ends by which the client was let in.
			const stopWaiting = verified && whenEnded(verified, () => endEvents(exchange, tokenRefusal("TOKEN_EXPIRED"), gone));
			await sendEvents(exchange, events, gone.signal, (error) => {
				outcome = metrics?.outcomeOf(error) ?? "failed";
				return JSON.stringify({ errors: error instanceof RequestError ? error.errors : [tellIncident(error, log, id)] });
			}).finally(stopWaiting);
		} catch (error) {
			outcome = metrics?.outcomeOf(error) ?? "failed";
			await refuse(exchange, error, log, id, gone.signal).catch((failure: unknown) => tellIncident(failure, log, id));
		} finally {
			clearTimeout(timer);
			end();
		}
	};
}

/** What is known of a request when it has ended. Its variables are the client's own. */
function endSpan(span: Span, id: string, status: number, operation: CompiledOperation | undefined, outcome: Outcome): void {
	const { operation: type, name } = operation?.definition ?? {};
	span.add({
		"http.response.status_code": status,
		"hub.request_id": id,
		...(type && { "graphql.operation.type": type }),
		...(name && { "graphql.operation.name": name.value }),
	});
	span.end(outcome);
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

/** Refusals that a client of events has to see by their status: it would connect again for anything else. */
const REFUSED = new Set([401, 403, 429, 503]);

async function refuse(exchange: Exchange, error: unknown, log: Log, id: string, signal: AbortSignal): Promise<void> {
	if (exchange.type === EVENT_STREAM && !(error instanceof RequestError && REFUSED.has(error.status))) {
		const errors = error instanceof RequestError ? error.errors : [tellIncident(error, log, id)];
		if (!exchange.response.headersSent)
			await sendEvents(exchange, once(Promise.resolve(JSON.stringify({ errors }))), signal, (failure) =>
				JSON.stringify({ errors: [tellIncident(failure, log, id)] }),
			);
		return;
	}
	if (!(error instanceof RequestError)) return void (await send(exchange, 500, JSON.stringify({ errors: [tellIncident(error, log, id)] })));
	// A well-formed request with a wrong document is answered with 200 to clients that take plain JSON (§6.4.1).
	const isAboutGraphQL = error.status === 400 && error.errors.every(({ extensions }) => extensions.code !== "BAD_REQUEST");
	const asked = challenge(error);
	if (asked !== undefined) exchange.headers["www-authenticate"] = asked;
	if (error.status === 405) exchange.headers.allow = "POST";
	if (error.status === 429) exchange.headers["retry-after"] = String(error.errors[0]?.extensions.retryAfter);
	await send(
		exchange.type === EVENT_STREAM ? { ...exchange, type: "application/json" } : exchange,
		exchange.type === "application/json" && isAboutGraphQL ? 200 : error.status,
		JSON.stringify({ errors: error.errors }),
	);
}
