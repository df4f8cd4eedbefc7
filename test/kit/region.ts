import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { createRouter, type Router, type RouterOptions } from "../../router/router.ts";
import { createFront } from "../../router/serve/front.ts";
import { composeSupergraph } from "../../schema/compose.ts";
import { startCatalogue } from "../../subgraphs/catalogue/server.ts";
import { standInAddress } from "../../subgraphs/catalogue/stand-in/address.ts";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import type { RunningServer } from "../../subgraphs/kit/serve.ts";
import { openNetworkDatabase } from "../../subgraphs/network/database.ts";
import { admitMember, removeMember } from "../../subgraphs/network/directory-service.ts";
import { followDirectory } from "../../subgraphs/network/follow-directory.ts";
import { startNetwork } from "../../subgraphs/network/server.ts";
import { type Answer, ask } from "./ask.ts";
import { freshSchemas } from "./database.ts";
import type { Row } from "./member-server.ts";
import { type MemberServer, startMember } from "./member-server.ts";
import { until } from "./until.ts";

/** A small region for the router's tests: the real network subgraph, members in memory, a router on a port. */
export interface Region {
	url: string;
	router: Router;
	/** The composed supergraph. */
	supergraph: string;
	/** Address of the network subgraph. */
	network: string;
	/** Present when asked for: harvests the members, and stands in for them. */
	catalogue: RunningServer | undefined;
	member(slug: string): MemberServer;
	/** Starts a member and admits it; resolves when the router knows it. */
	join(slug: string, rows: Row[]): Promise<MemberServer>;
	/** Removes a member; resolves when the router has forgotten it. */
	leave(slug: string): Promise<void>;
	ask(query: string, variables?: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
	/** Events of a subscription, as they come; ends with `stop`. */
	subscribe(query: string, variables?: Record<string, unknown>): { events: Answer[]; stop(): void };
	stop(): Promise<void>;
}

const SCHEMA = path.resolve(import.meta.dirname, "../../schema");

export async function startRegion(
	rows: Record<string, Row[]>,
	{ withCatalogue = false, ...options }: Partial<RouterOptions> & { withCatalogue?: boolean } = {},
): Promise<Region> {
	const log = createLog("test", "silent");
	const databases = await freshSchemas(["network", "catalogue"]);
	const database = databases.get("network") as DatabaseAddress;
	const network = await startNetwork({ database, port: 0, host: "127.0.0.1", access: { publicReads: true }, log });
	const operator = await openNetworkDatabase(database, 1);
	const catalogue = withCatalogue
		? await startCatalogue({
				database: databases.get("catalogue") as DatabaseAddress,
				directoryUrl: network.url,
				port: 0,
				host: "127.0.0.1",
				access: { publicReads: true },
				log,
			})
		: undefined;
	const { supergraph } = composeSupergraph(
		readFileSync(path.join(SCHEMA, "member.graphql"), "utf8"),
		new Map([["network", readFileSync(path.join(SCHEMA, "subgraphs/network.graphql"), "utf8")]]),
	);
	const router = createRouter({
		supergraphSdl: supergraph,
		subgraphs: { network: network.url },
		directory: followDirectory({ url: network.url, log }),
		memberLimits: { deadline: 3_000 },
		requestDeadline: 10_000,
		allowPrivateAddresses: true,
		...(catalogue && { standIn: (slug) => standInAddress(catalogue.url, slug) }),
		log,
		...options,
	});
	const members = new Map<string, MemberServer>();
	const front = createFront();
	front.open(router);
	const server = createServer(front.handle);
	server.on("upgrade", front.upgrade);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql`;

	const region: Region = {
		url,
		router,
		supergraph,
		network: network.url,
		catalogue,
		member: (slug) => members.get(slug) as MemberServer,
		async join(slug, memberRows) {
			const member = await startMember(slug, memberRows);
			members.set(slug, member);
			await operator.transaction((manager) =>
				admitMember(manager, {
					slug,
					name: `Institute ${slug}`,
					endpoint: member.url,
					collectives: [],
					departements: [],
					demonstration: false,
				}),
			);
			await until(`the router to know ${slug}`, async () =>
				(await region.ask("{ institutes { slug } }")).data.institutes.some((one: { slug: string }) => one.slug === slug),
			);
			member.requests.length = 0;
			return member;
		},
		async leave(slug) {
			await operator.transaction((manager) => removeMember(manager, slug));
			await until(
				`the router to forget ${slug}`,
				async () => !(await region.ask("{ institutes { slug } }")).data.institutes.some((one: { slug: string }) => one.slug === slug),
			);
		},
		ask: (query, variables, headers) => ask(url, query, variables, headers),
		subscribe(query, variables) {
			const client = createClient({ url: url.replace("http", "ws"), webSocketImpl: WebSocket, lazy: true, retryAttempts: 0 });
			const events: Answer[] = [];
			client.subscribe<never>(
				{ query, variables },
				{ next: (event) => void events.push(event as never), error: () => undefined, complete: () => undefined },
			);
			return { events, stop: () => void client.dispose() };
		},
		async stop() {
			await router.stop();
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
			await Promise.all([...members.values()].map((member) => member.stop()));
			await catalogue?.stop();
			await operator.destroy();
			await network.stop();
		},
	};
	for (const [slug, memberRows] of Object.entries(rows)) await region.join(slug, memberRows);
	for (const member of members.values()) member.requests.length = 0;
	return region;
}
