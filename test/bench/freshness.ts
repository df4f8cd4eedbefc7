import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { type Hub, startHub } from "../../router/hub.ts";
import { startInstitute } from "../../subgraphs/institute/server.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import { startEmbeddedPostgres } from "../../subgraphs/kit/postgres/embedded.ts";
import { provisionDatabase } from "../../subgraphs/kit/provision.ts";
import { openNetworkDatabase } from "../../subgraphs/network/database.ts";
import { admitMember } from "../../subgraphs/network/directory-service.ts";
import { ask } from "../kit/ask.ts";
import { until } from "../kit/until.ts";

/**
 * `npm run bench -- freshness`: milliseconds from a change's answer at its institute until it shows on the router, and
 * from an admission until the new member's badges do.
 */

const RENAMES = 20;
const SLUG = "numerique-cevennes";
const DEMONSTRATION = path.resolve(import.meta.dirname, "../../subgraphs/demonstration/institutes");

interface Spread {
	median: number;
	worst: number;
}

export async function benchFreshness(): Promise<Record<string, Spread | number>> {
	const folder = mkdtempSync(path.join(tmpdir(), "bench-freshness-"));
	chmodSync(folder, 0o755);
	const hub = await startHub({
		dataFolder: path.join(folder, "data"),
		logLevel: "silent",
		onFatal: (reason) => {
			throw new Error(reason);
		},
	});
	const front = createServer((request, response) => void hub.router.handle(request, response));
	front.on("upgrade", (request, socket, head) => hub.router.upgrade(request, socket, head));
	await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(front.address() as { port: number }).port}/graphql`;
	try {
		await until("the catalogue to be whole", async () => {
			const { data } = await ask(url, "{ badgeClassCount searchBadges(filter: { retired: true }) { totalCount } }");
			return data.badgeClassCount === data.searchBadges.totalCount;
		});
		const renames = await measureRenames(hub, url, path.join(folder, "data/keys", `${SLUG}.key`));
		const admission = await measureAdmission(hub, url, path.join(folder, "newcomer"));
		for (const [name, value] of Object.entries({ ...renames, ...admission })) {
			process.stdout.write(
				`${name.padEnd(28)} ${typeof value === "number" ? `${value} ms` : `median ${value.median} ms, worst of ${RENAMES} ${value.worst} ms`}\n`,
			);
		}
		return { ...renames, ...admission };
	} finally {
		front.closeAllConnections();
		front.close();
		await hub.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function measureRenames(hub: Hub, url: string, keyFile: string): Promise<Record<string, Spread>> {
	const endpoint = hub.institutes.endpoints.get(SLUG) as string;
	const authorization = `Bearer ${readFileSync(keyFile, "utf8").trim()}`;
	const id = (await ask(endpoint, "{ badgeClasses(first: 1) { nodes { id } } }")).data.badgeClasses.nodes[0].id as string;
	const rename = (name: string) =>
		ask(
			endpoint,
			"mutation ($id: ID!, $name: String!) { updateBadgeClass(id: $id, changes: { name: $name }) { __typename } }",
			{ id, name },
			{ authorization },
		);
	const seen = new Set<string>();
	const client = createClient({ url: url.replace("http", "ws"), webSocketImpl: WebSocket });
	client.subscribe<{ badgeClassChanged: { badgeClass: { name: string } } }>(
		{ query: "subscription { badgeClassChanged { badgeClass { name } } }" },
		{
			next: ({ data }) => void (data && seen.add(data.badgeClassChanged.badgeClass.name)),
			error: () => undefined,
			complete: () => undefined,
		},
	);
	await until("the subscription to be open", async () => {
		await rename("Premier tour");
		return seen.has("Premier tour");
	});
	const inSubscription: number[] = [];
	const inSearch: number[] = [];
	for (let turn = 0; turn < RENAMES; turn += 1) {
		const word = `zanzibar${"abcdefghijklmnopqrst"[turn]}`;
		await rename(`Badge ${word}`);
		const start = performance.now();
		const since = (list: number[]) => void list.push(Math.round(performance.now() - start));
		await Promise.all([
			until("the event", () => seen.has(`Badge ${word}`)).then(() => since(inSubscription)),
			until(
				"the result",
				async () =>
					(await ask(url, "query ($q: String!) { searchBadges(query: $q) { edges { node { name } } } }", { q: word })).data.searchBadges
						.edges[0]?.node.name === `Badge ${word}`,
			).then(() => since(inSearch)),
		]);
	}
	await client.dispose();
	return { "rename → subscription": spread(inSubscription), "rename → search": spread(inSearch) };
}

async function measureAdmission(hub: Hub, url: string, folder: string): Promise<Record<string, number>> {
	const postgres = await startEmbeddedPostgres({ folder, durable: false });
	const slug = "nouveau-centre";
	const institute = await startInstitute({
		profile: { slug, name: "Nouveau centre", language: "fr" },
		database: await provisionDatabase(postgres.admin, "institute"),
		badges: path.join(DEMONSTRATION, "instep-occitanie/badges.json"),
		folder: DEMONSTRATION,
		port: 0,
		host: "127.0.0.1",
		access: { publicReads: true },
		log: createLog(slug, "silent"),
	});
	const operator = await openNetworkDatabase(hub.networkDatabase, 1);
	try {
		await operator.transaction((manager) =>
			admitMember(manager, {
				slug,
				name: "Nouveau centre",
				endpoint: institute.url,
				collectives: [],
				departements: ["31"],
				demonstration: true,
			}),
		);
		const start = performance.now();
		const since = () => Math.round(performance.now() - start);
		const [graph, search] = await Promise.all([
			until(
				"its rows in the graph",
				async () =>
					(await ask(url, "query ($i: [ID!]) { badgeClassCount(filter: { institutes: $i }) }", { i: [slug] })).data?.badgeClassCount > 0,
			).then(since),
			until(
				"its rows in search",
				async () =>
					(await ask(url, "query ($i: [ID!]) { searchBadges(filter: { institutes: $i }) { totalCount } }", { i: [slug] })).data
						?.searchBadges.totalCount > 30,
			).then(since),
		]);
		return { "admission → graph": graph, "admission → search": search };
	} finally {
		await operator.destroy();
		await institute.stop();
		await postgres.stop();
	}
}

function spread(list: readonly number[]): Spread {
	const sorted = [...list].sort((a, b) => a - b);
	return { median: sorted[sorted.length >> 1] as number, worst: sorted.at(-1) as number };
}
