import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { exportJWK, generateKeyPair } from "jose";
import pg from "pg";
import { inject } from "vitest";
import { type Hub, startHub } from "../../../router/hub.ts";
import { developmentToken } from "../../../router/identity/development-issuer.ts";
import { createFront } from "../../../router/serve/front.ts";
import { trustFront } from "../../../router/serve/trust-front.ts";
import { signingKeyFile } from "../../../subgraphs/demonstration/institutes.ts";
import { keepKeys, type SigningKeys } from "../../../subgraphs/kit/key-file.ts";
import { createOutgoingPool } from "../../../subgraphs/kit/outgoing.ts";
import { type Authority, authorityFolder, openAuthority } from "../../../subgraphs/network/trust/authority.ts";
import { type PublicKey, readPublicKey, type StatementKind } from "../../../subgraphs/network/trust/claims.ts";
import { signStatement } from "../../../subgraphs/network/trust/sign-statement.ts";
import { type Answer, ask } from "../../kit/ask.ts";

/** A whole hub as `npm start` runs it, but for the pages, with a few institutes of the demonstration and their keys. */
export interface TrustHub {
	hub: Hub;
	/** Its public address, and entity identifier. */
	base: string;
	dataFolder: string;
	authority: Authority;
	anchorKey: PublicKey;
	/** Connections to it and its members. */
	pool: ReturnType<typeof createOutgoingPool>;
	/** The network's own tables, as who owns them has them. */
	register: pg.Client;
	/** An institute's keys. */
	keysOf(slug: string): SigningKeys;
	keyFile(slug: string): string;
	/** Signs as an institute, and sends it. Returns what `publishStatement` answers. */
	// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
	publish(slug: string, kind: StatementKind, claims: object, keys?: SigningKeys): Promise<any>;
	// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape.
	send(token: string): Promise<any>;
	ask(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
	/** Asks with a token that has these scopes. */
	askAs(scope: string, query: string, variables?: object): Promise<Answer>;
	get(path: string): Promise<Response>;
	/** Changes each answer at a path before it leaves, as whoever stands in between could; undefined for no longer. */
	alter(change: ((path: string, body: string) => string) | undefined): void;
	stop(): Promise<void>;
}

const PUBLISH = `mutation ($token: String!) { publishStatement(token: $token) { __typename
	... on StatementPublished { statement { id sequence } } ... on NetworkChangeRefused { code field message mend } } }`;

export async function startTrustHub(institutes: readonly string[]): Promise<TrustHub> {
	const dataFolder = mkdtempSync(path.join(tmpdir(), "trust-"));
	const front = createFront();
	let change: ((path: string, body: string) => string) | undefined;
	const server = createServer((request, response) => front.handle(request, change ? altered(request, response, change) : response));
	server.on("upgrade", front.upgrade);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
	const { host, port, user, database } = inject("postgres");
	const hub = await startHub({
		dataFolder,
		databaseUrl: `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`,
		databasePrefix: `t_${randomBytes(6).toString("hex")}_`,
		logLevel: "silent",
		development: true,
		institutes,
		origin: base,
		onFatal: (reason) => {
			throw new Error(reason);
		},
	});
	const pool = createOutgoingPool({ allowPrivateAddresses: true });
	const router = { ...hub.router, jwks: undefined };
	front.open(
		router,
		trustFront(new URL(hub.subgraphs.network).origin, pool, router.takeTurn, (_request, response) => void response.writeHead(404).end()),
	);
	const authority = openAuthority(authorityFolder(dataFolder));
	const register = new pg.Client({ ...hub.networkDatabase, options: "-c search_path=network" });
	await register.connect();
	const keyFile = (slug: string) => signingKeyFile(path.join(dataFolder, "keys"), slug);
	const anchor: { keys: unknown[] } = JSON.parse(readFileSync(path.join(authorityFolder(dataFolder), "anchor.public.json"), "utf8"));
	const trustHub: TrustHub = {
		hub,
		base,
		dataFolder,
		authority,
		anchorKey: readPublicKey(anchor.keys[0]) as PublicKey,
		pool,
		register,
		keyFile,
		keysOf: (slug) => keepKeys(keyFile(slug)),
		async publish(slug, kind, claims, keys = trustHub.keysOf(slug)) {
			return trustHub.send(await signStatement(keys, kind, { iss: slug, aud: authority.network, ...claims }));
		},
		async send(token) {
			const { data, errors } = await trustHub.ask(PUBLISH, { token });
			if (errors) throw new Error(JSON.stringify(errors));
			return data.publishStatement;
		},
		ask: (query, variables = {}, headers = {}) => ask(`${base}/graphql`, query, variables, headers),
		async askAs(scope, query, variables = {}) {
			const token = await developmentToken(dataFolder, { subject: "marie", scope, minutes: 5 });
			return trustHub.ask(query, variables, { authorization: `Bearer ${token}` });
		},
		get: (address) => fetch(`${base}${address}`),
		alter(next) {
			change = next;
		},
		async stop() {
			server.closeAllConnections();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			await register.end();
			await hub.stop();
			await closed;
			await pool.destroy();
			rmSync(dataFolder, { recursive: true, force: true });
		},
	};
	return trustHub;
}

/** A response whose text is changed when it is whole. */
function altered(request: IncomingMessage, response: ServerResponse, change: (path: string, body: string) => string): ServerResponse {
	const chunks: Buffer[] = [];
	const end = response.end.bind(response);
	request.headers["accept-encoding"] = "identity";
	response.write = ((chunk: Buffer | string) => {
		chunks.push(Buffer.from(chunk));
		return true;
	}) as typeof response.write;
	const writeHead = response.writeHead.bind(response);
	response.writeHead = ((status: number, headers?: Record<string, string>) => {
		const { "content-length": _length, ...kept } = headers ?? {};
		response.statusCode = status;
		for (const [name, value] of Object.entries(kept)) response.setHeader(name, value);
		return response;
	}) as typeof response.writeHead;
	response.end = ((chunk?: Buffer | string) => {
		if (chunk !== undefined && typeof chunk !== "function") chunks.push(Buffer.from(chunk));
		writeHead(response.statusCode);
		return end(change(request.url ?? "/", Buffer.concat(chunks).toString("utf8")));
	}) as typeof response.end;
	return response;
}

/** A key that nobody knows. */
export async function strangerKeys(): Promise<SigningKeys> {
	const { privateKey, publicKey } = await generateKeyPair("EdDSA", { extractable: true });
	const kid = randomBytes(8).toString("hex");
	const jwk = { ...(await exportJWK(publicKey)), kid } as PublicKey;
	return { key: privateKey as never, kid, published: { keys: [jwk] } };
}

/** The claims of a JWT, not verified. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into claims of any shape.
export function claimsOf(token: string): any {
	return JSON.parse(Buffer.from(token.split(".")[1] as string, "base64url").toString("utf8"));
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into headers of any shape.
export function headerOf(token: string): any {
	return JSON.parse(Buffer.from(token.split(".")[0] as string, "base64url").toString("utf8"));
}
