import { CompactSign } from "jose";
import type { SigningKeys } from "./key-file.ts";

/** Makes a JWT of any `typ`, with the first key of a file. */
export function signToken({ key, kid }: SigningKeys, typ: string, claims: object): Promise<string> {
	return new CompactSign(new TextEncoder().encode(JSON.stringify(claims))).setProtectedHeader({ alg: "EdDSA", typ, kid }).sign(key);
}

/** Now, as JWTs write it. */
export function nowInSeconds(): number {
	return Math.floor(Date.now() / 1000);
}
