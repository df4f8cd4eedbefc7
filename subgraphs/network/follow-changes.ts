import type { Log } from "../kit/log.ts";
import { keepSubscribed } from "./keep-subscribed.ts";

/** Calls `onChange` at once, and whenever the network says that something of it has changed; after a loss of the connection, too. */
export function followChanges({ url, onChange, log }: { url: string; onChange: () => void; log: Log }): { stop(): Promise<void> } {
	return keepSubscribed({
		url,
		query: "subscription NetworkChanges { networkChanged { version } }",
		longestPause: 2000,
		onData: onChange,
		log,
	});
}
