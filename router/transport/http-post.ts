import type { Dispatcher } from "undici";

/** Why a request brought nothing. */
export type PostFailure = "TIMEOUT" | "UNREACHABLE" | "HTTP_ERROR" | "TOO_LARGE" | "CANCELLED";

export class PostError extends Error {
	constructor(
		readonly reason: PostFailure,
		message: string,
	) {
		super(message);
	}
}

export interface PostOptions {
	/** Milliseconds until the request is given up, from now to the last byte. */
	deadline: number;
	/** Bytes after which an answer is given up. */
	largestAnswer: number;
	signal: AbortSignal;
	headers?: Record<string, string>;
}

const HEADERS = { "content-type": "application/json", accept: "application/graphql-response+json, application/json" };

/**
 * Posts JSON and reads the answer as text. Rejects with a {@link PostError}.
 *
 * Uses `dispatch` with a handler of its own: a fifth less CPU than `request` on small answers.
 */
export function postJson(
	pool: Dispatcher,
	url: URL,
	body: string,
	{ deadline, largestAnswer, signal, headers }: PostOptions,
): Promise<string> {
	return new Promise((resolve, reject) => {
		if (signal.aborted) return reject(new PostError("CANCELLED", "The request was cancelled"));
		let controller: Dispatcher.DispatchController | undefined;
		let status = 0;
		let bytes = 0;
		const chunks: Buffer[] = [];
		let settled = false;
		const timer = setTimeout(() => fail("TIMEOUT", `No answer within ${deadline} ms`), deadline);
		const cancel = () => fail("CANCELLED", "The request was cancelled");
		signal.addEventListener("abort", cancel, { once: true });

		function settle(): boolean {
			if (settled) return false;
			settled = true;
			clearTimeout(timer);
			signal.removeEventListener("abort", cancel);
			return true;
		}

		function fail(reason: PostFailure, message: string): void {
			if (!settle()) return;
			reject(new PostError(reason, message));
			controller?.abort(new Error(message));
		}

		const start = () =>
			pool.dispatch(
				{
					origin: url.origin,
					path: url.pathname + url.search,
					method: "POST",
					headers: headers ? { ...HEADERS, ...headers } : HEADERS,
					body,
				},
				{
					onRequestStart(given) {
						controller = given;
						if (settled) given.abort(new Error("The request was given up"));
					},
					onResponseStart(_controller, statusCode) {
						status = statusCode;
					},
					onResponseData(_controller, chunk) {
						bytes += chunk.length;
						if (bytes > largestAnswer) fail("TOO_LARGE", `The answer is larger than ${largestAnswer} bytes`);
						else chunks.push(chunk);
					},
					onResponseEnd() {
						// GraphQL over HTTP: a refused operation is a 4xx with a GraphQL body, which tells more than the status.
						if (status >= 500 || status === 429 || (status >= 300 && status < 400)) return fail("HTTP_ERROR", `HTTP ${status}`);
						if (settle()) resolve((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString("utf8"));
					},
					onResponseError(_controller, error) {
						fail("UNREACHABLE", error.message);
					},
				},
			);
		try {
			start();
		} catch (error) {
			// An address that is not allowed is refused before anything is sent.
			fail("UNREACHABLE", (error as Error).message);
		}
	});
}
