import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { Answer } from "../../kit/ask.ts";

/** A subscription that the audit holds open, with what has come of it. */
export interface OpenSubscription {
	events: Answer[];
	/** Why it could not be opened, or was ended. */
	problem(): unknown;
	stop(): void;
}

/** Opens a subscription over graphql-transport-ws, at the address of the router with `ws` for `http`. */
export function openSubscription(url: string, query: string, variables: Record<string, unknown>): OpenSubscription {
	const client = createClient({ url: url.replace(/^http/, "ws"), webSocketImpl: WebSocket, lazy: true, retryAttempts: 0 });
	const events: Answer[] = [];
	let problem: unknown;
	client.subscribe<never>(
		{ query, variables },
		{
			next: (event) => void events.push(event as never),
			error: (error) => {
				problem = error;
			},
			complete: () => undefined,
		},
	);
	return { events, problem: () => problem, stop: () => void client.dispose() };
}
