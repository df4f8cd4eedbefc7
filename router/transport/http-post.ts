import type { Dispatcher } from "undici";

/** Why a request brought nothing. */
export type PostFailure = "TIMEOUT" | "UNREACHABLE" | "HTTP_ERROR" | "TOO_LARGE" | "CANCELLED" | "TOKEN_REQUIRED";

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
	headers?: Record<string, string> | undefined;
}

const HEADERS = { "content-type": "application/json", accept: "application/graphql-response+json, application/json" };

/** Called once: with the answer's text, or with why there is none. */
export type OnPosted = (error: PostError | undefined, text: string) => void;

/** Posts JSON and reads the answer as text. Rejects with a {@link PostError}. */
export function postJson(pool: Dispatcher, url: URL, body: string, options: PostOptions): Promise<string> {
	return new Promise((resolve, reject) => {
		dispatchJson(pool, url, body, options, (error, text) => (error ? reject(error) : resolve(text)));
	});
}

/**
 * The same with a callback, for the hot path: a request to ten members makes ten of these.
 *
 * Uses `dispatch` with a handler of its own: a fifth less processor time than `request` on small answers.
 */
export function dispatchJson(pool: Dispatcher, url: URL, body: string, options: PostOptions, done: OnPosted): void {
	if (options.signal.aborted) {
		done(new PostError("CANCELLED", "The request was cancelled"), "");
		return;
	}
	const handler = new PostHandler(options, done);
	try {
		pool.dispatch(
			{
				origin: url.origin,
				path: url.pathname + url.search,
				method: "POST",
				headers: options.headers ? { ...HEADERS, ...options.headers } : HEADERS,
				body,
			},
			handler,
		);
	} catch (error) {
		// An address that is not allowed is refused before anything is sent.
		handler.fail("UNREACHABLE", (error as Error).message);
	}
}

class PostHandler implements Dispatcher.DispatchHandler {
	private controller: Dispatcher.DispatchController | undefined;
	private status = 0;
	private bytes = 0;
	private first: Buffer | undefined;
	private chunks: Buffer[] | undefined;
	private isSettled = false;
	private readonly timer: NodeJS.Timeout;
	private readonly cancel = () => this.fail("CANCELLED", "The request was cancelled");

	constructor(
		readonly options: PostOptions,
		readonly done: OnPosted,
	) {
		this.timer = setTimeout(() => this.fail("TIMEOUT", `No answer within ${Math.round(options.deadline)} ms`), options.deadline);
		options.signal.addEventListener("abort", this.cancel);
	}

	fail(reason: PostFailure, message: string): void {
		if (!this.settle()) return;
		this.done(new PostError(reason, message), "");
		this.controller?.abort(new Error(message));
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		this.controller = controller;
		if (this.isSettled) controller.abort(new Error("The request was given up"));
	}

	onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
		this.status = status;
	}

	onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
		this.bytes += chunk.length;
		if (this.bytes > this.options.largestAnswer) this.fail("TOO_LARGE", `The answer is larger than ${this.options.largestAnswer} bytes`);
		else if (this.first === undefined) this.first = chunk;
		else (this.chunks ??= [this.first]).push(chunk);
	}

	onResponseEnd(): void {
		const status = this.status;
		// GraphQL over HTTP: a refused operation is a 4xx with a GraphQL body, which tells more than the status.
		if (status >= 500 || status === 429 || (status >= 300 && status < 400)) this.fail("HTTP_ERROR", `HTTP ${status}`);
		else if (status === 401 && this.text().includes('"ROUTER_TOKEN_REQUIRED"'))
			this.fail("TOKEN_REQUIRED", "Only what the router has signed is answered");
		else if (this.settle()) this.done(undefined, this.text());
	}

	private text(): string {
		return this.chunks ? Buffer.concat(this.chunks).toString("utf8") : (this.first?.toString("utf8") ?? "");
	}

	onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
		this.fail("UNREACHABLE", error.message);
	}

	private settle(): boolean {
		if (this.isSettled) return false;
		this.isSettled = true;
		clearTimeout(this.timer);
		this.options.signal.removeEventListener("abort", this.cancel);
		return true;
	}
}
