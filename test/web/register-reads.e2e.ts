import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createPages, type Pages } from "../../web/pages.ts";
import { until } from "../kit/until.ts";
import { startTrustHub, type TrustHub } from "../subgraphs/network/trust-hub.ts";

/** What pages ask the register for: the institutes that they name, and not everyone there is. */

const [EMFOR, NIEVRE, DOUBS] = ["emfor-bfc", "relais-nievre", "competences-doubs"] as const;
const METABADGE = `${EMFOR}:super-accompagnateur`;

let hub: TrustHub;
let pages: Pages;
/** The pages, and what stands between them and the hub to hear what they ask. */
const servers: Server[] = [];
let url: string;
let asked: { query: string; variables: { slugs?: string[] | null } }[];
/** Ids of badges that the metabadge requires, and the code of a job that some badge leads to. */
let required: string[];
let job: string;
let competency: string;
let opco: string | undefined;
let nameOf: Map<string, string>;

async function listen(server: Server): Promise<string> {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

beforeAll(async () => {
	hub = await startTrustHub([EMFOR, NIEVRE, DOUBS]);
	const between = await listen(
		createServer(async (request, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const body = Buffer.concat(chunks).toString();
			asked.push(JSON.parse(body));
			const answer = await fetch(`${hub.base}/graphql`, { method: "POST", body, headers: { "content-type": "application/json" } });
			response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" }).end(await answer.text());
		}),
	);
	pages = await createPages({ graphqlUrl: `${between}/graphql`, publicUrl: hub.base, allowPrivateAddresses: true });
	url = await listen(createServer((request, response) => pages.handle(request, response)));
	await until("the catalogue to know what the metabadge requires", async () => {
		const { data } = await hub.ask(`{ badgeClass(id: "${METABADGE}") { requires { id known } } }`);
		required = data.badgeClass.requires?.flatMap(({ id, known }: { id: string; known: boolean }) => (known ? [id] : [])) ?? [];
		return required.length > 0;
	});
	await until("a job that badges lead to", async () => {
		const { data } = await hub.ask(
			`{ badgeClasses(first: 50) { nodes { id jobs { job { code } } competencies { competency { code } } } } }`,
		);
		const nodes: { jobs: { job: { code: string } }[]; competencies: { competency: { code: string } }[] }[] = data.badgeClasses.nodes;
		job = nodes.flatMap(({ jobs }) => jobs ?? [])[0]?.job.code ?? "";
		competency = nodes.flatMap(({ competencies }) => competencies ?? [])[0]?.competency.code ?? "";
		return job !== "" && competency !== "";
	});
	const { data } = await hub.ask("{ members { slug name } opcos { code } }");
	nameOf = new Map(data.members.map(({ slug, name }: { slug: string; name: string }) => [slug, name]));
	for (const { code } of data.opcos) {
		const { coverage } = (await hub.ask(`{ coverage(opco: "${code}", first: 1) { totals { badges } } }`)).data;
		if (coverage.totals.badges > 0) opco ??= code;
	}
});
afterAll(async () => {
	for (const server of servers) {
		server.closeAllConnections();
		server.close();
	}
	await pages?.stop();
	await hub?.stop();
});
beforeEach(() => {
	asked = [];
});

it.each<[string, () => string]>([
	["a metabadge", () => `/badges/${METABADGE}`],
	["a badge that counts for one", () => `/badges/${required[0]}`],
	["a badge as a table", () => `/badges/${METABADGE}.csv`],
	["a comparison", () => `/comparer?badge=${encodeURIComponent(METABADGE)}&badge=${encodeURIComponent(required[0] as string)}`],
	["a comparison as a table", () => `/comparer.csv?badge=${encodeURIComponent(METABADGE)}`],
	["a job", () => `/metiers/${job}`],
	["a competency", () => `/competences/${competency}`],
	["a gap", () => `/ecart?metier=${job}&acquis=${encodeURIComponent(METABADGE)}`],
	["an OPCO", () => `/opco/${opco}?competences=toutes`],
])("the page of %s asks for the institutes that it names, and names them", async (_what, pathOf) => {
	const response = await fetch(url + pathOf());
	expect(response.status).toBe(200);
	const text = (await response.text()).replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
	const questions = asked.filter(({ query }) => /\bmembers\s*(\(|\{)/.test(query));
	expect(questions.map(({ variables }) => variables.slugs)).toEqual(questions.map(() => expect.any(Array)));
	const named = new Set(questions.flatMap(({ variables }) => variables.slugs ?? []));
	expect(named.size).toBeGreaterThan(0);
	// Of who is no member the register has no name.
	for (const slug of named) expect(text).toContain(nameOf.get(slug) ?? slug);
	// A slug in the place of a name would be one that was not asked for.
	for (const slug of nameOf.keys()) expect(text).not.toContain(`<span class="from">${slug}</span>`);
});
