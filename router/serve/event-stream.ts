import type { RequestError } from "../errors.ts";
import type { Exchange } from "./send.ts";

/**
 * Answers as server-sent events: GraphQL over Server-Sent Events, distinct connections mode. Each result is an event
 * `next`; `complete` ends the stream. `onFailure` makes the last result of a stream that broke. Resolves when the stream
 * has ended, on either side; never compressed, so that each event goes out at once.
 */
export async function sendEvents(
	{ response, headers }: Pick<Exchange, "response" | "headers">,
	events: AsyncIterable<string>,
	signal: AbortSignal,
	onFailure: (error: unknown) => string,
): Promise<void> {
	response.writeHead(200, {
		...headers,
		"content-type": "text/event-stream; charset=utf-8",
		"cache-control": "no-store",
		"x-accel-buffering": "no",
	});
	// Proxies and browsers close a stream that stays silent.
	const heartbeat = setInterval(() => response.write(":\n\n"), HEARTBEAT);
	response.write(":\n\n");
	try {
		for await (const text of events) {
			if (signal.aborted) return;
			if (!response.write(`event: next\ndata: ${text}\n\n`)) await drained(response, signal);
		}
		response.write("event: complete\ndata:\n\n");
	} catch (error) {
		if (!signal.aborted) response.write(`event: next\ndata: ${onFailure(error)}\n\nevent: complete\ndata:\n\n`);
	} finally {
		clearInterval(heartbeat);
		response.end();
	}
}

/** Ends a stream that is open, telling its client why. */
export function endEvents({ response }: Pick<Exchange, "response">, { errors }: RequestError, gone: AbortController): void {
	response.write(`event: next\ndata: ${JSON.stringify({ errors })}\n\nevent: complete\ndata:\n\n`);
	gone.abort();
}

const HEARTBEAT = 12_000;

/** Waits until the client has read what it was sent. */
function drained(response: Exchange["response"], signal: AbortSignal): Promise<void> {
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
