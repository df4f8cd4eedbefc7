import { createPrivateKey, generateKeyPairSync, hash, type KeyObject, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { JSONWebKeySet } from "jose";
import { z } from "zod";
import { parseJson, parseSettings } from "./config.ts";
import { OperatorError } from "./errors.ts";

/**
 * Ed25519 keys in a file: a JSON Web Key Set with the private parts, which nobody but its owner can read. The first key
 * signs; all are published. So a key is changed without a refusal: add one, wait until everyone has read it, remove the
 * first.
 */
export interface SigningKeys {
	/** The key that signs. */
	key: KeyObject;
	kid: string;
	/** The public parts of all. */
	published: JSONWebKeySet;
}

const keySchema = z.strictObject({
	kty: z.literal("OKP"),
	crv: z.literal("Ed25519"),
	x: z.base64url(),
	d: z.base64url(),
	kid: z.string().min(1),
});
const fileSchema = z.strictObject({ keys: z.array(keySchema).min(1) });
type Key = z.output<typeof keySchema>;

/** Reads the keys of a file; makes one where there is no file yet. Throws an `OperatorError` for a file that is not one. */
export function keepKeys(file: string): SigningKeys {
	return signingKeys(readKeys(file) ?? firstKey(file));
}

/** The same without making any: undefined where there is no file. */
export function findKeys(file: string): SigningKeys | undefined {
	const keys = readKeys(file);
	return keys && signingKeys(keys);
}

/** Each key of a file as one that signs, in their order. Throws an `OperatorError` where there is no file, or none that is one. */
export function everyKey(file: string): SigningKeys[] {
	return presentKeys(file).map((key) => signingKeys([key]));
}

/** Where the hub of `npm start` keeps its router's keys. */
export function routerKeyFile(dataFolder: string): string {
	return path.join(dataFolder, "identity", "router-keys.json");
}

function signingKeys(keys: readonly Key[]): SigningKeys {
	const [first] = keys as [Key];
	return {
		key: createPrivateKey({ key: { kty: first.kty, crv: first.crv, x: first.x, d: first.d }, format: "jwk" }),
		kid: first.kid,
		published: { keys: keys.map(({ kty, crv, x, kid }) => ({ kty, crv, x, kid, use: "sig", alg: "EdDSA" })) },
	};
}

/** Adds a key to the end of a file, or makes the file. Returns how many it holds. */
export function addKey(file: string): number {
	const keys = [...(readKeys(file) ?? []), makeKey()];
	const whole = writeAside(file, keys);
	renameSync(whole, file);
	return keys.length;
}

/**
 * Prepares another key in the place of the one that signs, which stays in force until `replace` is called: whoever has to
 * know of the new one can be told by the old one first. `forget` leaves everything as it was. Throws an `OperatorError`
 * where there is no file.
 */
export function prepareReplacement(file: string): { old: SigningKeys; fresh: SigningKeys; replace(): void; forget(): void } {
	const keys = presentKeys(file);
	const fresh = makeKey();
	const whole = writeAside(file, [fresh, ...keys.slice(1)]);
	return {
		old: signingKeys(keys),
		fresh: signingKeys([fresh]),
		replace: () => renameSync(whole, file),
		forget: () => rmSync(whole, { force: true }),
	};
}

/** Takes every key out of a file but one. Throws an `OperatorError` where it is not there. */
export function keepOnly(file: string, kid: string): void {
	const kept = presentKeys(file).filter((key) => key.kid === kid);
	if (kept.length === 0) throw new OperatorError(`${file} does not hold the key ${kid}`);
	renameSync(writeAside(file, kept), file);
}

function presentKeys(file: string): Key[] {
	const keys = readKeys(file);
	if (!keys) throw new OperatorError(`${file} cannot be read: there is no such file`);
	return keys;
}

function readKeys(file: string): Key[] | undefined {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT") return undefined;
		throw new OperatorError(`${file} cannot be read: ${code}`);
	}
	return parseSettings(fileSchema, parseJson(text, file), file).keys;
}

/** Two processes may both find that there is none: one of them makes it, both read it. */
function firstKey(file: string): Key[] {
	const whole = writeAside(file, [makeKey()]);
	try {
		linkSync(whole, file);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
	} finally {
		rmSync(whole);
	}
	return readKeys(file) as Key[];
}

function writeAside(file: string, keys: readonly Key[]): string {
	const folder = path.dirname(file);
	// Only the keys' own folder is closed: the one around it may be another user's too.
	mkdirSync(path.dirname(folder), { recursive: true });
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const aside = `${file}.${randomUUID()}`;
	writeFileSync(aside, `${JSON.stringify({ keys }, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
	return aside;
}

/** The key's name is its thumbprint (RFC 7638). */
function makeKey(): Key {
	const { x, d } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" }) as { x: string; d: string };
	return { kty: "OKP", crv: "Ed25519", x, d, kid: hash("sha256", `{"crv":"Ed25519","kty":"OKP","x":"${x}"}`, "base64url") };
}
