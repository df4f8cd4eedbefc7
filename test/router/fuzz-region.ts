import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { createRouter } from "../../router/router.ts";
import { composeSupergraph } from "../../schema/compose.ts";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import { followDirectory } from "../../subgraphs/network/follow-directory.ts";
import type { Region } from "../../subgraphs/network/region.ts";
import { seedRegion } from "../../subgraphs/network/seed.ts";
import { startNetwork } from "../../subgraphs/network/server.ts";
import { ask } from "../kit/ask.ts";
import { type MemberServer, type Row, startMember } from "../kit/member-server.ts";
import { until } from "../kit/until.ts";

/** What the region of the fuzz test holds: the reference answers from it alone. */
export interface FuzzData {
	/** Slug → rows. */
	rows: Readonly<Record<string, readonly Row[]>>;
	network: Region;
	/** Ids of the recognitions, which the database makes: `by subject` → id. */
	recognitionIds: ReadonlyMap<string, string>;
}

function rowsFor(slug: string, names: readonly string[], step: number): Row[] {
	return names.map((name, index) => ({
		id: `${slug}:r${index}`,
		name,
		createdAt: new Date(Date.UTC(2025, 0, 1 + ((index * step) % 11))).toISOString(),
		updatedAt: new Date(Date.UTC(2026, 0, 1 + ((index * step * 3) % 7))).toISOString(),
		tags: [...(index % 2 === 0 ? ["accueil"] : []), ...(index % 3 === 0 ? ["bois"] : [])],
		issuer: { id: `${slug}:issuer${index % 2}`, name: `Issuer ${index % 2} of ${slug}` },
	}));
}

const ROWS: FuzzData["rows"] = {
	alpha: rowsFor("alpha", ["Écouter", "Accueillir", "Bâtir", "accueillir", "Vendre", "Œuvrer", "Coudre"], 2),
	"beta-2": rowsFor("beta-2", ["Accueillir", "Zinguer", "Forger", "Abattre", "ÉCOUTER"], 3),
	empty: [],
	gamma: rowsFor("gamma", ["Lire", "oeuvrer", "Accueillir", "Élaguer", "elaguer !", "Lire", "Lier", "Mesurer", "« Nager »"], 5),
};

const NETWORK: Region = {
	collectives: [
		{ id: "occitanie", name: "Occitanie", description: "South" },
		{ id: "bfc", name: "Bourgogne", description: null },
	],
	members: [
		{
			slug: "alpha",
			name: "Zeta known as alpha",
			collectives: ["occitanie"],
			departements: ["31", "81"],
			admittedAt: "2026-01-05",
			demonstration: false,
		},
		{
			slug: "beta-2",
			name: "École béta",
			collectives: ["occitanie", "bfc"],
			departements: ["25"],
			admittedAt: "2026-01-03",
			demonstration: true,
		},
		{ slug: "empty", name: "Empty", collectives: [], departements: [], admittedAt: "2026-01-04", demonstration: false },
		{ slug: "gamma", name: "ecole gamma", collectives: ["bfc"], departements: ["21", "25"], admittedAt: "2026-01-01", demonstration: true },
	],
	recognitions: [
		{ by: "alpha", subject: "gamma", since: "2026-02-01", reason: "As a whole" },
		{ by: "gamma", subject: "alpha:r1", since: "2026-02-02", reason: "One badge" },
		{ by: "beta-2", subject: "alpha:r1", since: "2026-02-03", reason: "The same badge" },
		{ by: "beta-2", subject: "gamma:r0", since: "2026-02-04", reason: "Another" },
		{ by: "empty", subject: "beta-2", since: "2026-02-05", reason: "Without rows of its own" },
	],
};

export interface FuzzRegion {
	url: string;
	data: FuzzData;
	schema: ReturnType<ReturnType<typeof createRouter>["engine"]>["supergraph"]["schema"];
	stop(): Promise<void>;
}

/** Starts members, network and router over {@link ROWS}. `database` is an empty schema for the network. */
export async function startFuzzRegion(database: DatabaseAddress): Promise<FuzzRegion> {
	const schemaFolder = path.resolve(import.meta.dirname, "../../schema");
	const log = createLog("fuzz", "silent");
	const members = await Promise.all(Object.entries(ROWS).map(([slug, rows]): Promise<MemberServer> => startMember(slug, [...rows])));
	const network = await startNetwork({ database, port: 0, host: "127.0.0.1", access: { publicReads: true }, log });
	await seedRegion(database, NETWORK, new Map(members.map(({ slug, url }) => [slug, url])));
	const { supergraph } = composeSupergraph(
		readFileSync(path.join(schemaFolder, "member.graphql"), "utf8"),
		new Map([["network", readFileSync(path.join(schemaFolder, "subgraphs/network.graphql"), "utf8")]]),
	);
	const router = createRouter({
		supergraphSdl: supergraph,
		subgraphs: { network: network.url },
		directory: followDirectory({ url: network.url, log }),
		allowPrivateAddresses: true,
		log,
	});
	await until("the router to know every member", () => router.members.current().size === members.length);
	const server = createServer((request, response) => void router.handle(request, response));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { data } = await ask(network.url, "{ recognitions { id by { slug } badgeClassId member { slug } } }");
	const recognitions = data.recognitions as { id: string; by: { slug: string }; badgeClassId: string | null; member: { slug: string } }[];
	return {
		url: `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql`,
		data: {
			rows: ROWS,
			network: NETWORK,
			recognitionIds: new Map(recognitions.map(({ id, by, badgeClassId, member }) => [`${by.slug} ${badgeClassId ?? member.slug}`, id])),
		},
		schema: router.engine().supergraph.schema,
		async stop() {
			await router.stop();
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
			await Promise.all(members.map((member) => member.stop()));
			await network.stop();
		},
	};
}
