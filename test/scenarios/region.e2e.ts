import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { startInstitute } from "../../subgraphs/institute/server.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import { type Answer, ask } from "../kit/ask.ts";
import { freshDatabase } from "../kit/database.ts";
import { type Program, runProgram } from "../kit/program.ts";
import { type ServedHub, serveTestHub } from "../kit/served-hub.ts";
import { until } from "../kit/until.ts";

/** The whole region, as `npm start` runs it, read and changed as its users would. */

let folder: string;
let server: ServedHub;
const programs: Program[] = [];

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), "region-"));
	server = await serveTestHub();
	await until("the catalogue to know every badge", async () => {
		const { data } = await query("{ badgeClassCount searchBadges(filter: { retired: true }) { totalCount } }");
		return data.badgeClassCount === data.searchBadges.totalCount;
	});
});
afterAll(async () => {
	await Promise.all(programs.map((program) => program.stop()));
	await server?.stop();
	rmSync(folder, { recursive: true, force: true });
});

const query = (text: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
	ask(`${server.origin}/graphql`, text, variables, headers);

/** The first request that the README gives. */
function readmeRequest(): { query: string; variables: object } {
	const readme = readFileSync(path.resolve(import.meta.dirname, "../../README.md"), "utf8");
	return JSON.parse(/--data '(\{[\s\S]*?\n\})'/.exec(readme)?.[1] as string);
}

interface Node {
	id: string;
	name: string;
	issuer: { name: string };
	institute: { slug: string };
	recognisedBy: { by: { name: string } }[];
	requires: { id: string; badgeClass: { name: string; issuer: { name: string } } | null }[];
}

async function readWhole(size: number): Promise<Node[]> {
	const { query: text } = readmeRequest();
	const nodes: Node[] = [];
	let after: string | null = null;
	for (;;) {
		const { data, errors } = await query(
			text
				.replace("query ($first: Int!)", "query ($first: Int!, $after: String)")
				.replace("first: $first,", "first: $first, after: $after,"),
			{ first: size, after },
		);
		expect(errors).toBeUndefined();
		nodes.push(...data.badgeClasses.nodes);
		if (!data.badgeClasses.pageInfo.hasNextPage) return nodes;
		after = data.badgeClasses.pageInfo.endCursor;
	}
}

describe("the request of the README", () => {
	it("reads twenty badge classes of every member in one sorted list, whole", async () => {
		const { query: text, variables } = readmeRequest();
		const { data, errors, extensions } = await query(text, variables);
		expect(errors).toBeUndefined();
		const names = data.badgeClasses.nodes.map(({ name }: Node) => name);
		expect(names).toHaveLength(20);
		expect(names).toEqual([...names].sort(new Intl.Collator("fr").compare));
		expect(new Set(data.badgeClasses.nodes.map(({ institute }: Node) => institute.slug)).size).toBeGreaterThan(5);
		expect(extensions?.completeness).toEqual({ asked: 14, answered: 14, missing: [], stale: [] });
	});

	it("read on seven at a time visits every badge class of every member exactly once, in order", async () => {
		const nodes = await readWhole(7);
		const perMember = await Promise.all(
			[...server.hub.institutes.endpoints.values()].map(
				async (endpoint) => (await ask(endpoint, "{ badgeClassCount }")).data.badgeClassCount as number,
			),
		);
		expect(nodes).toHaveLength(perMember.reduce((sum, count) => sum + count, 0));
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(nodes.map(({ id }) => id)).toEqual((await readWhole(100)).map(({ id }) => id));
	});

	it("crosses institutes: recognised by others, requiring the badges of others with their issuers", async () => {
		const nodes = await readWhole(100);
		const metabadge = nodes.find(({ id }) => id === "emfor-bfc:super-accompagnateur") as Node;
		expect(metabadge.requires.map(({ badgeClass }) => badgeClass?.issuer.name)).toEqual(
			expect.arrayContaining(["EmFor Bourgogne-Franche-Comté"]),
		);
		expect(metabadge.requires.some(({ id, badgeClass }) => id.startsWith("ecole-itinerante:") && badgeClass !== null)).toBe(true);
		const recognised = nodes.find(({ id }) => id === "instep-occitanie:organiser-sa-recherche-d-emploi") as Node;
		expect(recognised.recognisedBy.length).toBeGreaterThanOrEqual(3);
	});
});

describe("the demonstration region", () => {
	it("has what its readers are promised", async () => {
		const { data } = await query(
			"{ members { slug demonstration collectives { id } } collectives { id } recognitions { id } metabadges { id } badgeClassCount }",
		);
		expect(data.members.length).toBeGreaterThanOrEqual(10);
		expect(
			data.members
				.filter(({ demonstration }: { demonstration: boolean }) => !demonstration)
				.map(({ slug }: { slug: string }) => slug)
				.sort(),
		).toEqual(["emfor-bfc", "instep-occitanie"]);
		expect(data.collectives).toHaveLength(2);
		expect(data.recognitions.length).toBeGreaterThanOrEqual(30);
		expect(data.badgeClassCount).toBeGreaterThanOrEqual(200);
		const nodes = await readWhole(100);
		const crossing = nodes.filter(({ id, requires }) => requires.some((required) => required.id.split(":")[0] !== id.split(":")[0]));
		expect(crossing.length).toBeGreaterThanOrEqual(5);
		expect(nodes.flatMap(({ requires }) => requires).every(({ badgeClass }) => badgeClass !== null)).toBe(true);
	});

	it("aligns about half of its badges to the referential, and none of EmFor's", async () => {
		const { data } = await query(
			'{ a: badgeClasses(first: 100) { nodes { id alignments { targetName } } } emfor: badgeClasses(first: 100, filter: { institutes: ["emfor-bfc"] }) { nodes { alignments { targetName } competencies { provenance } jobs { provenance } } } }',
		);
		const aligned = data.a.nodes.filter(({ alignments }: { alignments: unknown[] }) => alignments.length > 0).length;
		expect(aligned).toBeGreaterThan(35);
		expect(aligned).toBeLessThan(75);
		expect(
			data.emfor.nodes.every(({ alignments, competencies, jobs }: Record<string, unknown[]>) =>
				[alignments, competencies, jobs].every((list) => list?.length === 0),
			),
		).toBe(true);
	});
});

describe("search", () => {
	const first = async (words: string) =>
		(await query("query ($q: String!) { searchBadges(query: $q) { totalCount edges { node { name } } } }", { q: words })).data.searchBadges
			.edges[0]?.node.name;

	it("finds what is meant", async () => {
		expect(await first("recherche emploi")).toBe("Organiser sa recherche d'emploi");
		expect(await first("singularite")).toBe("La singularité : une richesse à explorer");
		const { data } = await query('{ searchBadges(query: "organisee") { edges { node { name } } } }');
		expect(data.searchBadges.edges.map(({ node }: { node: { name: string } }) => node.name).slice(0, 5)).toContain(
			"Organiser sa recherche d'emploi",
		);
	});

	it.each([
		["", /query/],
		["   ", /query/],
		["x".repeat(10_000), /query: .*300/],
	])("answers %j with the field and the mend", async (words, message) => {
		const { errors } = await query("query ($q: String) { searchBadges(query: $q) { totalCount } }", { q: words });
		expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code: "BAD_USER_INPUT", field: "query" } });
	});

	it("takes control characters for spaces", async () => {
		expect(await first("recherche\u0000\u0007emploi\n")).toBe("Organiser sa recherche d'emploi");
	});
});

