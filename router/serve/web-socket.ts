import { setMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { GraphQLError } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { RequestError } from "../errors.ts";
import type { Engine } from "../execute/engine.ts";

export interface WebSocketFront {
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	stop(): Promise<void>;
}

const LARGEST_MESSAGE = 262_144;

/** graphql-transport-ws in front of the engine. Each operation ends when its client goes. */
export function webSocketFront(engine: () => Engine, schema: () => Engine["supergraph"]["schema"]): WebSocketFront {
	const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
	const open = new Set<AbortController>();
	const front = useServer(
		{
			schema: () => schema(),
			onSubscribe: async (_context, _id, payload) => {
				const controller = new AbortController();
				// Each member that is asked, or followed, listens: their number is no leak.
				setMaxListeners(0, controller.signal);
				const request = {
					query: String(payload.query),
					operationName: payload.operationName ?? undefined,
					variables: payload.variables ?? undefined,
					signal: controller.signal,
				};
				try {
					const current = engine();
					const operation = current.prepare(request);
					open.add(controller);
					if (operation.definition.operation !== "subscription") return JSON.parse(await current.execute(request, operation));
					operation.coerce(request.variables ?? {});
					return parsed(current.subscribe(request, operation), () => {
						open.delete(controller);
						controller.abort();
					});
				} catch (error) {
					if (!(error instanceof RequestError)) throw error;
					return error.errors.map(({ message, extensions }) => new GraphQLError(message, { extensions }));
				}
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
function parsed(events: AsyncIterable<string>, close: () => void): AsyncIterableIterator<never> {
	const iterator = events[Symbol.asyncIterator]();
	return {
		async next() {
			const { done, value } = await iterator.next();
			return done ? { done: true, value: undefined } : { done: false, value: JSON.parse(value) as never };
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
