import type { IncomingMessage } from "node:http";
import type { TakeTurn } from "../guard/rate-limit.ts";
import type { CallerReader, Verified } from "./read-caller.ts";

/**
 * Finds out who sends a request with a header `authorization`, and takes their turn. A token that was not seen before
 * also takes one of the address it comes from, whoever it says it is of: verifying costs. Rejects with a `RequestError`.
 */
export async function identify(
	{ callers, takeTurn }: { callers: CallerReader; takeTurn: TakeTurn },
	request: IncomingMessage,
	authorization: string,
): Promise<Verified> {
	let verified = callers.known(authorization);
	if (!verified) {
		takeTurn(request);
		verified = await callers.verify(authorization);
	}
	takeTurn(request, verified.caller);
	return verified;
}

/** Calls back when a token ends, unless stopped before. */
export function whenEnded({ endsAt }: Verified, callback: () => void): () => void {
	let timer: NodeJS.Timeout;
	const wait = () => {
		const left = endsAt - Date.now();
		if (left <= 0) callback();
		else timer = setTimeout(wait, Math.min(left, LONGEST_TIMER)).unref();
	};
	// Never at once: the caller has not yet got what stops it.
	timer = setTimeout(wait, Math.min(Math.max(0, endsAt - Date.now()), LONGEST_TIMER)).unref();
	return () => clearTimeout(timer);
}

/** Timers of Node hold 31 bits. */
const LONGEST_TIMER = 2 ** 31 - 1;
