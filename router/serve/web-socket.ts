import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type ExecutionResult, GraphQLError } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { type WebSocket, WebSocketServer } from "ws";
import type { Caller } from "../../subgraphs/kit/caller.ts";
import type { Log } from "../../subgraphs/kit/log.ts";
import { RequestError, type ResponseError } from "../errors.ts";
import type { Engine, GraphQLRequest } from "../execute/engine.ts";
import type { CompiledOperation } from "../execute/operation.ts";
import { maySubscribe } from "../guard/cross-site.ts";
import type { Guard } from "../guard/guard.ts";
import { documentFinder } from "../guard/trusted-documents.ts";
import { identify, whenEnded } from "../identity/identify.ts";
import type { Verified } from "../identity/read-caller.ts";
import { tokenRefusal } from "../identity/token-refusal.ts";
import { tellIncident } from "./incident.ts";
import { type Outcome, outcomeOf, type RequestMetrics } from "./metrics/request-metrics.ts";
import { checkParameters } from "./read-request.ts";

export interface WebSocketFront {
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	stop(): Promise<void>;
}

export interface WebSocketOptions {
	/** Bytes of one message of a client. 262,144. */
	bodyBytes?: number;
	guard?: Guard;
	metrics?: RequestMetrics;
	log?: Log;
}

const anyDocument = documentFinder({ documents: {}, enforce: false });

/** What `onSubscribe` prepares for the operation that follows. */
interface Prepared {
	engine: Engine;
	operation: CompiledOperation;
	request: GraphQLRequest;
	controller: AbortController;
	/** What became of it, once it is executed. */
	outcome: Outcome;
	ended(outcome: Outcome): void;
}

