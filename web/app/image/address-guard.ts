import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns";
import { BlockList, isIP } from "node:net";

// Two lists: in one, the range of mapped addresses would also catch every IPv4 address.
const refused4 = new BlockList();
const refused6 = new BlockList();
const RANGES_4 = [
	["0.0.0.0", 8],
	["10.0.0.0", 8],
	["100.64.0.0", 10],
	["127.0.0.0", 8],
	["169.254.0.0", 16],
	["172.16.0.0", 12],
	["192.0.0.0", 24],
	["192.0.2.0", 24],
	["192.168.0.0", 16],
	["198.18.0.0", 15],
	["198.51.100.0", 24],
	["203.0.113.0", 24],
	["224.0.0.0", 4],
	["240.0.0.0", 4],
] as const;
// The mapped, translated and tunnelled ranges hide an IPv4 address: refused whole rather than unwrapped.
const RANGES_6 = [
	["::", 96],
	["::ffff:0:0", 96],
	["64:ff9b::", 96],
	["64:ff9b:1::", 48],
	["100::", 64],
	["2001::", 32],
	["2001:db8::", 32],
	["2002::", 16],
	["fc00::", 7],
	["fe80::", 10],
	["fec0::", 10],
	["ff00::", 8],
] as const;
for (const [range, bits] of RANGES_4) refused4.addSubnet(range, bits, "ipv4");
for (const [range, bits] of RANGES_6) refused6.addSubnet(range, bits, "ipv6");

/** Whether an address belongs to everyone's Internet: not this machine, its network, or a range without a place. */
export function isPublicAddress(address: string): boolean {
	const family = isIP(address);
	if (family === 4) return !refused4.check(address, "ipv4");
	return family === 6 && !refused6.check(address, "ipv6");
}

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void;

/**
 * `dns.lookup` that fails when a name leads to a private address. Given to the connection itself, so that the address
 * checked is the one connected to.
 */
export function lookupPublic(hostname: string, options: object, callback: LookupCallback): void {
	lookup(hostname, { ...options, all: true }, (error, addresses) => {
		if (error) return callback(error, []);
		if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) {
			return callback(new Error(`${hostname} leads to a private address`), []);
		}
		const [first] = addresses;
		if ("all" in options && options.all) callback(null, addresses);
		else callback(null, first?.address ?? "", first?.family);
	});
}
