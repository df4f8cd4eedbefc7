import type { Caller } from "../../subgraphs/kit/caller.ts";
import { type Member, MemberFailure } from "../horizontal/member.ts";

interface Read {
	sent: Promise<string>;
	/** Of the request that it was sent for. */
	signal: AbortSignal;
}

/**
 * Reads of one service that are under way: who asks the same for the same caller meanwhile gets the same answer, or the
 * same failure. A read that nobody shares costs one look-up more.
 *
 * It is cancelled with the request that it was sent for; those who share it then have it sent anew, for the next of
 * them. So the last one to go ends it, and nobody loses an answer because another client has left.
 */
export class SharedReads {
	private readonly underWay = new Map<string, Read>();
	private readonly cancelled: () => Error;

	/** `cancelled`: why a request that is aborted while it waits has no answer. */
	constructor(cancelled: () => Error) {
		this.cancelled = cancelled;
	}

	/** Sends `body`, or waits with those who have. */
	read(body: string, caller: Caller | undefined, signal: AbortSignal, send: () => Promise<string>): Promise<string> {
		return this.share(caller === undefined ? body : `${nameOf(caller)}\n${body}`, signal, send);
	}

	private share(key: string, signal: AbortSignal, send: () => Promise<string>): Promise<string> {
		const known = this.underWay.get(key);
		if (known !== undefined) return this.join(known, key, signal, send);
		const sent = send();
		const read = { sent, signal };
		this.underWay.set(key, read);
		const ended = () => void (this.underWay.get(key) === read && this.underWay.delete(key));
		sent.then(ended, ended);
		return sent;
	}

	private join(read: Read, key: string, signal: AbortSignal, send: () => Promise<string>): Promise<string> {
		if (signal.aborted) return Promise.reject(this.cancelled());
		return new Promise((resolve, reject) => {
			const leave = () => reject(this.cancelled());
			signal.addEventListener("abort", leave, { once: true });
			read.sent.then(
				(text) => {
					signal.removeEventListener("abort", leave);
					resolve(text);
				},
				(error: unknown) => {
					signal.removeEventListener("abort", leave);
					// It was given up for another's sake.
					if (read.signal.aborted && !signal.aborted) resolve(this.share(key, signal, send));
					else reject(error);
				},
			);
		});
	}
}

/** Everything that an answer may depend on: two with the same name are the same to every subgraph. */
function nameOf({ issuer, subject, scopes }: Caller): string {
	return JSON.stringify([issuer, subject, [...scopes].sort()]);
}

/**
 * A member's `call` with its reads shared. Mutations go alone, and entities, which `joint-fetch.ts` brings together better;
 * and so do requests with little time left: what they give up
 * on is not given up on for others.
 */
export function sharedCall(member: Member): Member["call"] {
	const reads = new SharedReads(() => new MemberFailure("TIMEOUT", "The request was cancelled"));
	return (body, options) =>
		options.asking === "read" && options.until - performance.now() >= member.patience / 2
			? reads.read(body, options.caller, options.signal, () => member.call(body, options))
			: member.call(body, options);
}
