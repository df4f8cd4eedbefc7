import type { Dispatcher } from "undici";
import type { MissingReason } from "../horizontal/completeness.ts";
import { type Member, MemberFailure } from "../horizontal/member.ts";
import { PostError, postJson } from "./http-post.ts";
import { subscribeOverWebSocket } from "./web-socket.ts";

export interface HttpMemberOptions {
	slug: string;
	name: string;
	url: URL;
	pool: Dispatcher;
	/** Milliseconds that this member has for one answer, a second try included. */
	deadline: number;
	largestAnswer: number;
}

/** A member that answers at one address. A read that finds a broken connection is tried once more within the deadline. */
export function httpMember({ slug, name, url, pool, deadline, largestAnswer }: HttpMemberOptions): Member {
	return {
		slug,
		name,
		async call(body, { signal, idempotent }) {
			const until = performance.now() + deadline;
			try {
				return await postJson(pool, url, body, { deadline, largestAnswer, signal });
			} catch (error) {
				const left = until - performance.now();
				if (!idempotent || !(error instanceof PostError) || error.reason !== "UNREACHABLE" || left < 1) throw asFailure(error);
				return postJson(pool, url, body, { deadline: left, largestAnswer, signal }).catch((second: unknown) => {
					throw asFailure(second);
				});
			}
		},
		stream: (query, variables, signal) => subscribeOverWebSocket(url, query, variables, signal),
	};
}

function asFailure(error: unknown): MemberFailure {
	const reason: MissingReason = error instanceof PostError ? (error.reason === "CANCELLED" ? "TIMEOUT" : error.reason) : "UNREACHABLE";
	return new MemberFailure(reason, (error as Error).message);
}
