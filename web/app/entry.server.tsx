import { randomBytes } from "node:crypto";
import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { renderToPipeableStream } from "react-dom/server";
import { type EntryContext, type RouterContextProvider, ServerRouter } from "react-router";
import { hubContext } from "./hub-context.ts";

export const streamTimeout = 15_000;

/** Writes a page whole: nothing on it waits for a script, so nothing is gained by sending it in pieces. */
export default function handleRequest(
	request: Request,
	status: number,
	headers: Headers,
	entry: EntryContext,
	context: RouterContextProvider,
): Promise<Response> {
	const nonce = randomBytes(16).toString("base64");
	headers.set("Content-Type", "text/html; charset=utf-8");
	headers.set("Content-Security-Policy", contentSecurityPolicy(nonce));
	if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-cache");
	return new Promise((resolve, reject) => {
		let failed = false;
		const { pipe, abort } = renderToPipeableStream(<ServerRouter context={entry} url={request.url} nonce={nonce} />, {
			nonce,
			onAllReady() {
				const body = new PassThrough();
				pipe(body);
				resolve(new Response(createReadableStreamFromReadable(body), { status: failed ? 500 : status, headers }));
			},
			onShellError: reject,
			onError(error) {
				failed = true;
				context.get(hubContext).log("a page could not be drawn", { url: request.url, error: String(error) });
			},
		});
		setTimeout(abort, streamTimeout + 1_000).unref();
	});
}

/** No inline script but React Router's own, no inline style, nothing from elsewhere, no frame around. */
const contentSecurityPolicy = (nonce: string): string =>
	[
		"default-src 'none'",
		`script-src 'self' 'nonce-${nonce}'${import.meta.env.DEV ? " 'unsafe-eval'" : ""}`,
		`style-src 'self'${import.meta.env.DEV ? " 'unsafe-inline'" : ""}`,
		"img-src 'self'",
		`connect-src 'self'${import.meta.env.DEV ? " ws:" : ""}`,
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	].join("; ");

/** A loader's unexpected failure: one line in the log; what the reader sees is the error page. */
export function handleError(error: unknown, { request, context }: { request: Request; context: RouterContextProvider }) {
	if (request.signal.aborted) return;
	const detail = error instanceof Error ? error.stack : String(error);
	context.get(hubContext).log("a page failed", { url: request.url, error: detail });
}
