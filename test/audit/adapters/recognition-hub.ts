import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { createRouter, type Router } from "../../../router/router.ts";
import { composeSupergraph } from "../../../schema/compose.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { createLog } from "../../../subgraphs/kit/log.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { admitMember, removeMember } from "../../../subgraphs/network/directory-service.ts";
import { followDirectory } from "../../../subgraphs/network/follow-directory.ts";
import { startNetwork } from "../../../subgraphs/network/server.ts";
import { makeKey, signWith } from "../../kit/jwks-server.ts";
import type { AuditedRegion, RouterUnderTest, StartRouter } from "../horizontal/router-under-test.ts";

const NETWORK = readFileSync(path.resolve(import.meta.dirname, "../../../schema/subgraphs/network.graphql"), "utf8");
const DEADLINE = 10_000;

/** Our router, with the real network subgraph as its directory. `database` is an empty schema for that. */
export function recognitionHub(database: DatabaseAddress): StartRouter {
	return (region) => start(region, database);
}

async function start(region: AuditedRegion, database: DatabaseAddress): Promise<RouterUnderTest> {
	const log = createLog("audit", "silent");
	const network = await startNetwork({ database, port: 0, host: "127.0.0.1", access: { publicReads: true }, log });
	const operator = await openNetworkDatabase(database, 1);
	const others = Object.entries(region.subgraphs);
	const { supergraph } = composeSupergraph(
		region.contract,
		new Map([...others.map(([name, { sdl }]) => [name, sdl] as const), ["network", NETWORK]]),
	);
	const key = await makeKey("audit");
	const exp = Math.floor(Date.now() / 1000) + 86_400;
	const token = await signWith(key, { iss: "audit", aud: "audit", sub: "auditor", exp });
	const router = createRouter({
		supergraphSdl: supergraph,
		subgraphs: { network: network.url, ...Object.fromEntries(others.map(([name, { url }]) => [name, url])) },
		directory: followDirectory({ url: network.url, log }),
		memberLimits: { deadline: region.memberDeadline },
		requestDeadline: region.requestDeadline,
		allowPrivateAddresses: true,
		// Mutations are for callers with a token only: the audit has an issuer of its own.
		identity: { issuers: [{ issuer: "audit", audience: "audit", keys: { keys: { keys: [key.jwk] } } }] },
		log,
	});
	await router.ready;
	const server = createServer((request, response) => void router.handle(request, response));
	server.on("upgrade", (request, socket, head) => router.upgrade(request, socket, head));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql`,
		mutationHeaders: { authorization: `Bearer ${token}` },
		async admit(slug, endpoint) {
			await operator.transaction((manager) => admitMember(manager, { slug, name: `Institute ${slug}`, endpoint }));
			await known(router, () => addressOf(router, slug) === endpoint);
		},
		async remove(slug) {
			await operator.transaction((manager) => removeMember(manager, slug));
			await known(router, () => addressOf(router, slug) === undefined);
		},
		async stop() {
			await router.stop();
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
			await operator.destroy();
			await network.stop();
		},
	};
}

function addressOf({ members }: Router, slug: string): string | undefined {
	return (members.current().get(slug) as { endpoint?: string } | undefined)?.endpoint;
}

/** Resolves when the router's members are as they should be. */
function known({ members }: Router, isSo: () => boolean): Promise<void> {
	if (isSo()) return Promise.resolve();
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => finish(() => reject(new Error("The router has not heard of the change"))), DEADLINE);
		const stop = members.onChange(() => {
			if (isSo()) finish(resolve);
		});
		function finish(settle: () => void): void {
			clearTimeout(timer);
			stop();
			settle();
		}
	});
}