describe("a member that fails", () => {
	const LIST = "{ badgeClasses(first: 100) { nodes { id } } }";

	it("stopped, or silent, is missing by name, its rows are those of the last harvest, and it is back without a restart", async () => {
		const slug = "relais-nievre";
		const institute = server.hub.institutes.running.get(slug);
		const port = Number(new URL(institute?.url as string).port);
		const whole = (await query(`{ badgeClassCount }`)).data.badgeClassCount as number;

		await institute?.stop();
		const stopped = await query("{ badgeClassCount }");
		expect(stopped).toEqual({
			data: { badgeClassCount: whole },
			extensions: {
				completeness: {
					asked: 14,
					answered: 13,
					missing: [{ institute: slug, reason: "UNREACHABLE" }],
					stale: [{ institute: slug, asOf: expect.any(String) }],
				},
			},
		});
		const { data } = await query(`{ badgeClasses(first: 1, filter: { institutes: ["${slug}"] }) { nodes { id name } } }`);
		const [{ id, name }] = data.badgeClasses.nodes;
		const page = await fetch(`${server.origin}/badges/${id}`);
		const html = await page.text();
		expect(page.status).toBe(200);
		expect(html).toContain(name);
		const day = new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "Europe/Paris" }).format(new Date());
		expect(html).toContain(`(relevé du ${day.replace(/^1 /, "1er ")}) n’a pas répondu`);
		expect(await (await fetch(`${server.origin}/en/badges/${id}`)).text()).toMatch(/\(snapshot of .*\) did not answer/);

		const silent = await listenSilently(port);
		const answer = await query(LIST);
		expect(answer.errors).toBeUndefined();
		expect(answer.extensions?.completeness.missing).toEqual([{ institute: slug, reason: "TIMEOUT" }]);
		expect(answer.extensions?.completeness.stale).toEqual([{ institute: slug, asOf: expect.any(String) }]);
		expect(answer.data.badgeClasses.nodes).toHaveLength(100);
		const strict = await query(LIST, {}, { "hub-completeness": "strict" });
		expect(strict).toMatchObject({ data: null, errors: [{ message: expect.stringContaining(slug), extensions: { code: "INCOMPLETE" } }] });
		await silent();

		const back = await startInstitute({
			profile: { slug, name: "Relais Nièvre", language: "fr" },
			database: await freshDatabase(),
			badges: path.resolve(import.meta.dirname, `../../subgraphs/demonstration/institutes/${slug}/badges.json`),
			folder,
			port,
			host: "127.0.0.1",
			access: { publicReads: true },
			log: createLog(slug, "silent"),
		});
		expect(await query("{ badgeClassCount }")).toEqual({
			data: { badgeClassCount: whole },
			extensions: { completeness: { asked: 14, answered: 14, missing: [], stale: [] } },
		});
		server.hub.institutes.running.set(slug, back);
	});
});

