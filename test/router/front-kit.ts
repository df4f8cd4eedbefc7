import { createServer } from "node:http";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { createRouter, type Router, type RouterOptions } from "../../router/router.ts";
import { createFront, type Front } from "../../router/serve/front.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import type { Answer } from "../kit/ask.ts";
import { type MemberServer, type Row, startMember } from "../kit/member-server.ts";
import { regionSdl } from "./guard-sdl.ts";

/** A router behind its front on a port, over members in memory, with a directory that the test holds. */
export interface FrontedRouter {
	origin: string;
	url: string;
	front: Front;
	router: Router;
	member(slug: string): MemberServer;
	/** Makes the directory known, where it was to be told late. */
	tellDirectory(): void;
	/** Posts a body, and reads the answer. */
	post(body: object, headers?: Record<string, string>): Promise<Answered>;
	get(parameters: Record<string, string>, headers?: Record<string, string>): Promise<Answered>;
	/** Runs one operation over WebSocket: its results, or the errors it was refused with. */
	overWebSocket(payload: object, origin?: string, headers?: Record<string, string>): Promise<Answer[]>;
	stop(): Promise<void>;
}

interface Answered extends Answer {
	status: number;
	headers: Headers;
}

export async function startFronted(
	rows: Record<string, Row[]>,
	options: Partial<RouterOptions> = {},
	{ isLate = false } = {},
): Promise<FrontedRouter> {
	const members = new Map<string, MemberServer>();
	for (const [slug, memberRows] of Object.entries(rows)) members.set(slug, await startMember(slug, memberRows));
	const entries = [...members].map(([slug, { url }]) => ({ slug, name: slug, endpoint: url, departements: [], collectives: [] }));
	let tellDirectory: () => void = () => undefined;
	const ready = isLate ? new Promise<void>((resolve) => (tellDirectory = resolve)) : Promise.resolve();
	const router = createRouter({
		supergraphSdl: regionSdl(),
		subgraphs: { network: "http://127.0.0.1:9/graphql" },
		directory: { entries: () => entries, onChange: () => () => undefined, ready, stop: async () => undefined },
		memberLimits: { deadline: 3_000 },
		allowPrivateAddresses: true,
		log: createLog("test", "silent"),
		...options,
	});
	await (isLate || router.ready);
	const front = createFront();
	const server = createServer(front.handle);
	server.on("upgrade", front.upgrade);
	front.open(router);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
	const url = `${origin}/graphql`;
	const send = async (address: string, init: RequestInit): Promise<Answered> => {
		const response = await fetch(address, init);
		return { ...((await response.json()) as Answer), status: response.status, headers: response.headers };
	};
	return {
		origin,
		url,
		front,
		router,
		member: (slug) => members.get(slug) as MemberServer,
		tellDirectory: () => tellDirectory(),
		post: (body, headers) =>
			send(url, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) }),
		get: (parameters, headers) => send(`${url}?${new URLSearchParams(parameters)}`, { headers }),
		overWebSocket: (payload, from, headers) =>
			runOverWebSocket(url.replace("http", "ws"), payload, { headers, ...(from && { origin: from }) }),
		async stop() {
			await router.stop();
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
			await Promise.all([...members.values()].map((member) => member.stop()));
		},
	};
}

function runOverWebSocket(url: string, payload: object, options: WebSocket.ClientOptions): Promise<Answer[]> {
	const client = createClient({
		url,
		webSocketImpl: class extends WebSocket {
			constructor(address: string, protocols: string) {
				super(address, protocols, options);
			}
		},
		retryAttempts: 0,
	});
	const results: Answer[] = [];
	return new Promise<Answer[]>((resolve, reject) => {
		client.subscribe(payload as { query: string }, {
			next: (result) => void results.push(result as Answer),
			error: (problem) =>
				Array.isArray(problem) ? resolve([{ data: undefined, errors: problem as unknown as Answer["errors"] }]) : reject(problem as Error),
			complete: () => resolve(results),
		});
	}).finally(() => client.dispose());
}
