import { createServer } from "node:http";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";

/** A key pair of an issuer in a test. */
export interface TestKey {
	kid: string;
	alg: string;
	privateKey: CryptoKey;
	/** Public part, as it is published. */
	jwk: JWK;
}

export async function makeKey(kid: string, alg = "EdDSA"): Promise<TestKey> {
	const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
	return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

/** Signs claims, with a header that may say something else than is true. */
export function signWith(key: TestKey, claims: JWTPayload, header: { typ?: string; kid?: string } = {}): Promise<string> {
	return new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid, typ: "at+jwt", ...header }).sign(key.privateKey);
}

/** A set of keys at an address. */
export interface JwksServer {
	url: string;
	/** Requests that it was asked by. */
	requests: number;
	publish(...keys: TestKey[]): void;
	/** Answers with an error, or with what it publishes. */
	fail(isFailing: boolean): void;
	stop(): Promise<void>;
}

export async function startJwks(...keys: TestKey[]): Promise<JwksServer> {
	let published = keys;
	let isFailing = false;
	const server = createServer((_request, response) => {
		jwks.requests += 1;
		if (isFailing) response.writeHead(500).end("out of order");
		else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ keys: published.map(({ jwk }) => jwk) }));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const jwks: JwksServer = {
		url: `http://127.0.0.1:${(server.address() as { port: number }).port}/jwks.json`,
		requests: 0,
		publish: (...next) => {
			published = next;
		},
		fail: (next) => {
			isFailing = next;
		},
		async stop() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return jwks;
}