/** graphql-transport-ws in front of the engine. Each operation ends when its client goes. */
export function webSocketFront(engine: () => Engine, options: WebSocketOptions = {}): WebSocketFront {
	const { bodyBytes = 262_144, guard, metrics, log } = options;
	const server = new WebSocketServer({ noServer: true, maxPayload: bodyBytes });
	const open = new Set<AbortController>();
	const known = new WeakMap<object, Verified>();
	const documentOf = guard?.documentOf ?? anyDocument;

	/** What the client is told of an error: never its cause, unless the client itself is. */
	function tell(error: unknown): ResponseError[] {
		if (error instanceof RequestError) return [...error.errors];
		return log ? [tellIncident(error, log)] : [{ message: "Something went wrong here.", extensions: { code: "INTERNAL_SERVER_ERROR" } }];
	}

	function prepare(payload: Record<string, unknown>, upgrade: IncomingMessage, caller: Caller | undefined): Prepared {
		const began = performance.now();
		let operation: CompiledOperation | undefined;
		const ended = (outcome: Outcome) =>
			metrics?.end(operation?.definition.operation ?? "unknown", outcome, (performance.now() - began) / 1000);
		metrics?.begin();
		try {
			guard?.takeTurn(upgrade, caller);
			const parameters = checkParameters(payload);
			const current = engine();
			const controller = new AbortController();
			// Each member that is asked, or followed, listens: their number is no leak.
			setMaxListeners(0, controller.signal);
			const request: GraphQLRequest = {
				query: documentOf(parameters),
				operationName: parameters.operationName,
				variables: parameters.variables,
				signal: controller.signal,
				caller,
				onExecuted: (execution) => {
					prepared.outcome = outcomeOf(execution);
				},
			};
			operation = current.prepare(request);
			operation.coerce(request.variables ?? {});
			guard?.admission.check(operation, request.variables ?? {});
			const prepared: Prepared = { engine: current, operation, request, controller, outcome: "ok", ended };
			return prepared;
		} catch (error) {
			ended(metrics?.outcomeOf(error) ?? "failed");
			throw error;
		}
	}

	/** Lets a connection in: as its token's caller, or as nobody without one. */
	async function connect({ connectionParams, extra }: Connection): Promise<boolean> {
		const { request, socket } = extra;
		if (!guard) return true;
		try {
			const authorization = authorizationOf(connectionParams) ?? request.headers.authorization;
			if (authorization === undefined) return true;
			const verified = await identify(guard, request, authorization);
			const stopWaiting = whenEnded(verified, () => socket.close(UNAUTHORIZED, "TOKEN_EXPIRED"));
			known.set(extra, verified);
			socket.once("close", stopWaiting);
			return true;
		} catch (error) {
			const [told] = tell(error);
			// Before graphql-ws closes it without a reason.
			socket.close(UNAUTHORIZED, told?.extensions.code);
			return false;
		}
	}

	const front = useServer(
		{
			onConnect: connect,
			onSubscribe: (context, _id, payload) => {
				try {
					const prepared = prepare(payload as unknown as Record<string, unknown>, context.extra.request, known.get(context.extra)?.caller);
					return { schema: prepared.engine.supergraph.schema, document: prepared.operation.document, contextValue: prepared };
				} catch (error) {
					return tell(error).map(({ message, extensions }) => new GraphQLError(message, { extensions }));
				}
			},
			async execute({ contextValue }) {
				const prepared = contextValue as Prepared;
				const { engine: current, operation, request, ended } = prepared;
				try {
					const text = await current.execute(request, operation);
					ended(prepared.outcome);
					return JSON.parse(text) as ExecutionResult;
				} catch (error) {
					ended("failed");
					return { errors: tell(error) } as unknown as ExecutionResult;
				}
			},
			// As it is: graphql-ws expects errors to be objects of graphql's class, and ours were JSON already.
			onNext: (_context, _id, _payload, _args, result) => result,
			subscribe({ contextValue }) {
				const { engine: current, operation, request, controller, ended } = contextValue as Prepared;
				let events: AsyncIterable<string>;
				try {
					events = current.subscribe(request, operation);
				} catch (error) {
					ended(metrics?.outcomeOf(error) ?? "failed");
					return { errors: tell(error) } as unknown as ExecutionResult;
				}
				open.add(controller);
				let isOpen = true;
				return parsed(events, tell, (outcome) => {
					if (!isOpen) return;
					isOpen = false;
					open.delete(controller);
					controller.abort();
					ended(outcome);
				});
			},
		},
		server,
	);
	return {
		upgrade(request, socket, head) {
			if (guard && !maySubscribe(request, guard.origins))
				socket.end("HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
			else server.handleUpgrade(request, socket, head, (client) => server.emit("connection", client, request));
		},
		async stop() {
			for (const controller of open) controller.abort();
			await front.dispose();
			server.close();
		},
	};
}

interface Connection {
	connectionParams?: Readonly<Record<string, unknown>> | undefined;
	extra: { request: IncomingMessage; socket: WebSocket };
}

/** "Unauthorized" of graphql-transport-ws; the reason is the code of the refusal. */
const UNAUTHORIZED = 4401;

/** A browser cannot set headers of a WebSocket: its token is in the payload of `connection_init`, or under `headers` there. */
function authorizationOf(params: Readonly<Record<string, unknown>> | undefined): string | undefined {
	const { authorization, Authorization, headers } = params ?? {};
	const given = authorization ?? Authorization;
	if (given === undefined && typeof headers === "object" && headers !== null) return authorizationOf(headers as Record<string, unknown>);
	if (given === undefined || typeof given === "string") return given;
	throw tokenRefusal("TOKEN_MALFORMED");
}

/**
 * Events as objects, the last one of a stream that broke being its error. `close` is called as soon as the client goes,
 * even while none is on its way.
 */
function parsed(
	events: AsyncIterable<string>,
	tell: (error: unknown) => ResponseError[],
	close: (outcome: "ok" | "failed") => void,
): AsyncIterableIterator<ExecutionResult> {
	const iterator = events[Symbol.asyncIterator]();
	let isBroken = false;
	return {
		async next() {
			if (isBroken) return { done: true, value: undefined };
			try {
				const { done, value } = await iterator.next();
				if (!done) return { done: false, value: JSON.parse(value) as ExecutionResult };
				close("ok");
				return { done: true, value: undefined };
			} catch (error) {
				isBroken = true;
				close("failed");
				return { done: false, value: { errors: tell(error) } as unknown as ExecutionResult };
			}
		},
		async return() {
			close("ok");
			await iterator.return?.();
			return { done: true, value: undefined };
		},
		[Symbol.asyncIterator]() {
			return this;
		},
	};
}
