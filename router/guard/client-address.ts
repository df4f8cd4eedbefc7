import type { IncomingMessage } from "node:http";

/**
 * Address of the client that a request comes from. Behind `proxies` proxies it is what the farthest of them wrote to
 * `x-forwarded-for`; whatever stands before it there, anybody can have written.
 */
export function clientAddress(request: IncomingMessage, proxies: number): string {
	const direct = request.socket.remoteAddress ?? "";
	if (proxies === 0) return direct;
	const forwarded = String(request.headers["x-forwarded-for"] ?? "")
		.split(",")
		.map((part) => part.trim())
		.filter((part) => part !== "");
	return forwarded[Math.max(0, forwarded.length - proxies)] ?? direct;
}

/** Whether the client is on this machine: the pages, a tool, a proxy that is not declared. */
export function isLocal(address: string): boolean {
	return address.startsWith("127.") || address === "::1" || address.startsWith("::ffff:127.");
}

/** Whether a server that listens on `host` is reached from this machine only. */
export function isLoopback(host: string): boolean {
	return host === "localhost" || isLocal(host);
}

/** What stands for one client: an IPv4 address, or the /64 network of an IPv6 address, all of which one client has. */
export function clientKey(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped !== undefined) return mapped;
	if (!address.includes(":")) return address;
	const [head = "", tail] = address.split("::");
	const groups = head === "" ? [] : head.split(":");
	if (tail !== undefined) {
		const last = tail === "" ? [] : tail.split(":");
		while (groups.length + last.length < 8) groups.push("0");
		groups.push(...last);
	}
	return groups.slice(0, 4).join(":");
}
