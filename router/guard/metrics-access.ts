import type { IncomingMessage } from "node:http";
import { isPrivateAddress } from "../../subgraphs/kit/outgoing.ts";
import { clientAddress } from "./client-address.ts";

/** Who may read the figures: whoever asks from this machine or a private network, everyone, or nobody. */
export type MetricsAccess = boolean | "everyone";

/** Decides whether a request for the figures is answered. `proxies`: see {@link clientAddress}. */
export function mayReadMetrics(request: IncomingMessage, access: MetricsAccess, proxies: number): boolean {
	if (access === "everyone" || access === false) return access === "everyone";
	// A proxy that is not declared: where the request comes from is not known.
	if (proxies === 0 && request.headers["x-forwarded-for"] !== undefined) return false;
	const address = clientAddress(request, proxies);
	return isPrivateAddress(/^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address);
}
