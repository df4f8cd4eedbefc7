import { randomUUID } from "node:crypto";
import { compactVerify, importJWK, type JWK } from "jose";
import type { SigningKeys } from "../../kit/key-file.ts";
import { nowInSeconds, signToken } from "../../kit/sign-token.ts";
import { type PublicKey, STATEMENT_TYPES, type StatementKind } from "./claims.ts";

/** Algorithms of statements: asymmetric, and each bound to the kind of its key. */
const ALGORITHMS = ["EdDSA", "Ed25519", "ES256"];

/** Makes a statement of the network, unlike any other. The claims are those of `claims.ts`; `iat` is now when absent. */
export function signStatement(keys: SigningKeys, kind: StatementKind, claims: object): Promise<string> {
	return signToken(keys, STATEMENT_TYPES[kind], { iat: nowInSeconds(), jti: randomUUID(), ...claims });
}

/** Whether a token bears the signature of a key. Never rejects. */
export async function isSignedBy(token: string, key: PublicKey): Promise<boolean> {
	try {
		await compactVerify(token, ({ alg }) => importJWK(key as JWK, alg), { algorithms: ALGORITHMS });
		return true;
	} catch {
		return false;
	}
}
