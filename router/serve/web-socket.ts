import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type ExecutionResult, GraphQLError } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { RequestError } from "../errors.ts";
import type { Engine, GraphQLRequest } from "../execute/engine.ts";
import type { CompiledOperation } from "../execute/operation.ts";

export interface WebSocketFront {
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	stop(): Promise<void>;
}

const LARGEST_MESSAGE = 262_144;

/** What `onSubscribe` prepares for the operation that follows. */
interface Prepared {
	engine: Engine;
	operation: CompiledOperation;
	request: GraphQLRequest;
	controller: AbortController;
}

/** graphql-transport-ws in front of the engine. Each operation ends when its client goes. */
export function webSocketFront(engine: () => Engine): WebSocketFront {
	const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
	const open = new Set<AbortController>();
	const front = useServer(
		{
			onSubscribe: (_context, _id, payload) => {
				const current = engine();
				const controller = new AbortController();
				// Each member that is asked, or followed, listens: their number is no leak.
				setMaxListeners(0, controller.signal);
				const request: GraphQLRequest = {
					query: String(payload.query),
					operationName: payload.operationName ?? undefined,
					variables: payload.variables ?? undefined,
					signal: controller.signal,
				};
				try {
					const operation = current.prepare(request);
					operation.coerce(request.variables ?? {});
					const prepared: Prepared = { engine: current, operation, request, controller };
					return { schema: current.supergraph.schema, document: operation.document, contextValue: prepared };
				} catch (error) {
					if (!(error instanceof RequestError)) throw error;
					return error.errors.map(({ message, extensions }) => new GraphQLError(message, { extensions }));
				}
			},
			async execute({ contextValue }) {
				const { engine: current, operation, request } = contextValue as Prepared;
				return JSON.parse(await current.execute(request, operation)) as ExecutionResult;
			},
			subscribe({ contextValue }) {
				const { engine: current, operation, request, controller } = contextValue as Prepared;
				open.add(controller);
				return parsed(current.subscribe(request, operation), () => {
					open.delete(controller);
					controller.abort();
				});
			},
		},
		server,
	);
	return {
		upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, (client) => server.emit("connection", client, request)),
		async stop() {
			for (const controller of open) controller.abort();
			await front.dispose();
			server.close();
		},
	};
}

/** Events as objects; `close` is called as soon as the client goes, even while none is on its way. */
function parsed(events: AsyncIterable<string>, close: () => void): AsyncIterableIterator<ExecutionResult> {
	const iterator = events[Symbol.asyncIterator]();
	return {
		async next() {
			const { done, value } = await iterator.next();
			return done ? { done: true, value: undefined } : { done: false, value: JSON.parse(value) as ExecutionResult };
		},
		async return() {
			close();
			await iterator.return?.();
			return { done: true, value: undefined };
		},
		[Symbol.asyncIterator]() {
			return this;
		},
	};
}
