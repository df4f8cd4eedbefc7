import { calculateJwkThumbprint, type JWK } from "jose";
import type { PublicKey } from "../trust/claims.ts";
import type { KeyRecord, NetworkRecord } from "../trust/network-record.ts";
import { networkName, type Party } from "../trust/party.ts";
import type { Report } from "./report.ts";

/** Who speaks for the network: everything else follows from its key. */
export interface Anchor {
	network: Party;
	/** The key in use; undefined where no key that is trusted leads to one. */
	key: PublicKey | undefined;
}

/**
 * Finds the anchor's key in use from keys that are trusted: each must be one of those that the log has of the anchor, of which the
 * first names the network and each but the first was named by the one before it. Whether those statements bear the signatures
 * that they must is found with all others.
 */
export async function findAnchor(record: NetworkRecord, network: Party, trusted: readonly PublicKey[], report: Report): Promise<Anchor> {
	const keys = record.keys.get(network) ?? [];
	const [first] = keys;
	if (first?.from !== 1 || networkName(await calculateJwkThumbprint(first.jwk as JWK)) !== network) {
		report.failed("anchor", "NOT_THE_ANCHOR: the log does not begin with the key that names its network");
		return stranger(trusted);
	}
	const places = trusted.map((one) => keys.findLastIndex(({ jwk }) => isSameKey(jwk, one)));
	if (places.length === 0 || places.includes(-1)) {
		report.failed("anchor", "NOT_THE_ANCHOR: the log does not know the anchor's key");
		return stranger(trusted);
	}
	const stray = keys.find((key, place) => place > 0 && !isNamedBy(key, keys[place - 1] as KeyRecord, record));
	if (stray) {
		report.failed(
			"anchor",
			`NOT_SUCCEEDED: entry ${stray.from} makes ${stray.kid} a key of the anchor, and the key before it did not name it`,
		);
		return { network, key: undefined };
	}
	const from = Math.max(...places);
	const doubtful = keys
		.slice(from, -1)
		.filter(({ compromisedAt, retiredAt = 0 }) => compromisedAt !== undefined && retiredAt >= compromisedAt);
	for (const { kid } of doubtful)
		report.unchecked("anchor", `COMPROMISED_KEY: others may have had ${kid} when it named the key after it: have that from the operator`);
	const last = keys.at(-1) as KeyRecord;
	const isInUse = last.until === undefined && last.compromisedBy === undefined;
	const after = keys.length - 1 - from;
	if (!isInUse) report.failed("anchor", `NO_KEY: ${last.kid} is no longer in use, and no other follows`);
	else if (doubtful.length === 0)
		report.ok("anchor", `${last.kid} is in use${after === 0 ? "" : `, ${after} after the one that is trusted`}`);
	return { network, key: isInUse ? last.jwk : undefined };
}

/** The network that is named after a trusted key, where the log is another's: nothing in that is said to it. */
async function stranger([key]: readonly PublicKey[]): Promise<Anchor> {
	return { network: networkName(key ? await calculateJwkThumbprint(key as JWK) : ""), key: undefined };
}

function isSameKey(one: PublicKey, other: PublicKey): boolean {
	return one.x === other.x && (one.kty === "EC" ? one.y : undefined) === (other.kty === "EC" ? other.y : undefined);
}

/** Whether the statement that makes it a key of the anchor is by the one before it, in the place of which it comes. */
function isNamedBy(key: KeyRecord, before: KeyRecord, record: NetworkRecord): boolean {
	const statement = record.byId.get(record.entries[key.from - 1]?.id ?? "")?.statement;
	return (
		statement?.kind === "KEY" &&
		statement.claims.event === "rotated" &&
		statement.claims.kid === before.kid &&
		statement.kid === before.kid &&
		before.until === key.from
	);
}
