import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import { promisify } from "node:util";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { createPages, type Pages } from "../../web/pages.ts";
import { until } from "../kit/until.ts";
import { startTrustHub, type TrustHub } from "../subgraphs/network/trust-hub.ts";

const run = promisify(execFile);
const [EMFOR, NIEVRE, DOUBS] = ["emfor-bfc", "relais-nievre", "competences-doubs"];
const BADGE = `${EMFOR}:super-accompagnateur`;
/** A change shows at once; a machine that does much else may need more. `npm run bench -- revocation` measures it. */
const DEADLINE = 5_000;

describe("the pages of trust", () => {
	let hub: TrustHub;
	let pages: Pages;
	let server: Server;
	let url: string;

	beforeAll(async () => {
		hub = await startTrustHub([EMFOR, NIEVRE, DOUBS] as string[]);
		pages = await createPages({ graphqlUrl: `${hub.base}/graphql`, publicUrl: hub.base, allowPrivateAddresses: true });
		server = createServer((request, response) => pages.handle(request, response));
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
	});
	afterAll(async () => {
		server?.closeAllConnections();
		server?.close();
		await pages?.stop();
		await hub?.stop();
	});

	const page = async (path: string): Promise<string> => plain(await (await fetch(url + path)).text());
	const recognise = async (claims: object, slug = NIEVRE as string) => {
		const published = await hub.publish(slug, "RECOGNITION", { since: Math.floor(Date.now() / 1000) - 60, ...claims });
		expect(published).toMatchObject({ __typename: "StatementPublished" });
		return published.statement.id as string;
	};

	/** Where a recognition of the badge by Relais Nièvre shows: true for each that says so. */
	const places = async (statement: string): Promise<Record<string, boolean>> => {
		const link = `/reseau/declarations/${statement}`;
		const [list, around, csv, giver, receiver, badge, search, home, answers, trqp] = await Promise.all([
			page("/reseau"),
			page(`/reseau?centre=${NIEVRE}`),
			page(`/reseau.csv?centre=${NIEVRE}`),
			page(`/etablissements/${NIEVRE}`),
			page(`/etablissements/${EMFOR}`),
			page(`/badges/${BADGE}`),
			page(`/badges?reconnu-par=${NIEVRE}`),
			page("/"),
			hub.ask(
				`{ recognitions { statement { id } } recognitionPage(member: "${NIEVRE}") { nodes { statement { id } } }
				badgeClass(id: "${BADGE}") { recognisedBy { statement { id } } recognisers { nodes { member { slug } through } } }
				trustPath(from: "${NIEVRE}", to: "${BADGE}") { shortest { length } paths { hops { statement { id } } } }
				egoNetwork(member: "${NIEVRE}") { recognitions { statement { id } } }
				searchBadges(filter: { recognisedBy: ["${NIEVRE}"] }) { edges { node { id } } } }`,
			),
			fetch(`${hub.base}/trqp/recognition`, {
				method: "POST",
				headers: { "content-type": "application/json" },
				body: JSON.stringify({ entity_id: EMFOR, authority_id: NIEVRE, action: "issue", resource: BADGE }),
			}).then((response) => response.json() as Promise<{ recognized: boolean }>),
		]);
		if (answers.errors) throw new Error(JSON.stringify(answers.errors));
		const { data } = answers;
		const has = (rows: { statement: { id: string } | null }[]) => rows.some((one) => one.statement?.id === statement);
		return {
			"/reseau": list.includes(link),
			"/reseau?centre=": around.includes(link),
			"/reseau.csv": csv.includes(link),
			"/etablissements of who recognises": giver.includes(link),
			"/etablissements of who is recognised": receiver.includes(link),
			"/badges/:id": badge.includes(link),
			"/badges?reconnu-par=": search.includes(`href="/badges/${BADGE}"`),
			"/": home.includes(link),
			recognitions: has(data.recognitions),
			recognitionPage: has(data.recognitionPage.nodes),
			"badgeClass.recognisedBy": has(data.badgeClass.recognisedBy),
			"badgeClass.recognisers": data.badgeClass.recognisers.nodes.some(
				(one: { member: { slug: string }; through: string }) => one.member.slug === NIEVRE && one.through === "BADGE_CLASS",
			),
			trustPath: data.trustPath.paths.some(({ hops }: { hops: { statement: { id: string } }[] }) => has(hops)),
			egoNetwork: has(data.egoNetwork.recognitions),
			"searchBadges recognisedBy": data.searchBadges.edges.some(({ node }: { node: { id: string } }) => node.id === BADGE),
			"TRQP recognition": trqp.recognized,
		};
	};
	const every = (found: Record<string, boolean>, value: boolean) =>
		Object.entries(found)
			.filter(([, one]) => one !== value)
			.map(([place]) => place);

	async function following<Result>(story: (versions: string[]) => Promise<Result>): Promise<Result> {
		const versions: string[] = [];
		const client = createClient({ url: `${hub.base.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket });
		client.subscribe<{ networkChanged: { version: string } }>(
			{ query: "subscription { networkChanged { version } }" },
			{ next: ({ data }) => void versions.push(data?.networkChanged.version ?? ""), error: () => undefined, complete: () => undefined },
		);
		await until("the first event", () => versions.length > 0);
		try {
			return await story(versions);
		} finally {
			await client.dispose();
		}
	}

	it("show a recognition everywhere when it is published, and nowhere when it is revoked", async () => {
		await following(async (versions) => {
			const id = await recognise({ sub: BADGE, scope: "badge_class", reason: "Nous relisons ensemble les preuves de ce badge." });
			await until("every page and answer to say it", async () => every(await places(id), true).length === 0, DEADLINE);
			const before = versions.length;
			const revoked = await hub.publish(NIEVRE as string, "REVOCATION", { sub: id, reason: "Le badge a changé de nature." });
			expect(revoked).toMatchObject({ __typename: "StatementPublished" });
			let left: string[] = [];
			await until("no page and no answer to say it", async () => (left = every(await places(id), false)).length === 0, DEADLINE).catch(
				(error: Error) => {
					throw new Error(`it is still at ${left.join(", ")}`, { cause: error });
				},
			);
			await until("the subscription to tell of it", () => versions.length > before, DEADLINE);
			const statement = await page(`/reseau/declarations/${id}`);
			expect(statement).toContain("Déclaration authentique, mais qui ne vaut pas ou plus.");
			expect(statement).toContain("Le badge a changé de nature.");
			expect(statement).toContain(`/reseau/declarations/${revoked.statement.id}`);
		});
	});

	it("show a member nowhere in the network while it is suspended, and everywhere once it is back", async () => {
		const id = await recognise({ sub: EMFOR, scope: "member", reason: "Nos jurys se connaissent et se relisent." }, DOUBS);
		const link = `/reseau/declarations/${id}`;
		const shows = async () => {
			const [list, other, badge, registry, answers] = await Promise.all([
				page("/reseau"),
				page(`/etablissements/${EMFOR}`),
				page(`/badges/${BADGE}`),
				hub.get("/federation/registry.json").then((response) => response.text()),
				hub.ask(`{ egoNetwork(member: "${DOUBS}") { members { distance } } networkOverview { memberCount } members { slug status } }`),
			]);
			return {
				"/reseau": list.includes(link),
				"/etablissements": other.includes(link),
				"/badges/:id": badge.includes(link),
				registry: registry.includes(`/etablissements/${DOUBS}`),
				egoNetwork: answers.data.egoNetwork !== null,
				networkOverview: answers.data.networkOverview.memberCount === 3,
				status: answers.data.members.some((one: { slug: string; status: string }) => one.slug === DOUBS && one.status === "ADMITTED"),
			};
		};
		await until("every page to say it", async () => every(await shows(), true).length === 0, DEADLINE);
		await following(async (versions) => {
			const before = versions.length;
			const change = (name: string) =>
				hub.askAs("members:manage", `mutation { ${name}(slug: "${DOUBS}", reason: "Un contrôle est en cours.") { __typename } }`);
			expect((await change("suspendMember")).data.suspendMember.__typename).toBe("MemberStatusChanged");
			let left: string[] = [];
			await until("no page to say it", async () => (left = every(await shows(), false)).length === 0, DEADLINE).catch((error: Error) => {
				throw new Error(`it is still at ${left.join(", ")}`, { cause: error });
			});
			await until("the subscription to tell of it", () => versions.length > before, DEADLINE);
			expect(await page(link)).toContain("l’un d’eux n’est pas membre aujourd’hui");
			expect((await fetch(`${url}/reseau?centre=${DOUBS}`)).status).toBe(404);
			expect((await change("readmitMember")).data.readmitMember.__typename).toBe("MemberStatusChanged");
			await until("every page to say it again", async () => every(await shows(), true).length === 0, DEADLINE);
		});
	});

	it.each(["/reseau/formats", "/en/reseau/formats"])("document the formats by examples of which each answers: %s", async (path) => {
		const html = await (await fetch(url + path)).text();
		const examples = [...html.matchAll(/<pre[^>]*data-example="([^"]+)"[^>]*>([\s\S]*?)<\/pre>/g)].map(
			([, name = "", text = ""]) => [name, plain(text)] as const,
		);
		expect(examples.length).toBe(18);
		for (const [name, command] of examples) {
			const { stdout } = await run("sh", ["-c", command]);
			if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(stdout.trim())) continue;
			const answer = JSON.parse(stdout);
			expect([name, answer.error ?? answer.errors ?? answer.detail ?? null]).toEqual([name, null]);
		}
		for (const term of ["distinctIssuers", "recognisedOnly", "notOlderThanDays"]) expect(html).toContain(`id="${term}"`);
	});
});

function plain(html: string): string {
	return html
		.replaceAll("<!-- -->", "")
		.replaceAll("&quot;", '"')
		.replaceAll("&#x27;", "'")
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&amp;", "&");
}
