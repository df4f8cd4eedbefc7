import { lookup as systemLookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Agent } from "undici";

/**
 * Requests to addresses that strangers give. Unless the operator allows it, none reaches this machine or a private
 * network: the address is checked when the connection is made, so that a name cannot point elsewhere in between.
 */

// Two lists: in one, the range of mapped addresses would also catch every IPv4 address.
const refused4 = new BlockList();
const refused6 = new BlockList();
const RANGES_4 =
	"0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4";
// The mapped, translated and tunnelled ranges hide an IPv4 address: refused whole rather than unwrapped.
const RANGES_6 =
	"::/96 ::ffff:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8";
for (const [list, ranges, family] of [
	[refused4, RANGES_4, "ipv4"],
	[refused6, RANGES_6, "ipv6"],
] as const) {
	for (const range of ranges.split(" ")) {
		const [network, bits] = range.split("/");
		list.addSubnet(network as string, Number(bits), family);
	}
}

/** Whether an IP address belongs to this machine, a private network, or no host at all. */
export function isPrivateAddress(address: string): boolean {
	const plain = address.replace(/^\[|\]$/g, "");
	const family = isIP(plain);
	return family === 4 ? refused4.check(plain, "ipv4") : family !== 6 || refused6.check(plain, "ipv6");
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

interface OutgoingOptions {
	allowPrivateAddresses: boolean;
	/** At most so many to each address. */
	connections?: number;
}

/** Connections to members and to the addresses they give. Redirects are not followed. */
export function createOutgoingPool({ allowPrivateAddresses, connections = 32 }: OutgoingOptions): Agent {
	const limits = { connections, pipelining: 1, keepAliveTimeout: 30_000 };
	if (allowPrivateAddresses) return new Agent({ ...limits, connect: { timeout: 5_000 } });
	const agent = new Agent({ ...limits, connect: { timeout: 5_000, lookup: guardedLookup } });
	// An address given as numbers is never looked up.
	return agent.compose((dispatch) => (options, handler) => {
		const host = new URL(String(options.origin)).hostname;
		if (isIP(host.replace(/^\[|\]$/g, "")) !== 0 && isPrivateAddress(host)) throw new PrivateAddressError(host);
		return dispatch(options, handler);
	}) as unknown as Agent;
}
