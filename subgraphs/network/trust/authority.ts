import { existsSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readEnvironment, readJsonFile } from "../../kit/config.ts";
import { OperatorError } from "../../kit/errors.ts";
import { addKey, everyKey, keepKeys, keepOnly, type SigningKeys } from "../../kit/key-file.ts";
import { type PublicKey, readPublicKey } from "./claims.ts";
import type { NetworkRecord } from "./network-record.ts";
import { networkName, type Party } from "./party.ts";

/** The keys that the hub holds: its own, and those of the collectives, each in a file of its own. It has no member's. */
export interface Authority {
	/** The network's name, which is also the hub's in statements: that of the anchor's first key, whichever is in use. */
	network: Party;
	/** The anchor's: the one that the log had in use when it was last followed. */
	readonly keys: SigningKeys;
	/**
	 * Takes the key that the log has in use, where an operator has changed it meanwhile. To be called with what the log says
	 * now before anything is signed. Throws an {@link OperatorError} where that key is not in the file.
	 */
	follow(record: NetworkRecord): void;
	/** Makes a key to follow the one in use; it is in the file from then on, and signs nothing before the log names it. */
	prepare(): SigningKeys;
	/** Forgets the private parts of all but the key in use. */
	settle(): void;
	/** A collective's; made at the first call. */
	collective(id: string): SigningKeys;
}

/** The private keys: the one in use, and while it is changed the one to come. */
const KEY_FILE = "anchor.json";
/** The anchor's public keys, from the first, which names the network, to the one in use: for `npm run verify-network`. */
const PUBLIC_FILE = "anchor.public.json";

/** Reads the keys below a folder; makes those that are not there yet. Throws an {@link OperatorError} for a file that holds none. */
export function openAuthority(folder: string): Authority {
	const [keyFile, publicFile] = [path.join(folder, KEY_FILE), path.join(folder, PUBLIC_FILE)];
	let keys = keepKeys(keyFile);
	if (!existsSync(publicFile)) publish(publicFile, keys.published.keys.slice(0, 1) as PublicKey[]);
	let published = readPublished(publicFile);
	const network = networkName((published[0] as PublicKey).kid);
	const collectives = new Map<string, SigningKeys>();
	return {
		network,
		get keys() {
			return keys;
		},
		follow(record) {
			const known = record.keys.get(network) ?? [];
			if (record.size > 0 && known.length === 0)
				throw new OperatorError(
					`The log of statements is another network's than ${publicFile} says: put the files of ${folder} back as they were.`,
				);
			const [inUse] = record.keysOf(network);
			if (inUse && inUse.kid !== keys.kid) {
				const held = everyKey(keyFile).find(({ kid }) => kid === inUse.kid);
				if (!held) throw new OperatorError(`${keyFile} does not hold the anchor's key in use, ${inUse.kid}: put it back from a copy.`);
				keys = held;
			}
			if (known.length === 0 || known.map(({ kid }) => kid).join() === published.map(({ kid }) => kid).join()) return;
			published = known.map(({ jwk }) => jwk);
			publish(publicFile, published);
		},
		prepare() {
			addKey(keyFile);
			return everyKey(keyFile).at(-1) as SigningKeys;
		},
		settle() {
			keepOnly(keyFile, keys.kid);
		},
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

/** The one that an operator's command works on, with keys that are there. Throws an {@link OperatorError} where they are not. */
export function findAuthorityFolder(): string {
	const folder = authorityFolder(readEnvironment().dataFolder);
	if (!existsSync(path.join(folder, KEY_FILE)))
		throw new OperatorError(`${path.resolve(folder)} holds no anchor's key: set HUB_DATA as the hub has it.`);
	return folder;
}

function readPublished(file: string): PublicKey[] {
	const { keys } = (readJsonFile(file) ?? {}) as { keys?: unknown };
	const read = (Array.isArray(keys) ? keys : []).map(readPublicKey);
	if (read.length === 0 || read.includes(undefined))
		throw new OperatorError(`${file} holds no set of public keys: put it back from a copy.`);
	return read as PublicKey[];
}

/** Whole or not at all: the network has its name from it. */
function publish(file: string, keys: readonly PublicKey[]): void {
	const aside = `${file}.${process.pid}`;
	writeFileSync(aside, `${JSON.stringify({ keys }, undefined, 2)}\n`);
	renameSync(aside, file);
}
