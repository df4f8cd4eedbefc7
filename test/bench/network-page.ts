import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRouter } from "../../router/router.ts";
import { createFront } from "../../router/serve/front.ts";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { keepKeys } from "../../subgraphs/kit/key-file.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import { startEmbeddedPostgres } from "../../subgraphs/kit/postgres/embedded.ts";
import { provisionSchemas } from "../../subgraphs/kit/provision.ts";
import { openNetworkDatabase } from "../../subgraphs/network/database.ts";
import { followDirectory } from "../../subgraphs/network/follow-directory.ts";
import type { Region } from "../../subgraphs/network/region.ts";
import { startNetwork } from "../../subgraphs/network/server.ts";
import { openAuthority } from "../../subgraphs/network/trust/authority.ts";
import { signRegion } from "../../subgraphs/network/trust/sign-region.ts";
import { createPages } from "../../web/pages.ts";
import { memberGraph } from "./router/canned-graph.ts";
import { type CannedServer, startCannedServer } from "./router/canned-server.ts";

/**
 * `npm run bench -- network-page`: the pages of `/reseau` over 1,000 members and 20,000 recognitions, each signed by its
 * author, against the same pages over 20 members. Real network subgraph, PostgreSQL, router and pages; members are canned
 * servers that know the names of their badges. With `--serve`, nothing is measured: both networks stay there to be looked
 * at, until it is interrupted.
 */

const SIZES = {
	small: { members: 20, recognitions: 100, collectives: 2 },
	large: { members: 1000, recognitions: 20_000, collectives: 20 },
} as const;
const ROUNDS = 60;
const WARM_UP = 10;
/** The page of the claim is the first one. */
const PAGES = ["/reseau", "/reseau?centre=m-0007", "/reseau?collectif=c-01", "/reseau?centre=m-0007&rayon=2", "/reseau?portee=badge"];
const SINCE = "2026-01-05T08:00:00.000Z";

type Size = (typeof SIZES)[keyof typeof SIZES];

interface Served {
	url: string;
	stop(): Promise<void>;
}

