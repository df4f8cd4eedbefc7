import type { Dispatcher } from "undici";
import type { Caller } from "../../subgraphs/kit/caller.ts";
import type { RouterSigner } from "../../subgraphs/kit/router-token/signer.ts";
import type { MissingReason } from "../horizontal/completeness.ts";
import { type Member, MemberFailure } from "../horizontal/member.ts";
import { Circuit, type CircuitOptions, DEFAULT_CIRCUIT } from "./circuit.ts";
import { Gate } from "./gate.ts";
import { dispatchJson, type OnPosted, type PostError, type PostFailure } from "./http-post.ts";
import { Signing } from "./signing.ts";
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
	mostRunning: 16,
	mostWaiting: 256,
	hedgeAfter: 0,
	circuit: DEFAULT_CIRCUIT,
};

export interface HttpMemberOptions {
	slug: string;
	name: string;
	url: URL;
	pool: Dispatcher;
	limits: MemberLimits;
	/** Signs what is sent, where it has to be. */
	signer?: RouterSigner;
	/** Whether it is known to answer reads only when they are signed. */
	signedReads?: boolean;
}

export interface HttpMember extends Member {
	circuit: Circuit;
	gate: Gate;
	/** Ends what it does by itself. */
	stop(): void;
}

/** On whose behalf a request is sent. */
interface Sender {
	caller: Caller | undefined;
	traceparent: string | undefined;
}

const PING = '{"query":"{__typename}"}';

/** Whether a failure says that the member does not answer, or is burdened. */
function isUnanswered(reason: PostFailure): boolean {
	return reason === "TIMEOUT" || reason === "HTTP_ERROR" || reason === "UNREACHABLE";
}

/** A member that answers at one address. */
export function httpMember({ slug, name, url, pool, limits, signer, signedReads }: HttpMemberOptions): HttpMember {
	/** The read that was not answered last: whether it is answered now says more than any other. */
	const unanswered = PING;
	const lastReason: MissingReason = "CIRCUIT_OPEN";
	const circuit = new Circuit(limits.circuit, probe);
	const gate = new Gate(limits.mostRunning, limits.mostWaiting);
	const signing = new Signing(signer, slug, signedReads);

	function probe(): Promise<boolean> {
		return new Promise((resolve) => {
			const { deadline, largestAnswer } = limits;
			const headers = signing.headers(unanswered, true, undefined);
			dispatchJson(pool, url, unanswered, { deadline, largestAnswer, signal: new AbortController().signal, headers }, (error) =>
				resolve(!error || !isUnanswered(error.reason)),
			);
		});
	}

	/**
	 * Sends, and tells the circuit how it went. A read that finds a broken connection is sent once more: the connection
	 * had been kept open, and was closed meanwhile. Each time with a signature of its own: none is accepted twice.
	 */
	function send(body: string, until: number, signal: AbortSignal, isRead: boolean, sender: Sender, tries: number, done: OnPosted): void {
		const deadline = Math.max(1, until - performance.now());
		const signature = signing.headers(body, isRead, sender.caller);
		const headers = sender.traceparent === undefined ? signature : { ...signature, traceparent: sender.traceparent };
		dispatchJson(pool, url, body, { deadline, largestAnswer: limits.largestAnswer, signal, headers }, (error, text) => {
			if (!error) circuit.succeeded();
			else if (error.reason === "TIMEOUT" || error.reason === "HTTP_ERROR") circuit.failed();
			else if (error.reason === "UNREACHABLE" && tries > 1 && !signal.aborted && performance.now() < until) {
				return send(body, until, signal, isRead, sender, tries - 1, done);
			} else if (error.reason === "TOKEN_REQUIRED" && signature === undefined && signing.mustSign()) {
				return send(body, until, signal, isRead, sender, tries, done);
			} else circuit.released();
			done(error, text);
		});
	}

	/** Sends with a place in the gate, and gives it back. */
	function sendInTurn(body: string, until: number, signal: AbortSignal, idempotent: boolean, sender: Sender): Promise<string> {
		return new Promise((resolve, reject) => {
			const done: OnPosted = (error, text) => {
				gate.leave();
				if (error) reject(asFailure(error));
				else resolve(text);
			};
			if (idempotent && limits.hedgeAfter > 0) {
				hedged(
					limits.hedgeAfter,
					signal,
					(own) => new Promise((won, lost) => send(body, until, own, true, sender, 2, (error, text) => (error ? lost(error) : won(text)))),
				).then(
					(text) => done(undefined, text),
					(error: PostError) => done(error, ""),
				);
			} else send(body, until, signal, idempotent, sender, idempotent ? 2 : 1, done);
		});
	}

	return {
		slug,
		name,
		patience: limits.deadline,
		circuit,
		gate,
		call(body, { signal, asking, until: requestEnd, caller, traceparent }) {
			const idempotent = asking !== "mutation";
			const sender = { caller, traceparent };
			if (!circuit.admits()) return Promise.reject(new MemberFailure(lastReason, `${slug}: circuit open`));
			const until = Math.min(performance.now() + limits.deadline, requestEnd);
			const turn = gate.enter(signal);
			if (turn === undefined) return sendInTurn(body, until, signal, idempotent, sender);
			return turn.then((entered) => {
				if (entered) return sendInTurn(body, until, signal, idempotent, sender);
				circuit.released();
				throw new MemberFailure("OVERLOADED", `${slug}: queue full`);
			});
		},
		stream: (query, variables, signal, caller) =>
			subscribeOverWebSocket(url, query, variables, signal, signing.connectionParams(query, variables, caller)),
		stop: () => circuit.stop(),
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

function asFailure({ reason, message }: PostError): MemberFailure {
	return new MemberFailure(missingReason(reason), message);
}

/** Why a member's rows are missing, as clients are told. */
export function missingReason(reason: PostFailure): MissingReason {
	if (reason === "CANCELLED") return "TIMEOUT";
	return reason === "TOKEN_REQUIRED" ? "HTTP_ERROR" : reason;
}
