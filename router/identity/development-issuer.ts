import path from "node:path";
import { SignJWT } from "jose";
import { keepKeys } from "../../subgraphs/kit/key-file.ts";
import type { Issuer } from "./issuers.ts";

/**
 * The issuer of a hub on one's own machine: whoever can read the data folder can be anyone. It exists only where the hub
 * listens on this machine alone, and never in production.
 */
const ISSUER = "urn:recognition-hub:development";
const AUDIENCE = "recognition-hub";

function keyFile(dataFolder: string): string {
	return path.join(dataFolder, "identity", "development-keys.json");
}

/** The issuer as a router trusts it. Makes its key at the first call. */
export function developmentIssuer(dataFolder: string): Issuer {
	return { issuer: ISSUER, audience: AUDIENCE, keys: { keys: keepKeys(keyFile(dataFolder)).published }, algorithms: ["EdDSA"] };
}

/** A token of it. */
export function developmentToken(
	dataFolder: string,
	{ subject, scope, minutes }: { subject: string; scope: string; minutes: number },
): Promise<string> {
	const { key, kid } = keepKeys(keyFile(dataFolder));
	return new SignJWT(scope === "" ? {} : { scope })
		.setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid })
		.setIssuer(ISSUER)
		.setAudience(AUDIENCE)
		.setSubject(subject)
		.setIssuedAt()
		.setExpirationTime(`${minutes} minutes`)
		.sign(key);
}
