import { execFile } from "node:child_process";
import { createServer, type Server } from "node:http";
import { promisify } from "node:util";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { signStatement } from "../../subgraphs/network/trust/sign-statement.ts";
import { createPages, type Pages } from "../../web/pages.ts";
import { type Places, placesOfMember, placesOfRecognition } from "../kit/trust-places.ts";
import { until } from "../kit/until.ts";
import { startTrustHub, type TrustHub } from "../subgraphs/network/trust-hub.ts";

const run = promisify(execFile);
const [EMFOR, NIEVRE, DOUBS] = ["emfor-bfc", "relais-nievre", "competences-doubs"] as const;
const BADGE = `${EMFOR}:super-accompagnateur`;
/** A change shows at once; a machine that does much else may need more. `npm run bench -- revocation` measures it. */
const DEADLINE = 30_000;

describe("the pages of trust", () => {
	let hub: TrustHub;
	let pages: Pages;
	let server: Server;
	let url: string;

	beforeAll(async () => {
		hub = await startTrustHub([EMFOR, NIEVRE, DOUBS]);
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
	const recognise = async (claims: object, slug: string = NIEVRE) => {
		const published = await hub.publish(slug, "RECOGNITION", { since: Math.floor(Date.now() / 1000) - 60, ...claims });
		expect(published).toMatchObject({ __typename: "StatementPublished" });
		return published.statement.id as string;
	};

	/** Waits until everything at `places` shows, or nothing: else says what does not. */
	async function all(places: Places, shown: boolean): Promise<void> {
		let unlike: string[] = [];
		await until(
			`everything to ${shown ? "show" : "be gone"}`,
			async () => {
				const found = await Promise.all(Object.entries(places).map(async ([place, shows]) => [place, await shows()] as const));
				unlike = found.filter(([, shows]) => shows !== shown).map(([place]) => place);
				return unlike.length === 0;
			},
			DEADLINE,
		).catch((cause: Error) => {
			throw new Error(`${shown ? "it does not show" : "it still shows"}: ${unlike.join(", ")}`, { cause });
		});
	}

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
			const places = placesOfRecognition({ pages: url, hub: hub.base }, { statement: id, by: NIEVRE, of: EMFOR, badge: BADGE });
			await all(places, true);
			const before = versions.length;
			const revoked = await hub.publish(NIEVRE, "REVOCATION", { sub: id, reason: "Le badge a changé de nature." });
			expect(revoked).toMatchObject({ __typename: "StatementPublished" });
			await all(places, false);
			await until("the subscription to tell of it", () => versions.length > before, DEADLINE);
			const statement = await page(`/reseau/declarations/${id}`);
			expect(statement).toContain("Déclaration authentique, mais qui ne vaut pas ou plus.");
			expect(statement).toContain("Le badge a changé de nature.");
			expect(statement).toContain(`/reseau/declarations/${revoked.statement.id}`);
		});
	});

	it("show a member nowhere in the network while it is suspended, and everywhere once it is back", async () => {
		const id = await recognise({ sub: EMFOR, scope: "member", reason: "Nos jurys se connaissent et se relisent." }, DOUBS);
		const [badge] = (await hub.ask(`{ badgeClasses(first: 1, filter: { institutes: ["${DOUBS}"] }) { nodes { id } } }`)).data.badgeClasses
			.nodes;
		const places = placesOfMember({ pages: url, hub: hub.base }, { slug: DOUBS, badge: badge.id, statement: id, of: EMFOR });
		await all(places, true);
		await following(async (versions) => {
			const before = versions.length;
			const change = (name: string) =>
				hub.askAs("members:manage", `mutation { ${name}(slug: "${DOUBS}", reason: "Un contrôle est en cours.") { __typename } }`);
			expect((await change("suspendMember")).data.suspendMember.__typename).toBe("MemberStatusChanged");
			await all(places, false);
			await until("the subscription to tell of it", () => versions.length > before, DEADLINE);
			expect(await page(`/reseau/declarations/${id}`)).toContain("l’un d’eux n’est pas membre aujourd’hui");
			expect((await fetch(`${url}/reseau?centre=${DOUBS}`)).status).toBe(404);
			expect((await change("readmitMember")).data.readmitMember.__typename).toBe("MemberStatusChanged");
			await all(places, true);
		});
	});

	it("show the newest recognitions of an institute, and how many there are", async () => {
		const fields = Array.from({ length: 10 }, (_, place) => `Domaine ${String.fromCharCode(65 + place)}`);
		for (const field of fields) await recognise({ sub: EMFOR, scope: "field", field, reason: `Nos jurys relisent le ${field}.` }, DOUBS);
		const { data } = await hub.ask(`{ member(slug: "${EMFOR}") { recognitionsOfCount } }`);
		const html = await page(`/etablissements/${EMFOR}`);
		const [, section = ""] = /<h2 id="reconnu-par">(.*?)<\/section>/s.exec(html) ?? [];
		expect(section.match(/<li>/g)).toHaveLength(8);
		expect(section).toContain(`Les 8 plus récentes sur ${data.member.recognitionsOfCount}.`);
		expect(section).toContain(`href="/reseau?centre=${EMFOR}"`);
	});

	it("say on an institute's page who attests each mark, and on whose behalf, with what was signed", async () => {
		const { network, keys } = hub.authority;
		const [since, bravo] = [Math.floor(Date.now() / 1000) - 60, "collective/bravo-bfc"];
		const send = async (...signed: Parameters<typeof signStatement>): Promise<string> =>
			(await hub.send(await signStatement(...signed))).statement.id;
		const charge = { iss: network, aud: network, sub: bravo, mark: "metabadge-operator", since };
		const given = { iss: bravo, aud: network, sub: NIEVRE, mark: "metabadge-operator", since };
		// By a collective that it does not belong to, and by the network itself.
		const foreign = { iss: "collective/badgeons-occitanie", aud: network, sub: NIEVRE, mark: "charter", since };
		const own = { iss: network, aud: network, sub: NIEVRE, mark: "qualiopi", number: "25-1234", declared_on: "2026-01-12", since };
		const delegation = await send(keys, "DELEGATION", charge);
		const delegated = await send(hub.authority.collective("bravo-bfc"), "MARK", given);
		const charter = await send(hub.authority.collective("badgeons-occitanie"), "MARK", foreign);
		const qualiopi = await send(keys, "MARK", own);
		const { data } = await hub.ask("{ collectives { id name } }");
		const nameOf = (id: string) => data.collectives.find((one: { id: string }) => one.id === id).name;

		const marksOn = async (prefix: string) => {
			const [, section = ""] = /<h2 id="marques">(.*?)<\/section>/s.exec(await page(`${prefix}/etablissements/${NIEVRE}`)) ?? [];
			const lines = [...section.matchAll(/<li>(.*?)<\/li>/gs)].map(([, line = ""]) => ({
				text: line.replaceAll("<br/>", " ").replaceAll(/<[^>]+>/g, ""),
				links: [...line.matchAll(/<a href="([^"]+)" aria-label="([^"]+)">([^<]+)</g)].map(([, href, label, shown]) => ({
					href,
					label,
					shown,
				})),
			}));
			return new Map(lines.map((line) => [line.links[0]?.href?.split("/").at(-1), line]));
		};
		const french = await marksOn("");
		expect([...french.keys()]).toEqual(expect.arrayContaining([delegated, charter, qualiopi]));
		expect(french.get(delegated)?.text).toMatch(/^Opérateur de métabadges, depuis le /);
		expect(french.get(delegated)?.text).toContain(
			` Attestée par ${nameOf("bravo-bfc")}, pour le compte du réseau · Déclaration signée · Délégation signée`,
		);
		expect(french.get(delegated)?.links).toEqual([
			{ href: `/reseau/declarations/${delegated}`, label: "Déclaration signée : Opérateur de métabadges", shown: "Déclaration signée" },
			{ href: `/reseau/declarations/${delegation}`, label: "Délégation signée : Opérateur de métabadges", shown: "Délégation signée" },
		]);
		expect(french.get(charter)?.text).toMatch(new RegExp(`^A signé la charte de ${nameOf("badgeons-occitanie")}, depuis`));
		expect(french.get(charter)?.text).toMatch(new RegExp(` Attestée par ${nameOf("badgeons-occitanie")} · Déclaration signée$`));
		expect(french.get(qualiopi)?.text).toMatch(
			/^Certification Qualiopi, déclarée n° 25-1234, .* Attestée par le réseau · Déclaration signée$/,
		);

		const english = await marksOn("/en");
		expect(english.get(delegated)?.text).toContain(
			` Attested by ${nameOf("bravo-bfc")}, on behalf of the network · Signed statement · Signed delegation`,
		);
		expect(english.get(delegated)?.links).toEqual([
			{ href: `/en/reseau/declarations/${delegated}`, label: "Signed statement: Runs metabadges", shown: "Signed statement" },
			{ href: `/en/reseau/declarations/${delegation}`, label: "Signed delegation: Runs metabadges", shown: "Signed delegation" },
		]);
		expect(english.get(qualiopi)?.text).toContain(" Attested by the network · Signed statement");
		for (const { links } of french.values()) for (const { href } of links) expect((await fetch(url + href)).status).toBe(200);
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
