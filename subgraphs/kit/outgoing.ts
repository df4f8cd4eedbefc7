import { lookup as systemLookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Agent } from "undici";

/**
 * Requests to addresses that strangers give. Unless the operator allows it, none reaches this machine or a private
 * network: the address is checked when the connection is made, so that a name cannot point elsewhere in between.
 */

const PRIVATE = new BlockList();
for (const [network, prefix] of [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["224.0.0.0", 4],
	["240.0.0.0", 4],
] as const)
	PRIVATE.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of [
	["::", 128],
	["::1", 128],
	["64:ff9b::", 96],
	["fc00::", 7],
	["fe80::", 10],
	["ff00::", 8],
] as const)
	PRIVATE.addSubnet(network, prefix, "ipv6");

/** Whether an IP address belongs to this machine, a private network, or no host at all. */
export function isPrivateAddress(address: string): boolean {
	const plain = address.replace(/^\[|\]$/g, "");
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
	if (mapped !== undefined) return isPrivateAddress(mapped);
	const family = isIP(plain);
	return family === 0 || PRIVATE.check(plain, family === 4 ? "ipv4" : "ipv6");
}

class PrivateAddressError extends Error {
	constructor(host: string) {
		super(`${host} is a private address, which is not allowed here`);
	}
}

const guardedLookup: LookupFunction = (host, options, callback) => {
	systemLookup(host, { ...options, all: true }, (error, addresses) => {
		if (error) return callback(error, "", 0);
		const [first] = addresses;
		if (!first || addresses.some(({ address }) => isPrivateAddress(address))) return callback(new PrivateAddressError(host), "", 0);
		if (options.all) return callback(null, addresses as never);
		callback(null, first.address, first.family);
	});
};

/** Connections to members and to the addresses they give. Redirects are not followed. */
export function createOutgoingPool({ allowPrivateAddresses }: { allowPrivateAddresses: boolean }): Agent {
	const limits = { connections: 32, pipelining: 1, keepAliveTimeout: 30_000 };
	if (allowPrivateAddresses) return new Agent({ ...limits, connect: { timeout: 5_000 } });
	const agent = new Agent({ ...limits, connect: { timeout: 5_000, lookup: guardedLookup } });
	// An address given as numbers is never looked up.
	return agent.compose((dispatch) => (options, handler) => {
		const host = new URL(String(options.origin)).hostname;
		if (isIP(host.replace(/^\[|\]$/g, "")) !== 0 && isPrivateAddress(host)) throw new PrivateAddressError(host);
		return dispatch(options, handler);
	}) as unknown as Agent;
}