export async function benchNetworkPage(words: readonly string[]): Promise<Record<string, unknown>> {
	const folder = mkdtempSync(path.join(tmpdir(), "bench-network-"));
	chmodSync(folder, 0o755);
	const postgres = await startEmbeddedPostgres({
		folder: path.join(folder, "postgres"),
		onCrash: (reason) => {
			throw new Error(reason);
		},
	});
	const served: Served[] = [];
	try {
		for (const [name, size] of Object.entries(SIZES)) {
			const databases = await provisionSchemas(postgres.admin, `bench_${name}`, ["network"]);
			served.push(await serve(databases.get("network") as DatabaseAddress, path.join(folder, name), size));
		}
		const [small, large] = served as [Served, Served];
		if (words.includes("--serve")) {
			process.stdout.write(`20 members: ${small.url}/reseau\n1,000 members: ${large.url}/reseau\n`);
			await once(process, "SIGINT");
			return {};
		}
		const figures: Record<string, unknown> = { members: SIZES.large.members, recognitions: SIZES.large.recognitions };
		for (const page of PAGES) {
			const [few, many] = await measure(small.url + page, large.url + page);
			const ratio = Number((many.median / few.median).toFixed(2));
			process.stdout.write(
				`${page.padEnd(32)} ${few.median.toFixed(1)} ms over 20 members, ${many.median.toFixed(1)} ms over 1,000: ratio ${ratio}; ${few.bytes} and ${many.bytes} bytes of HTML\n`,
			);
			figures[page] = {
				ratio,
				milliseconds: [few.median, many.median].map((one) => Number(one.toFixed(1))),
				bytes: [few.bytes, many.bytes],
			};
		}
		return figures;
	} finally {
		for (const one of served) await one.stop();
		await postgres.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

interface Timed {
	/** Milliseconds. */
	median: number;
	bytes: number;
}

/** In turns, so that whatever else the machine does falls on both. */
async function measure(...urls: [string, string]): Promise<[Timed, Timed]> {
	const times = urls.map(() => [] as number[]);
	const bytes = urls.map(() => 0);
	for (let round = 0; round < WARM_UP + ROUNDS; round += 1)
		for (const [place, url] of urls.entries()) {
			const began = performance.now();
			const response = await fetch(url);
			const html = await response.text();
			if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${html.slice(0, 300)}`);
			if (round >= WARM_UP) times[place]?.push(performance.now() - began);
			bytes[place] = html.length;
		}
	const timed = (place: 0 | 1): Timed => {
		const all = (times[place] as number[]).sort((a, b) => a - b);
		return { median: all[Math.floor(all.length / 2)] as number, bytes: bytes[place] as number };
	};
	return [timed(0), timed(1)];
}

async function serve(address: DatabaseAddress, folder: string, size: Size): Promise<Served> {
	const stops: (() => Promise<unknown>)[] = [];
	const log = createLog("bench", "silent");
	const authority = openAuthority(path.join(folder, "authority"));
	const slugs = Array.from({ length: size.members }, (_, index) => slugOf(index));
	const servers: CannedServer[] = [];
	for (const slug of slugs) {
		let graph: ReturnType<typeof memberGraph> | undefined;
		servers.push(await startCannedServer({ answer: (body) => (graph ??= memberGraph(slug))(body) }));
	}
	stops.push(() => Promise.all(servers.map((server) => server.stop())));
	await fill(address, folder, size, servers, authority);
	const network = await startNetwork({
		database: address,
		port: 0,
		host: "127.0.0.1",
		access: { publicReads: true },
		trust: { authority, base: "http://localhost:4000", allowPrivateAddresses: true },
		log,
	});
	stops.push(() => network.stop());
	const router = createRouter({
		supergraphSdl: readFileSync(path.resolve(import.meta.dirname, "../../schema/supergraph.graphql"), "utf8"),
		subgraphs: { network: network.url, catalogue: network.url, competences: network.url },
		directory: followDirectory({ url: network.url, log }),
		allowPrivateAddresses: true,
		log,
	});
	stops.push(() => router.stop());
	await router.ready;
	const front = createFront();
	const server = createServer(front.handle);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	stops.push(async () => {
		server.closeAllConnections();
		server.close();
	});
	const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
	const pages = await createPages({ graphqlUrl: `${url}/graphql`, allowPrivateAddresses: true });
	stops.push(() => pages.stop());
	front.open(router, pages.handle);
	return {
		url,
		async stop() {
			for (const stop of stops.splice(0).reverse()) await stop();
		},
	};
}

const slugOf = (index: number) => `m-${String(index).padStart(4, "0")}`;

/** Most recognitions stay within a collective, a quarter is of one badge class. Each is signed by its author's own key. */
async function fill(
	address: DatabaseAddress,
	folder: string,
	size: Size,
	servers: readonly CannedServer[],
	authority: ReturnType<typeof openAuthority>,
): Promise<void> {
	const collectives = Array.from({ length: size.collectives }, (_, index) => ({
		id: `c-${String(index).padStart(2, "0")}`,
		name: `Collectif ${index}`,
		description: null,
	}));
	const random = randomNumbers(11);
	const said = new Set<string>();
	const rows: { by: string; scope: string; member: string; badge: string | null }[] = [];
	while (rows.length < size.recognitions) {
		const by = Math.floor(random() * size.members);
		const near = by + size.collectives * Math.floor((random() * size.members) / size.collectives);
		const member = (random() < 0.7 ? near : Math.floor(random() * size.members)) % size.members;
		const badge = random() < 0.25 ? `${slugOf(member)}:badge-${Math.floor(random() * 100)}` : null;
		const key = `${by} ${badge ?? member}`;
		if (by === member || said.has(key)) continue;
		said.add(key);
		rows.push({ by: slugOf(by), scope: badge ? "BADGE_CLASS" : "INSTITUTE", member: slugOf(member), badge });
	}
	const region: Region = { collectives, members: [], recognitions: [] };
	const database = await openNetworkDatabase(address, 1);
	try {
		await database.transaction(async (manager) => {
			await manager.query(
				`INSERT INTO "collective" SELECT "id", "name", NULL FROM unnest($1::text[], $2::text[]) AS "given" ("id", "name")`,
				[collectives.map(({ id }) => id), collectives.map(({ name }) => name)],
			);
			const slugs = servers.map((_, index) => slugOf(index));
			await manager.query(
				`INSERT INTO "member" ("slug", "name", "status", "endpoint", "departementCodes", "admittedAt", "demonstration", "nameCursor", "signedReads")
				SELECT "slug", 'Centre de formation ' || "slug", 'ADMITTED', "endpoint", '{31}', now(), false, 'centre_de_formation_' || "slug" || ' ' || "slug", false
				FROM unnest($1::text[], $2::text[]) AS "given" ("slug", "endpoint")`,
				[slugs, servers.map(({ port }) => `http://127.0.0.1:${port}/graphql`)],
			);
			await manager.query(`INSERT INTO "membership" SELECT * FROM unnest($1::text[], $2::text[])`, [
				slugs.map((_, index) => collectives[index % size.collectives]?.id),
				slugs,
			]);
			await manager.query(
				`INSERT INTO "recognition" ("bySlug", "scope", "memberSlug", "badgeClassId", "since", "reason")
				SELECT "by", "scope", "member", "badge", $5::timestamptz + interval '1 minute' * "place", 'Nous préparons ensemble nos jurys et relisons nos critères.'
				FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) WITH ORDINALITY AS "given" ("by", "scope", "member", "badge", "place")`,
				[rows.map(({ by }) => by), rows.map(({ scope }) => scope), rows.map(({ member }) => member), rows.map(({ badge }) => badge), SINCE],
			);
			const keys = new Map<string, ReturnType<typeof keepKeys>>();
			const keysOf = (slug: string) => {
				const known = keys.get(slug) ?? keepKeys(path.join(folder, "keys", `${slug}.json`));
				keys.set(slug, known);
				return known;
			};
			await signRegion(manager, region, { authority, keysOf });
		});
		await database.query("ANALYZE");
	} finally {
		await database.destroy();
	}
}

/** The same numbers each time: mulberry32. */
function randomNumbers(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
