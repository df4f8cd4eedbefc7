import type { Dispatcher } from "undici";
import type { MissingReason } from "../horizontal/completeness.ts";
import { type Member, MemberFailure } from "../horizontal/member.ts";
import { Circuit, type CircuitOptions, DEFAULT_CIRCUIT } from "./circuit.ts";
import { Gate } from "./gate.ts";
import { PostError, postJson } from "./http-post.ts";
import { subscribeOverWebSocket } from "./web-socket.ts";

/** How one member is treated. Each has its own: a slow one is slow for its own rows only. */
export interface MemberLimits {
	/** Milliseconds that it has for one answer: queue, second try and hedge included. */
	deadline: number;
	/** Bytes of one answer. */
	largestAnswer: number;
	/** Requests under way at once, and waiting for their turn. */
	mostRunning: number;
	mostWaiting: number;
	/** Milliseconds after which a query that has no answer yet is sent a second time; 0 for never. */
	hedgeAfter: number;
	circuit: CircuitOptions;
}

export const DEFAULT_MEMBER_LIMITS: MemberLimits = {
	deadline: 2_000,
	largestAnswer: 8_000_000,
	mostRunning: 32,
	mostWaiting: 128,
	hedgeAfter: 0,
	circuit: DEFAULT_CIRCUIT,
};

export interface HttpMemberOptions {
	slug: string;
	name: string;
	url: URL;
	pool: Dispatcher;
	limits: MemberLimits;
}

export interface HttpMember extends Member {
	circuit: Circuit;
	gate: Gate;
}

/** A member that answers at one address. */
export function httpMember({ slug, name, url, pool, limits }: HttpMemberOptions): HttpMember {
	const circuit = new Circuit(limits.circuit);
	const gate = new Gate(limits.mostRunning, limits.mostWaiting);

	/** Sends once; tells the circuit how it went. */
	async function send(body: string, until: number, signal: AbortSignal): Promise<string> {
		try {
			const text = await postJson(pool, url, body, {
				deadline: Math.max(1, until - performance.now()),
				largestAnswer: limits.largestAnswer,
				signal,
			});
			circuit.succeeded();
			return text;
		} catch (error) {
			const reason = error instanceof PostError ? error.reason : "UNREACHABLE";
			if (reason === "TIMEOUT" || reason === "HTTP_ERROR") circuit.failed();
			else circuit.released();
			throw error;
		}
	}

	/** A read that finds a broken connection is sent once more: the connection had been kept open, and was closed meanwhile. */
	async function sendTwice(body: string, until: number, signal: AbortSignal): Promise<string> {
		try {
			return await send(body, until, signal);
		} catch (error) {
			if (!(error instanceof PostError) || error.reason !== "UNREACHABLE" || performance.now() >= until || signal.aborted) throw error;
			return send(body, until, signal);
		}
	}

	return {
		slug,
		name,
		circuit,
		gate,
		async call(body, { signal, idempotent, until: requestEnd }) {
			if (!circuit.admits()) throw new MemberFailure("CIRCUIT_OPEN", `${slug}: circuit open`);
			const until = Math.min(performance.now() + limits.deadline, requestEnd);
			const turn = gate.enter(signal);
			if (turn !== undefined && !(await turn)) {
				circuit.released();
				throw new MemberFailure("OVERLOADED", `${slug}: queue full`);
			}
			try {
				if (!idempotent) return await send(body, until, signal);
				return await (limits.hedgeAfter > 0
					? hedged(limits.hedgeAfter, signal, (own) => sendTwice(body, until, own))
					: sendTwice(body, until, signal));
			} catch (error) {
				throw asFailure(error);
			} finally {
				gate.leave();
			}
		},
		stream: (query, variables, signal) => subscribeOverWebSocket(url, query, variables, signal),
	};
}

/** Sends a second time when no answer has come after a while; the first answer wins, the other is abandoned. */
async function hedged(after: number, signal: AbortSignal, send: (signal: AbortSignal) => Promise<string>): Promise<string> {
	const loser = new AbortController();
	const own = AbortSignal.any([signal, loser.signal]);
	let timer: NodeJS.Timeout | undefined;
	try {
		const first = send(own);
		const second = new Promise<string>((resolve, reject) => {
			timer = setTimeout(() => send(own).then(resolve, reject), after);
			// A first answer that is a failure is the answer, unless the second is on its way already.
			first.catch((error: unknown) => timer?.hasRef() && reject(error));
		});
		return await Promise.any([first, second]).catch((error: AggregateError) => {
			throw error.errors[0];
		});
	} finally {
		clearTimeout(timer);
		loser.abort();
	}
}

function asFailure(error: unknown): MemberFailure {
	const reason: MissingReason = error instanceof PostError ? (error.reason === "CANCELLED" ? "TIMEOUT" : error.reason) : "UNREACHABLE";
	return new MemberFailure(reason, (error as Error).message);
}
