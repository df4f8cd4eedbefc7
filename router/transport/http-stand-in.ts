import type { Dispatcher } from "undici";
import { MemberFailure, type StandIn } from "../horizontal/member.ts";
import { Circuit } from "./circuit.ts";
import { Gate } from "./gate.ts";
import { missingReason } from "./http-member.ts";
import { dispatchSigned } from "./signed-post.ts";
import type { Signing } from "./signing.ts";

export interface StandInOptions {
	/** Where the snapshot of a member answers as that member would. */
	address(slug: string): URL;
	pool: Dispatcher;
	/** Proves to the subgraph that keeps the snapshots that requests are the router's. */
	signing: Signing;
	/** Milliseconds that a member has for one answer. */
	memberDeadline: number;
	/** Bytes of one answer. */
	largestAnswer: number;
}

/** The share of a member's time after which the snapshot is asked, in case the member stays silent. */
const LATE = 0.8;
const MOST_RUNNING = 64;
const MOST_WAITING = 256;

/**
 * Makes the stand-ins of members. The last fifth of a member's time is the snapshot's: an answer from it is there when
 * the member's time is over, and no request takes longer for it than for the slow member itself. All of them are one
 * server, with one circuit.
 */
export function httpStandIns({ address, pool, signing, memberDeadline, largestAnswer }: StandInOptions): (slug: string) => StandIn {
	const circuit = new Circuit();
	const gate = new Gate(MOST_RUNNING, MOST_WAITING);
	const deadline = memberDeadline * (1 - LATE);

	function send(url: URL, body: string, signal: AbortSignal, milliseconds: number, traceparent: string | undefined): Promise<string> {
		const headers = traceparent === undefined ? undefined : { traceparent };
		return new Promise((resolve, reject) => {
			dispatchSigned(signing, undefined, pool, url, body, { deadline: milliseconds, largestAnswer, signal, headers }, (error, text) => {
				gate.leave();
				if (!error) circuit.succeeded();
				else if (error.reason === "TIMEOUT" || error.reason === "HTTP_ERROR") circuit.failed();
				else circuit.released();
				if (error) reject(new MemberFailure(missingReason(error.reason), error.message));
				else resolve(text);
			});
		});
	}

	return (slug) => {
		const url = address(slug);
		return {
			lateAfter: (until) => Math.min(memberDeadline, until - performance.now()) * LATE,
			async ask(body, { signal, until, traceparent }) {
				if (!circuit.admits()) throw new MemberFailure("CIRCUIT_OPEN", "the snapshot does not answer");
				const end = Math.min(performance.now() + deadline, until);
				const turn = gate.enter(signal);
				if (turn !== undefined && !(await turn)) {
					circuit.released();
					throw new MemberFailure("OVERLOADED", "the snapshot has too much to answer");
				}
				return send(url, body, signal, Math.max(1, end - performance.now()), traceparent);
			},
			used: () => undefined,
		};
	};
}
