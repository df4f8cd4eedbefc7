import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPages, type Pages } from "../../web/pages.ts";
import { findChromium, IS_CI } from "../kit/config.ts";
import { openBrowser } from "./explorer-hub.ts";
import { checkPage } from "./page-checks.ts";

const MEMBERS = 40;
const slugOf = (place: number) => `m-${String(place % MEMBERS).padStart(2, "0")}`;
/** Each recognises the five after it as a whole, and a badge of the one before it. */
const LINKS = Array.from({ length: MEMBERS }, (_, place) => place).flatMap((place) => [
	...[1, 2, 3, 4, 5].map((step) => ({ from: slugOf(place), to: slugOf(place + step), isWhole: true, recognitionCount: 1 })),
	{ from: slugOf(place), to: slugOf(place + MEMBERS - 1), isWhole: false, recognitionCount: 2 },
]);

/** A router that knows one collective, whose members recognise one another so often that no line could be followed. */
const ANSWERS: Record<string, unknown> = {
	NetworkOverview_Query: {
		networkOverview: {
			memberCount: 900,
			recognitionCount: 9000,
			linkCount: 0,
			groups: [{ memberCount: 120, withinCount: 700, collective: { id: "dense", name: "Collectif dense" } }],
			links: [],
		},
	},
	NetworkMembers_Query: {
		memberNetwork: {
			memberCount: 120,
			members: Array.from({ length: MEMBERS }, (_, place) => ({
				recognisesCount: 106,
				recognisedByCount: 112,
				member: {
					slug: slugOf(place),
					name: `Maison intercommunale des métiers et des compétences numéro ${place}`,
					demonstration: false,
					collectives: [{ id: "dense" }],
				},
			})),
			links: LINKS,
		},
	},
	RecognitionPage_Query: { recognitionPage: { totalCount: 0, next: null, nodes: [] } },
};

describe.skipIf(findChromium() === undefined && !IS_CI)("a collective whose members recognise one another very often", () => {
	let servers: Server[];
	let browser: Browser;
	let pages: Pages;
	let url: string;

	beforeAll(async () => {
		const router = createServer((request, response) => {
			let body = "";
			request.on("data", (chunk) => (body += chunk));
			request.on("end", () => {
				const name = /query (\w+)/.exec((JSON.parse(body) as { query: string }).query)?.[1] ?? "";
				response.setHeader("content-type", "application/json");
				response.end(JSON.stringify({ data: ANSWERS[name] ?? null }));
			});
		});
		pages = await createPages({ graphqlUrl: `${await listen(router)}/graphql` });
		const front = createServer((request, response) => pages.handle(request, response));
		url = await listen(front);
		servers = [router, front];
		browser = await openBrowser();
	});
	afterAll(async () => {
		await browser?.close();
		await pages?.stop();
		for (const server of servers ?? []) {
			server.closeAllConnections();
			server.close();
		}
	});

	it.each(["/reseau?collectif=dense", "/en/reseau?collectif=dense"])(
		"is drawn as squares, with nothing wrong on the page: %s",
		async (path) => {
			for (const width of [320, 360, 1280])
				expect(await checkPage(browser, url, { path, status: 200, scripts: false }, { width, javascript: true })).toEqual([]);
		},
	);

	it("has a link for each member, with what counts of it, and a square for each that it recognises", async () => {
		const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } });
		try {
			await page.goto(`${url}/reseau?collectif=dense`);
			const rows = page.locator("figure.graph").getByRole("link");
			expect(await rows.count()).toBe(MEMBERS);
			expect(await rows.first().getAttribute("aria-label")).toBe(
				"Maison intercommunale des… Maison intercommunale des métiers et des compétences numéro 0, reconnaît 106, reconnu par 112",
			);
			const squares = await Promise.all(
				(await page.locator(".matrix__cell").all()).map(async (path) => ((await path.getAttribute("d")) ?? "").split("M").length - 1),
			);
			expect(squares.reduce((sum, count) => sum + count, 0)).toBe(LINKS.length);
			expect(await page.locator("figcaption").textContent()).toMatch(
				/^120 membres.*Grand carré\s: les deux se reconnaissent.*40 membres\s; 80 autres/s,
			);
			await rows.nth(3).focus();
			await page.keyboard.press("Enter");
			await page.waitForURL(/centre=m-03/);
		} finally {
			await page.close();
		}
	});
});

async function listen(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
