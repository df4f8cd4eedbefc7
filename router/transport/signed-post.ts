import type { Dispatcher } from "undici";
import type { Caller } from "../../subgraphs/kit/caller.ts";
import { dispatchJson, type OnPosted, type PostOptions } from "./http-post.ts";
import type { Signing } from "./signing.ts";

/** Posts a read like {@link dispatchJson}, signed where it has to be; once more, signed, where that turns out so. */
export function dispatchSigned(
	signing: Signing,
	caller: Caller | undefined,
	pool: Dispatcher,
	url: URL,
	body: string,
	options: PostOptions,
	done: OnPosted,
): void {
	const headers = signing.headers(body, true, caller);
	dispatchJson(pool, url, body, headers ? { ...options, headers: { ...options.headers, ...headers } } : options, (error, text) => {
		if (error?.reason !== "TOKEN_REQUIRED" || headers || !signing.mustSign()) return done(error, text);
		dispatchJson(pool, url, body, { ...options, headers: { ...options.headers, ...signing.headers(body, true, caller) } }, done);
	});
}
