import type { ServerResponse } from "node:http";

/**
 * Answers as server-sent events: GraphQL over Server-Sent Events, distinct connections mode. Each result is an event
 * `next`; `complete` ends the stream. Resolves when the stream has ended, on either side.
 */
export async function sendEvents(response: ServerResponse, events: AsyncIterable<string>, signal: AbortSignal): Promise<void> {
	response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store", "x-accel-buffering": "no" });
	// Proxies and browsers close a stream that stays silent.
	const heartbeat = setInterval(() => response.write(":\n\n"), HEARTBEAT);
	response.write(":\n\n");
	try {
		for await (const text of events) {
			if (signal.aborted) return;
			if (!response.write(`event: next\ndata: ${text}\n\n`)) await drained(response, signal);
		}
		response.write("event: complete\ndata:\n\n");
	} finally {
		clearInterval(heartbeat);
		response.end();
	}
}

const HEARTBEAT = 12_000;

/** Waits until the client has read what it was sent. */
function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const done = () => {
			response.off("drain", done);
			response.off("close", done);
			signal.removeEventListener("abort", done);
			resolve();
		};
		response.once("drain", done);
		response.once("close", done);
		signal.addEventListener("abort", done, { once: true });
	});
}
