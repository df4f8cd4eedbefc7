import type { IncomingMessage } from "node:http";
import { LRUCache } from "lru-cache";
import type { Caller } from "../../subgraphs/kit/caller.ts";
import { RequestError } from "../errors.ts";
import { clientAddress, clientKey, isLocal } from "./client-address.ts";

/** How often one client may ask: a bucket of tokens that fills steadily. */
export interface RateLimit {
	/** Requests a second in the long run. 50. */
	perSecond: number;
	/** Requests at once, after a pause. 500. */
	burst: number;
}

export const DEFAULT_RATE_LIMIT: RateLimit = { perSecond: 50, burst: 500 };

/** Clients that are remembered; the one that was silent longest is forgotten first, and starts anew with a full bucket. */
const KEPT_CLIENTS = 20_000;

/** Takes a token of the bucket of a request's caller, or of its client where there is none. Throws `RATE_LIMITED`, with the seconds to wait, when there is none. */
export type TakeTurn = (request: IncomingMessage, caller?: Caller) => void;

/**
 * Callers with a verified token are limited each by themselves, wherever they are. Others by their address; those on this
 * machine are not: the hub's own pages are one, for all their readers. `now` is in milliseconds.
 */
export function rateLimiter({ perSecond, burst }: RateLimit, proxies: number, now: () => number = () => performance.now()): TakeTurn {
	const buckets = new LRUCache<string, { tokens: number; at: number }>({ max: KEPT_CLIENTS });
	return (request, caller) => {
		const key = caller ? `${caller.issuer}\n${caller.subject}` : addressKey(request);
		if (key === undefined) return;
		const time = now();
		const bucket = buckets.get(key);
		if (!bucket) {
			buckets.set(key, { tokens: burst - 1, at: time });
			return;
		}
		bucket.tokens = Math.min(burst, bucket.tokens + ((time - bucket.at) / 1000) * perSecond);
		bucket.at = time;
		if (bucket.tokens < 1) {
			const retryAfter = Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
			throw RequestError.of(
				"RATE_LIMITED",
				`Too many requests: ${perSecond} a second are accepted from one client. Try again in ${retryAfter} s.`,
				{ retryAfter },
				429,
			);
		}
		bucket.tokens -= 1;
	};

	function addressKey(request: IncomingMessage): string | undefined {
		const address = clientAddress(request, proxies);
		return isLocal(address) ? undefined : clientKey(address);
	}
}
