import { writeFileSync } from "node:fs";
import path from "node:path";
import { keepKeys, type SigningKeys } from "../../kit/key-file.ts";
import { networkName, type Party } from "./party.ts";

/** The keys that the hub holds: its own, and those of the collectives, each in a file of its own. It has no member's. */
export interface Authority {
	/** The network's name, which is also the hub's in statements. */
	network: Party;
	/** The anchor's. */
	keys: SigningKeys;
	/** A collective's; made at the first call. */
	collective(id: string): SigningKeys;
}

/** The anchor's public keys, for `npm run verify-network`. */
const ANCHOR_FILE = "anchor.public.json";

/** Reads the keys below a folder; makes those that are not there yet. Throws an `OperatorError` for a file that holds none. */
export function openAuthority(folder: string): Authority {
	const keys = keepKeys(path.join(folder, "anchor.json"));
	// What whoever verifies the network from outside is given.
	writeFileSync(path.join(folder, ANCHOR_FILE), `${JSON.stringify(keys.published, undefined, 2)}\n`);
	const collectives = new Map<string, SigningKeys>();
	return {
		network: networkName(keys.kid),
		keys,
		collective(id) {
			let known = collectives.get(id);
			if (!known) collectives.set(id, (known = keepKeys(path.join(folder, "collectives", `${id}.json`))));
			return known;
		},
	};
}

/** Where the hub of `npm start` keeps them. */
export function authorityFolder(dataFolder: string): string {
	return path.join(dataFolder, "identity", "network");
}
