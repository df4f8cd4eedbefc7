import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { sendConsole, wantsConsole } from "./console/console.ts";
import { METRICS_TYPE } from "./metrics/text.ts";

/** What stands behind the front: a router. */
export interface Fronted {
	handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** The public keys by which subgraphs know the router, as JSON; undefined for a router that does not sign. */
	jwks?: string | undefined;
	/** Whether the members are known. */
	isReady(): boolean;
	/** Whether a browser that opens `/graphql` gets a page to try requests with. */
	hasConsole: boolean;
	/** The figures in the text format of Prometheus; undefined when they are not for this client. */
	metrics(request: IncomingMessage): string | undefined;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The one listener of a hub's public address: `/graphql` over HTTP and WebSocket, `/health` (the process is up),
 * `/ready` (it knows the members), `/metrics`, `/.well-known/jwks.json` (the router's public keys); whatever else is `otherwise`'s.
 */
export interface Front {
	handle: Listener;
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Begins to serve. Before, `/health` is answered, and everything else with 503. */
	open(router: Fronted, otherwise?: Listener): void;
}

export function createFront(): Front {
	let router: Fronted | undefined;
	let otherwise: Listener = nothingElse;
	return {
		open(opened, others = nothingElse) {
			router = opened;
			otherwise = others;
		},
		handle(request, response) {
			const path = pathOf(request);
			if (path === "/health") return probe(request, response, 200, "up");
			if (!router) return probe(request, response, 503, "The hub is starting.", { "retry-after": "2" });
			if (path === "/graphql") {
				if (router.hasConsole && wantsConsole(request)) return sendConsole(request, response);
				return void router.handle(request, response);
			}
			if (path === "/ready") {
				if (router.isReady()) return probe(request, response, 200, "ready");
				return probe(request, response, 503, "The members are not known yet.", { "retry-after": "2" });
			}
			if (path === "/.well-known/jwks.json" && router.jwks !== undefined)
				return answer(request, response, 200, router.jwks, { "content-type": "application/jwk-set+json" });
			const figures = path === "/metrics" ? router.metrics(request) : undefined;
			if (figures !== undefined) return answer(request, response, 200, figures, { "content-type": METRICS_TYPE });
			otherwise(request, response);
		},
		upgrade(request, socket, head) {
			if (router && pathOf(request) === "/graphql") router.upgrade(request, socket, head);
			else socket.destroy();
		},
	};
}

function pathOf({ url = "/" }: IncomingMessage): string {
	const end = url.indexOf("?");
	return end === -1 ? url : url.slice(0, end);
}

/** What a hub without pages answers to whatever is not its. */
export const nothingElse: Listener = (request, response) => probe(request, response, 404, "GraphQL is at /graphql.");

function probe(
	request: IncomingMessage,
	response: ServerResponse,
	status: number,
	text: string,
	headers: Record<string, string> = {},
): void {
	answer(request, response, status, `${text}\n`, { "content-type": "text/plain; charset=utf-8", ...headers });
}

function answer(request: IncomingMessage, response: ServerResponse, status: number, text: string, headers: Record<string, string>): void {
	response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text), "cache-control": "no-store" });
	response.end(request.method === "HEAD" ? undefined : text);
}
