import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { SubgraphAnswer, SubgraphError } from "../execute/execution.ts";
import type { JsonObject } from "../execute/json.ts";

/** Opens a subscription over graphql-transport-ws. Throws or ends when the connection is lost: the caller takes it up again. */
export async function* subscribeOverWebSocket(
	url: URL,
	query: string,
	variables: Record<string, unknown>,
	signal: AbortSignal,
	connectionParams?: Record<string, unknown>,
): AsyncGenerator<SubgraphAnswer> {
	const client = createClient({
		url: url.href.replace(/^http/, "ws"),
		webSocketImpl: class extends WebSocket {
			constructor(address: string, protocols: string) {
				super(address, protocols, { maxPayload: LARGEST_MESSAGE, handshakeTimeout: HANDSHAKE_DEADLINE });
			}
		},
		connectionParams,
		lazy: true,
		lazyCloseTimeout: 0,
		retryAttempts: 0,
		connectionAckWaitTimeout: HANDSHAKE_DEADLINE,
		// Without it a connection that broke without a word would look silent for ever.
		keepAlive: 10_000,
	});
	const events = client.iterate<JsonObject>({ query, variables });
	const stop = () => void client.dispose();
	signal.addEventListener("abort", stop, { once: true });
	try {
		if (signal.aborted) return;
		for await (const { data, errors } of events) yield { data: data ?? null, errors: (errors ?? []) as readonly SubgraphError[] };
	} finally {
		signal.removeEventListener("abort", stop);
		stop();
	}
}

const LARGEST_MESSAGE = 4_000_000;
const HANDSHAKE_DEADLINE = 5_000;