describe("a badge renamed at its institute", () => {
	it("shows in a subscription on the router, and in search", async () => {
		const slug = "numerique-cevennes";
		const endpoint = server.hub.institutes.endpoints.get(slug) as string;
		const key = readFileSync(path.join(server.dataFolder, `keys/${slug}.key`), "utf8").trim();
		const { data } = await ask(endpoint, "{ badgeClasses(first: 1) { nodes { id } } }");
		const id = data.badgeClasses.nodes[0].id as string;
		const client = createClient({ url: `${server.origin.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
		const events: { id: string; badgeClass: { name: string; institute: { membership: { name: string } } } }[] = [];
		client.subscribe<{ badgeClassChanged: (typeof events)[number] }>(
			{ query: "subscription { badgeClassChanged { id badgeClass { name institute { membership { name } } } } }" },
			{
				next: (event) => void (event.data && events.push(event.data.badgeClassChanged)),
				error: () => undefined,
				complete: () => undefined,
			},
		);
		let turn = 0;
		await until("the subscription to be open at the member", async () => {
			turn += 1;
			await ask(
				endpoint,
				"mutation ($id: ID!, $name: String!) { updateBadgeClass(id: $id, changes: { name: $name }) { __typename } }",
				{ id, name: `Tour de chauffe ${turn}` },
				{ authorization: `Bearer ${key}` },
			);
			return events.length > 0;
		});
		await ask(
			endpoint,
			'mutation ($id: ID!) { updateBadgeClass(id: $id, changes: { name: "Dompter les zigzags numériques" }) { __typename } }',
			{ id },
			{ authorization: `Bearer ${key}` },
		);
		await until("the rename in the subscription", () => events.at(-1)?.badgeClass.name === "Dompter les zigzags numériques");
		expect(events.at(-1)).toMatchObject({ id, badgeClass: { institute: { membership: { name: expect.any(String) } } } });
		await until(
			"the rename in search",
			async () => (await query('{ searchBadges(query: "zigzag") { edges { node { id } } } }')).data.searchBadges.edges[0]?.node.id === id,
		);
		await client.dispose();
	});
});

describe("a new institute", () => {
	it("starts from a file of its own, is admitted by one command, and is in the graph, in search and on the pages", async () => {
		const own = path.join(folder, "mon centre");
		rmSync(own, { recursive: true, force: true });
		const file = path.join(folder, "my.json");
		writeFileSync(
			path.join(folder, "badges.json"),
			JSON.stringify([
				{
					type: ["Achievement"],
					id: "https://mon-centre.example/badges/quenouille",
					name: "Filer à la quenouille",
					description: "File la laine à la quenouille.",
					criteria: { narrative: "Un écheveau filé devant le groupe." },
				},
				{ type: ["Achievement"], id: "https://mon-centre.example/badges/incomplet", name: "Incomplet" },
			]),
		);
		writeFileSync(
			file,
			JSON.stringify({
				slug: "mon-centre",
				name: "Mon centre de formation",
				badges: "badges.json",
				port: 0,
				dataFolder: "mon centre",
				publicReads: true,
				managementKey: "a long secret of yours",
			}),
		);
		const institute = runProgram("subgraphs/institute/main.ts", ["--config", file]);
		programs.push(institute);
		const endpoint = (await institute.line(/^ready/)).split(" ").at(-1) as string;
		expect(institute.output()).toMatch(/Entry 2 \("Incomplet"\): description/);

		const before = await query("{ badgeClassCount }");
		const admission = runProgram(
			"subgraphs/network/admit.ts",
			["--endpoint", endpoint, "--collective", "bravo-bfc", "--departement", "25"],
			{ env: { HUB_DATA: server.dataFolder } },
		);
		expect(await admission.ended, admission.output()).toBe(0);
		await until(
			"its badge in the graph",
			async () => (await query("{ badgeClassCount }")).data.badgeClassCount === before.data.badgeClassCount + 1,
		);
		await until(
			"its badge in search",
			async () =>
				(
					await query(
						'{ searchBadges(query: "quenouille") { edges { node { badgeClass { institute { name membership { departements { code } } } } } } } }',
					)
				).data.searchBadges.edges[0]?.node.badgeClass?.institute.name === "Mon centre de formation",
		);
		const page = await fetch(`${server.origin}/badges/mon-centre:quenouille`);
		expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("Filer à la quenouille")]);

		const removal = runProgram("subgraphs/network/admit.ts", ["--remove", "mon-centre"], { env: { HUB_DATA: server.dataFolder } });
		expect(await removal.ended, removal.output()).toBe(0);
		await until("it to be gone", async () => (await query("{ badgeClassCount }")).data.badgeClassCount === before.data.badgeClassCount);
	});

	it("with a broken configuration is told every mistake", async () => {
		const file = path.join(folder, "broken.json");
		writeFileSync(file, JSON.stringify({ slug: "Pas Bon", nom: "x", port: "a", managementKey: "court" }));
		const institute = runProgram("subgraphs/institute/main.ts", ["--config", file]);
		expect(await institute.ended).toBe(1);
		for (const mistake of [/slug: must be a slug/, /name: /, /port: /, /managementKey: must have at least 16/, /unknown key "nom"/])
			expect(institute.output()).toMatch(mistake);
		expect(institute.output()).not.toMatch(/at .*\.ts:/);
	});
});

/** Accepts connections on a port, and never answers. */
async function listenSilently(port: number): Promise<() => Promise<void>> {
	const sockets = new Set<import("node:net").Socket>();
	const silent: Server = createServer((socket) => {
		sockets.add(socket);
		socket.on("error", () => undefined);
	});
	await new Promise<void>((resolve) => silent.listen(port, "127.0.0.1", resolve));
	return async () => {
		for (const socket of sockets) socket.destroy();
		await new Promise<void>((resolve) => silent.close(() => resolve()));
	};
}
