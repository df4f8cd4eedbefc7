import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

/**
 * A page to try requests with, for whoever opens the GraphQL address in a browser: a small one of our own, which brings
 * nothing from elsewhere. GraphiQL as npm has it is nine megabytes of script, and needs a laxer policy than this one.
 */

/** The page, cut where the nonce of each answer goes. */
let page: string[] | undefined;

/** Whether the request is a browser's that was led here, and not a program's. */
export function wantsConsole({ method, headers }: IncomingMessage): boolean {
	return (method === "GET" || method === "HEAD") && /\btext\/html\b/i.test(headers.accept ?? "");
}

export function sendConsole(request: IncomingMessage, response: ServerResponse): void {
	page ??= readPage().split("NONCE");
	const nonce = randomBytes(16).toString("base64");
	const body = Buffer.from(page.join(nonce));
	response.writeHead(200, {
		"content-type": "text/html; charset=utf-8",
		"content-length": body.length,
		"cache-control": "no-store",
		"content-security-policy": `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
		"x-content-type-options": "nosniff",
		"referrer-policy": "no-referrer",
	});
	response.end(request.method === "HEAD" ? undefined : body);
}

/** Read when it is first asked for: a router that nobody opens in a browser never does. */
function readPage(): string {
	const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), "utf8");
	return read("console.html")
		.replace("/* STYLE */", () => read("console.css"))
		.replace("/* SCRIPT */", () => read("console.js"));
}
