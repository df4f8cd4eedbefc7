import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPages, type Pages } from "../../web/pages.ts";
import { findChromium, IS_CI } from "../kit/config.ts";
import { openBrowser } from "./explorer-hub.ts";
import { checkPage } from "./page-checks.ts";

/** A router that knows one badge, of an institute that is silent. */
const ANSWERS: Record<string, unknown> = {
	BadgePage_Query: {
		badgeClass: null,
		pathway: { nodes: [{ id: "muet:badge", name: "Badge retenu", instituteSlug: "muet", instituteName: "Institut muet", needed: 0 }] },
		member: {
			slug: "muet",
			name: "Institut muet",
			demonstration: true,
			recognisedBy: [
				{
					id: "r1",
					scope: "INSTITUTE",
					badgeClassId: null,
					since: "2026-01-02T10:00:00.000Z",
					reason: "Travail commun.",
					by: { slug: "autre", name: "Autre institut", demonstration: false },
					member: { name: "Institut muet" },
				},
			],
		},
	},
	BadgeRemembered_Query: { searchBadges: { edges: [] } },
	MemberNames_Query: { members: [{ slug: "muet", name: "Institut muet" }] },
	Gap_Query: {
		referential: { source: "ROME", version: "60", licence: "Licence Ouverte 2.0" },
		gap: {
			job: { code: "K1801", label: "<b>Gras" },
			coreTotal: 9,
			coreCovered: 0,
			covered: [],
			missing: [],
			shortest: { method: "GREEDY", bound: 1.8333333, atLeast: 2, badges: [{ id: "centre:a", name: "A" }], uncoverable: [] },
			unknown: ["centre:ailleurs"],
		},
	},
	SearchList_Query: {
		searchBadges: {
			totalCount: 1,
			edges: [
				{
					node: {
						id: "muet:badge",
						name: "Badge retenu",
						instituteSlug: "muet",
						instituteName: "Institut muet",
						excerpt: [{ text: "Ce qui fut relevé." }],
						tags: [],
						metabadge: false,
						requestable: true,
						retired: false,
						harvestedAt: "2026-01-02T10:00:00.000Z",
						badgeClass: null,
					},
				},
			],
			pageInfo: { hasNextPage: false, endCursor: null },
		},
	},
	Compared_Query: { badgeClass: null },
	BadgeName_Query: { pathway: { name: "Badge retenu" } },
	BadgeImage_Query: { badgeClass: null, pathway: { name: "Badge retenu" } },
};
/** The questions that the silent institute would have been asked. */
const SILENT = ["BadgePage_Query", "SearchList_Query", "Compared_Query"];
const MISSING = { completeness: { asked: ["muet"], answered: [], missing: [{ institute: "muet", reason: "TIMEOUT" }], stale: [] } };

