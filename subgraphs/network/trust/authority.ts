import { existsSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readEnvironment, readJsonFile } from "../../kit/config.ts";
import { OperatorError } from "../../kit/errors.ts";
import { addKey, everyKey, keepKeys, keepOnly, type SigningKeys } from "../../kit/key-file.ts";
import { type PublicKey, readPublicKey } from "./claims.ts";
import type { NetworkRecord } from "./network-record.ts";
import { collectiveParty, networkName, type Party } from "./party.ts";

/** The keys that the hub holds: its own, and those of the collectives, each in a file of its own. It has no member's. */
export interface Authority {
	/** The network's name, which is also the hub's in statements: that of the anchor's first key, whichever is in use. */
	network: Party;
	/** The anchor's: the one that the log had in use when it was last followed. */
	readonly keys: SigningKeys;
	/**
	 * Takes the keys that the log has in use, where an operator has changed one meanwhile. To be called with what the log says
	 * now before anything is signed. Throws an {@link OperatorError} where the anchor's is not in the file.
	 */
	follow(record: NetworkRecord): void;
	/**
	 * Makes a key to follow the one in use, of the anchor or of a collective; it is in the file from then on, and signs nothing
	 * before the log names it.
	 */
	prepare(collective?: string): SigningKeys;
	/** Forgets the private parts of all but the key in use, of the anchor or of a collective. */
	settle(collective?: string): void;
	/**
	 * A collective's: the one that the log had in use when it was last followed, or one that the log does not know yet, which is
	 * made where there is none. Throws an {@link OperatorError} where the file holds only keys that were given up.
	 */
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
	/** Of each collective that the log knows: its keys, and which of them are in use. */
	let known = new Map<string, ReadonlyMap<string, boolean>>();
	const fileOf = (collective?: string) => (collective === undefined ? keyFile : path.join(folder, "collectives", `${collective}.json`));
	return {
		network,
		get keys() {
			return keys;
		},
		follow(record) {
			const own = record.keys.get(network) ?? [];
			if (record.size > 0 && own.length === 0)
				throw new OperatorError(
					`The log of statements is another network's than ${publicFile} says: put the files of ${folder} back as they were.`,
				);
			const [inUse] = record.keysOf(network);
			if (inUse && inUse.kid !== keys.kid) {
				const held = everyKey(keyFile).find(({ kid }) => kid === inUse.kid);
				if (!held) throw new OperatorError(`${keyFile} does not hold the anchor's key in use, ${inUse.kid}: put it back from a copy.`);
				keys = held;
			}
			known = new Map([...record.collectives.keys()].map((id) => [id, usesOf(record, collectiveParty(id))]));
			if (own.length === 0 || own.map(({ kid }) => kid).join() === published.map(({ kid }) => kid).join()) return;
			published = own.map(({ jwk }) => jwk);
			publish(publicFile, published);
		},
		prepare(collective) {
			addKey(fileOf(collective));
			return everyKey(fileOf(collective)).at(-1) as SigningKeys;
		},
		settle(collective) {
			keepOnly(fileOf(collective), collective === undefined ? keys.kid : this.collective(collective).kid);
		},
		collective(id) {
			const uses = known.get(id) ?? new Map<string, boolean>();
			const last = collectives.get(id);
			if (last && (uses.get(last.kid) ?? ![...uses.values()].includes(true))) return last;
			const first = keepKeys(fileOf(id));
			const held = everyKey(fileOf(id));
			const taken = held.find(({ kid }) => uses.get(kid)) ?? held.find(({ kid }) => !uses.has(kid));
			if (!taken)
				throw new OperatorError(
					`${fileOf(id)} holds no key that ${id} has not given up, only ${first.kid}: put the one in use back from a copy, or take the file away, and the hub puts another key in its place.`,
				);
			collectives.set(id, taken);
			return taken;
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

/** Key → whether the log has it in use. One that was given up and registered anew is. */
function usesOf(record: NetworkRecord, party: Party): ReadonlyMap<string, boolean> {
	const uses = new Map((record.keys.get(party) ?? []).map(({ kid }) => [kid, false]));
	for (const { kid } of record.keysOf(party)) uses.set(kid, true);
	return uses;
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
