import { setTimeout as delay } from "node:timers/promises";
import { type Client, createClient } from "graphql-ws";
import WebSocket from "ws";
import type { Log } from "../kit/log.ts";
import { digestOfOperation, ROUTER_TOKEN_HEADER } from "../kit/router-token/format.ts";
import type { RouterProof } from "./ask-endpoint.ts";

export interface SubscriptionOptions {
	/** Address of the endpoint, `http(s)` or `ws(s)`. */
	url: string;
	query: string;
	/** Asked anew at each connection: a position moves on. */
	variables?: () => Record<string, unknown>;
	/** Signs the subscription as the router would: for an endpoint that answers nothing else. */
	proof?: RouterProof | undefined;
	/** Each answer. When it throws, the connection is ended and made again. */
	onData: (data: Record<string, unknown>) => void | Promise<void>;
	/** The connection stands, or has been lost with this reason. */
	onState?: (problem: string | undefined) => void;
	/** Longest pause between two tries, in milliseconds. */
	longestPause?: number;
	/** Largest message accepted, in bytes. */
	largestMessage?: number;
	log: Log;
}

const SHORTEST_PAUSE = 100;
const LONGEST_PAUSE = 5000;
const LARGEST_MESSAGE = 8 * 1024 * 1024;
const PING_EVERY = 15_000;
const ANSWER_WITHIN = 10_000;
/** Answers that may wait to be handled before the other side has to. */
const MOST_WAITING = 50;

/**
 * Stays subscribed until stopped: connects again after every loss, with growing pauses, forever. Answers are handled
 * one after the other. Never throws.
 */
export function keepSubscribed(options: SubscriptionOptions): { stop(): Promise<void> } {
	const stopped = new AbortController();
	const running = run(options, stopped.signal);
	return {
		async stop() {
			stopped.abort();
			await running;
		},
	};
}

async function run(options: SubscriptionOptions, signal: AbortSignal): Promise<void> {
	const { log, onState, longestPause = LONGEST_PAUSE } = options;
	let pause = SHORTEST_PAUSE;
	while (!signal.aborted) {
		const problem = await subscribeOnce(options, signal, () => {
			pause = SHORTEST_PAUSE;
		});
		if (signal.aborted) return;
		log.debug({ url: options.url, problem, pause }, "subscription lost");
		onState?.(problem);
		// Spread, so that many that lost the same server do not come back at the same instant.
		await delay(pause * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
		pause = Math.min(pause * 2, longestPause);
	}
}

/** Subscribes until the connection or the stream ends. Returns why it did. */
async function subscribeOnce(options: SubscriptionOptions, signal: AbortSignal, onAnswer: () => void): Promise<string> {
	let socket: WebSocket | undefined;
	class BoundedSocket extends WebSocket {
		constructor(address: string, protocols: string) {
			super(address, protocols, {
				handshakeTimeout: ANSWER_WITHIN,
				maxPayload: options.largestMessage ?? LARGEST_MESSAGE,
				followRedirects: false,
			});
			socket = this;
		}
	}
	let silence: NodeJS.Timeout | undefined;
	let waiting = 0;
	let problem = "the stream ended";
	const variables = options.variables?.() ?? {};
	const { proof } = options;
	const client: Client = createClient({
		connectionParams: proof && {
			[ROUTER_TOKEN_HEADER]: proof.signer.sign(proof.audience, digestOfOperation(options.query, variables)),
		},
		url: options.url.replace(/^http/, "ws"),
		webSocketImpl: BoundedSocket,
		retryAttempts: 0,
		connectionAckWaitTimeout: ANSWER_WITHIN,
		keepAlive: PING_EVERY,
		on: {
			connected: () => options.onState?.(undefined),
			// A host that vanishes closes nothing: a ping without an answer tells.
			ping: (received) => {
				if (!received) silence = setTimeout(() => socket?.terminate(), ANSWER_WITHIN);
			},
			pong: (received) => {
				if (received) clearTimeout(silence);
			},
			message: ({ type }) => {
				if (type !== "next") return;
				waiting += 1;
				if (waiting > MOST_WAITING) socket?.pause();
			},
		},
	});
	const end = () => {
		// Disposing of a client that still connects rejects with the loss that we cause here.
		Promise.resolve(client.dispose()).catch(() => undefined);
		socket?.terminate();
	};
	signal.addEventListener("abort", end, { once: true });
	try {
		for await (const { data, errors } of client.iterate<Record<string, unknown>>({
			query: options.query,
			variables,
		})) {
			if (signal.aborted) break;
			if (errors || !data) throw new Error(errors?.[0]?.message ?? "an answer without data");
			onAnswer();
			await options.onData(data);
			waiting -= 1;
			if (socket?.isPaused && waiting < MOST_WAITING / 2) socket.resume();
		}
	} catch (error) {
		problem = describe(error);
	} finally {
		clearTimeout(silence);
		signal.removeEventListener("abort", end);
		end();
	}
	return problem;
}

/** What graphql-ws throws: an error, a close event, an error event, or the errors of the answer. */
function describe(thrown: unknown): string {
	if (Array.isArray(thrown)) return String((thrown[0] as { message?: unknown } | undefined)?.message ?? "refused");
	const { message, reason, code } = thrown as { message?: unknown; reason?: unknown; code?: unknown };
	if (typeof message === "string" && message !== "") return message;
	if (typeof reason === "string" && reason !== "") return reason;
	return typeof code === "number" || typeof code === "string" ? `the connection was closed (${code})` : "the connection was lost";
}