describe.skipIf(findChromium() === undefined && !IS_CI)("pages of a hub in trouble", () => {
	let servers: Server[];
	let browser: Browser;
	let started: Pages[];
	let whole: string;
	let lost: string;

	beforeAll(async () => {
		const router = createServer((request, response) => {
			let body = "";
			request.on("data", (chunk) => (body += chunk));
			request.on("end", () => {
				const name = /query (\w+)/.exec((JSON.parse(body) as { query: string }).query)?.[1] ?? "";
				const silent = SILENT.includes(name);
				response.setHeader("content-type", "application/json");
				response.end(JSON.stringify({ data: ANSWERS[name] ?? null, ...(silent && { extensions: MISSING }) }));
			});
		});
		const graphqlUrl = `${await listen(router)}/graphql`;
		started = [await createPages({ graphqlUrl }), await createPages({ graphqlUrl: "http://127.0.0.1:1/graphql" })];
		const fronts = started.map((pages) => createServer((request, response) => pages.handle(request, response)));
		[whole = "", lost = ""] = await Promise.all(fronts.map(listen));
		servers = [router, ...fronts];
		browser = await openBrowser();
	});
	afterAll(async () => {
		await browser?.close();
		for (const pages of started ?? []) await pages.stop();
		for (const server of servers ?? []) {
			server.closeAllConnections();
			server.close();
		}
	});

	it("says in French that the service does not answer, with status 503", async () => {
		const response = await fetch(`${lost}/badges`);
		expect([response.status, response.headers.get("retry-after")]).toEqual([503, "30"]);
		const html = await response.text();
		expect(html).toContain("Le service ne répond pas");
		expect(html).not.toMatch(/ECONNREFUSED|at .*\.js:/);
		expect(await (await fetch(`${lost}/en/badges`)).text()).toContain("The service does not answer");
	});

	it("keeps the home page, the statement and the emblems when the router is lost", async () => {
		expect((await fetch(`${lost}/`)).status).toBe(200);
		expect((await fetch(`${lost}/accessibilite`)).status).toBe(200);
		expect((await fetch(`${lost}/images/a:b`)).headers.get("content-type")).toBe("image/svg+xml");
	});

	it("shows what is known of a silent institute's badge, and who recognises it", async () => {
		const response = await fetch(`${whole}/badges/muet:badge`);
		expect(response.status).toBe(503);
		const html = await response.text();
		for (const text of ["Badge retenu", "Institut muet ne répond pas pour le moment", "Autre institut", "démonstration"]) {
			expect(html).toContain(text);
		}
	});

	it("has nothing wrong on these pages either", async () => {
		const at = { status: 503, scripts: false };
		expect(await checkPage(browser, whole, { path: "/badges/muet:badge", ...at }, { width: 320, javascript: true })).toEqual([]);
		expect(await checkPage(browser, lost, { path: "/badges", ...at }, { width: 320, javascript: true })).toEqual([]);
		expect(await checkPage(browser, lost, { path: "/", status: 200, scripts: false }, { width: 1280, javascript: true })).toEqual([]);
	});

	it("knows no OPCO and no job as missing while the hub cannot be asked", async () => {
		const paths = ["/opco", "/opco/akto", "/metiers", "/metiers/K1801", "/competences/100", "/ecart?metier=K1801", "/comparer?badge=a:b"];
		paths.push("/parcours", "/parcours/a:b", "/parcours/trace/un-parcours");
		const forms = paths.slice(1).flatMap((path) => ["csv", "json", "jsonld"].map((ending) => path.replace(/(?=\?|$)/, `.${ending}`)));
		for (const path of [...paths, ...forms, "/badges.csv", "/badges.atom", "/badges/a:b.json"])
			expect([path, (await fetch(lost + path)).status]).toEqual([path, 503]);
	});

	it("goes without suggestions", async () => {
		const response = await fetch(`${lost}/suggestions?q=accueil`);
		expect([response.status, response.headers.get("cache-control"), await response.json()]).toEqual([200, "no-store", []]);
	});

	it("says in each form of a list that an institute did not answer", async () => {
		const csv = await fetch(`${whole}/badges.csv?q=badge`);
		expect(csv.headers.get("content-disposition")).toBe('attachment; filename="badges-incomplet.csv"');
		const lines = (await csv.text()).trimEnd().split("\r\n");
		expect(lines[1]).toContain("Badge retenu;Institut muet;Ce qui fut relevé.");
		expect(lines[2]).toMatch(/^"?Réponse incomplète\. Institut muet n’a pas répondu/);
		const json = await (await fetch(`${whole}/badges.json?q=badge`)).json();
		expect(json.completeness).toEqual({ whole: false, missing: [{ slug: "muet", name: "Institut muet" }], stale: [], cut: null });
		const linked = await (await fetch(`${whole}/en/badges.jsonld?q=badge`)).json();
		expect(linked).toMatchObject({
			"@type": "ItemList",
			subjectOf: {
				creativeWorkStatus: "Incomplete",
				description: expect.stringMatching(/^Incomplete answer\. Institut muet did not answer/),
			},
		});
		// What cannot be dated is no entry; the feed says why.
		const feed = await (await fetch(`${whole}/badges.atom?q=badge`)).text();
		expect(feed).not.toContain("<entry");
		expect(feed).toMatch(/<subtitle>[^<]*Institut muet n’a pas répondu/);
	});

	it("keeps a silent institute's badge among those to compare, and says why it is not there", async () => {
		const html = await (await fetch(`${whole}/comparer?badge=muet:badge`)).text();
		expect(html).toMatch(/leur établissement ne répond pas[\s\S]*Badge retenu/);
		expect((await fetch(`${whole}/badges/muet:badge.json`)).status).toBe(503);
	});

	it("says of a way that is not known to be the shortest how long it can be", async () => {
		const html = await (await fetch(`${whole}/ecart?metier=K1801&acquis=centre:ailleurs`)).text();
		expect(html).toContain("au plus 1,84 fois la longueur du plus court ensemble, qui compte au moins 2 badges");
		expect(html).toContain("&lt;b&gt;Gras");
		expect(html).not.toContain("<b>Gras");
	});

	it("only answers readings", async () => {
		expect((await fetch(`${whole}/badges`, { method: "POST" })).status).toBe(405);
	});
});

async function listen(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
