import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, findSpreadsheet, IS_CI, IS_SPREADSHEET_NEEDED } from "../kit/config.ts";
import { type Explorer, startExplorer } from "./explorer-hub.ts";
import { openInSpreadsheet } from "./open-in-spreadsheet.ts";
import { runAxe } from "./page-checks.ts";

const withoutBrowser = findChromium() === undefined && !IS_CI;
const withoutSpreadsheet = findSpreadsheet() === undefined && !IS_SPREADSHEET_NEEDED;

describe.skipIf(withoutBrowser)("an employer", () => {
	let explorer: Explorer;
	beforeAll(async () => {
		explorer = await startExplorer();
	});
	afterAll(() => explorer?.stop());

	const visit = (javaScriptEnabled: boolean, story: (page: Page) => Promise<void>) =>
		explorer.visit("/", { width: 360, javaScriptEnabled }, story);

	/** Keeps requests waiting, until what it returns is called. */
	async function hold(page: Page, address: RegExp): Promise<() => void> {
		let release: () => void = () => undefined;
		const held = new Promise<void>((resolve) => {
			release = resolve;
		});
		await page.route(address, async (route) => {
			await held;
			await route.continue();
		});
		return release;
	}
	const count = async (page: Page) => Number((await page.getByRole("status").textContent())?.match(/\d+/)?.[0] ?? 0);
	const parameters = (page: Page) => new URL(page.url()).searchParams;
	const scrollsSideways = (page: Page) => page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
	/** axe needs scripts to run: without them the page is the same document, and is looked at in the other telling. */
	const wrong = async (page: Page, scripts: boolean) => (scripts ? await runAxe(page) : []);

	it.each([true, false])("goes from words to two badges side by side (scripts: %s)", (scripts) =>
		visit(scripts, async (page) => {
			await page.getByLabel("Chercher un badge").fill("accueil client");
			await page.getByRole("button", { name: "Chercher" }).click();
			await page.waitForURL(/q=accueil\+client/);
			const all = await count(page);
			expect(all).toBeGreaterThan(2);
			expect(await wrong(page, scripts)).toEqual([]);

			// Narrows the list: at once where scripts run, by the button where none do.
			await page.getByText("Filtrer").first().click();
			await page.getByRole("checkbox", { name: /^On peut le demander/ }).check();
			if (!scripts) await page.getByRole("button", { name: "Appliquer les filtres" }).click();
			await page.waitForURL(/demandable=1/);
			await expect.poll(() => count(page)).toBeLessThan(all);

			// Reads why, and who recognises it.
			const card = page
				.locator(".card")
				.filter({ hasText: /Reconnu par/ })
				.first();
			await card.getByText("Pourquoi ce résultat").click();
			expect(await card.locator(".card__why").textContent()).toMatch(/«\s\S+\s» dans .* «\s(accueil|client)\s»/);
			const list = page.url();
			await card.locator(".card__title a").click();
			await page.waitForURL(/\/badges\/[^?]+$/);
			expect(await page.locator(".badge-head__issuer").textContent()).toMatch(/^Délivré par \S/);
			expect(await page.locator(".highlight").textContent()).toMatch(/Reconnu par \d+ membres? du réseau/);
			expect(await scrollsSideways(page)).toBe(false);

			// Chooses one, searches with a typing error, takes the correction, chooses another: the first stays chosen.
			await page.goto(list, { waitUntil: scripts ? "networkidle" : "load" });
			const first = (await page.locator(".card__title").first().textContent()) ?? "";
			await page.getByRole("checkbox", { name: `Comparer ${first}` }).check();
			if (scripts) await page.waitForURL(/badge=/);
			await page.getByLabel("Mots recherchés").fill("acceuil client");
			await page.getByRole("button", { name: "Chercher", exact: true }).click();
			await page.waitForURL(/q=acceuil\+client/);
			expect(parameters(page).getAll("badge")).toHaveLength(1);
			await page.getByRole("link", { name: "accueil client" }).click();
			await page.waitForURL(/q=accueil\+client/);
			const boxes = page.getByRole("checkbox", { name: /^Comparer / });
			await expect.poll(() => boxes.first().isChecked()).toBe(true);
			const second = (await page.locator(".card__title").nth(1).textContent()) ?? "";
			await boxes.nth(1).check();
			if (scripts) await expect.poll(() => parameters(page).getAll("badge")).toHaveLength(2);
			await page.getByRole("button", { name: /^Comparer/ }).click();
			await page.waitForURL(/\/comparer\?/);

			// Side by side: the same questions of both.
			expect(await page.locator("h1").textContent()).toBe("Comparer 2 badges");
			const heads = await page.locator(".compare thead th a:not([aria-label])").allTextContents();
			expect(heads).toEqual([first, second]);
			const questions = await page.locator(".compare tbody th").allTextContents();
			expect(questions.map((text) => text.trim())).toEqual(
				expect.arrayContaining(["Ce qu’il prouve", "Comment on l’obtient", "Qui le délivre", "Qui le reconnaît", "Obtenir ce badge"]),
			);
			expect(await page.getByRole("heading", { name: "Ce qu’ils ont en commun" }).count()).toBe(1);
			expect(await scrollsSideways(page)).toBe(false);
			expect(await wrong(page, scripts)).toEqual([]);

			// Goes back for others: the search is where it was, with both chosen.
			await page.getByRole("link", { name: "Choisir d’autres badges" }).click();
			await page.waitForURL(/\/badges\?/);
			expect([parameters(page).get("q"), parameters(page).getAll("badge").length]).toEqual(["accueil client", 2]);
		}),
	);

	it("keeps the words typed while a filter is being applied, however long that takes", () =>
		visit(true, async (page) => {
			await page.goto(`${explorer.baseUrl}/badges?q=accueil+client`, { waitUntil: "networkidle" });
			const answer = await hold(page, /demandable=1/);
			const asked = page.waitForRequest(/demandable=1/);
			await page.getByText("Filtrer").first().click();
			await page.getByRole("checkbox", { name: /^On peut le demander/ }).check();
			await asked;
			await page.getByLabel("Mots recherchés").fill("vente");
			answer();
			await page.waitForURL(/demandable=1/);
			await page
				.getByRole("link", { name: /demander/ })
				.first()
				.waitFor();
			expect(await page.getByLabel("Mots recherchés").inputValue()).toBe("vente");
			await page.getByRole("button", { name: "Chercher", exact: true }).click();
			await page.waitForURL(/q=vente/);
			expect(parameters(page).get("demandable")).toBe("1");
		}));

	it("has a filter applied that was ticked before the scripts had come", () =>
		visit(true, async (page) => {
			const come = await hold(page, /\.js$/);
			await page.goto(`${explorer.baseUrl}/badges?q=accueil+client`, { waitUntil: "commit" });
			await page.getByText("Filtrer").first().click();
			await page.getByRole("checkbox", { name: /^On peut le demander/ }).check();
			await page.getByLabel("Mots recherchés").fill("vente");
			come();
			await page.waitForURL(/demandable=1/);
			expect(parameters(page).get("q")).toBe("vente");
		}));

	it("is helped while typing, by the keyboard alone", () =>
		visit(true, async (page) => {
			await page.goto(`${explorer.baseUrl}/badges`, { waitUntil: "networkidle" });
			const field = page.getByRole("combobox", { name: "Mots recherchés" });
			await field.pressSequentially("acc");
			const options = page.getByRole("option");
			await options.first().waitFor();
			expect(await field.getAttribute("aria-expanded")).toBe("true");
			expect(await page.getByRole("listbox").getByRole("group").count()).toBeGreaterThan(1);
			expect(await runAxe(page)).toEqual([]);
			expect(await scrollsSideways(page)).toBe(false);

			// The arrows go round, by way of the field; the focus stays in it.
			await field.press("ArrowUp");
			expect(await options.last().getAttribute("aria-selected")).toBe("true");
			await field.press("ArrowDown");
			expect(await field.getAttribute("aria-activedescendant")).toBeNull();
			await field.press("ArrowDown");
			expect(await field.getAttribute("aria-activedescendant")).toBe(await options.first().getAttribute("id"));

			await field.press("Escape");
			expect([await options.count(), await field.inputValue()]).toEqual([0, "acc"]);
			await field.press("ArrowDown");
			const chosen = await options.first().getAttribute("href");
			await field.press("Enter");
			await page.waitForURL(explorer.baseUrl + chosen);

			// Without a choice, Enter searches.
			await page.goto(`${explorer.baseUrl}/badges`, { waitUntil: "networkidle" });
			await field.pressSequentially("accueil");
			await options.first().waitFor();
			await field.press("Enter");
			await page.waitForURL(/q=accueil$/);
		}));

	it("compares four at most, and is told of the others and of what nobody knows", () =>
		visit(false, async (page) => {
			await page.goto(`${explorer.baseUrl}/badges`);
			const boxes = page.getByRole("checkbox", { name: /^Comparer / });
			for (let place = 0; place < 5; place++) await boxes.nth(place).check();
			await page.getByRole("button", { name: /^Comparer/ }).click();
			await page.waitForURL(/\/comparer\?/);
			expect(await page.locator(".compare thead th").count()).toBe(1 + 4);
			expect(await page.locator(".notice").textContent()).toMatch(/On compare 4 badges au plus/);
			const asked = parameters(page).getAll("badge");
			await page.locator(".compare thead a[aria-label]").first().click();
			await page.waitForURL((url) => url.searchParams.getAll("badge").length === 4);
			expect(parameters(page).getAll("badge")).toEqual(asked.slice(1));
			expect(await page.locator(".compare thead th").count()).toBe(1 + 4);

			await page.goto(`${explorer.baseUrl}/comparer?badge=${asked[0]}&badge=personne:rien&badge=mal+forme`);
			expect(await page.locator(".notice").textContent()).toMatch(/Le réseau ne connaît pas\s:.*mal forme.*personne:rien/s);
			expect(await page.locator(".compare thead th").count()).toBe(1 + 1);
		}));

	it("takes the list away, and follows the search", () =>
		visit(true, async (page) => {
			await page.goto(`${explorer.baseUrl}/badges?q=accueil+client&demandable=1`);
			const total = await count(page);
			const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "tableur (CSV)" }).click()]);
			expect(download.suggestedFilename()).toBe("badges.csv");
			const csv = await readFile(await download.path());
			expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
			expect(csv.toString().trimEnd().split("\r\n")).toHaveLength(1 + total);

			const follow = page.getByRole("link", { name: "Suivre cette recherche" });
			const address = (await follow.getAttribute("href")) ?? "";
			expect(await page.locator('head link[type="application/atom+xml"]').getAttribute("href")).toBe(address);
			const response = await fetch(explorer.baseUrl + address);
			expect(response.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
			const xml = await response.text();
			// Read by an XML parser that is not ours.
			const feed = (await page.evaluate(`(() => {
				const feed = new DOMParser().parseFromString(${JSON.stringify(xml)}, "application/xml").documentElement;
				const texts = (name) => [...feed.querySelectorAll("entry > " + name)].map((one) => one.textContent);
				return {
					root: feed.namespaceURI + " " + feed.localName,
					self: feed.querySelector('link[rel="self"]').getAttribute("href"),
					id: feed.querySelector("feed > id").textContent,
					ids: texts("id"), published: texts("published"), titles: texts("title"), summaries: texts("summary"),
				};
			})()`)) as { root: string; self: string; id: string; ids: string[]; published: string[]; titles: string[]; summaries: string[] };
			expect(feed.root).toBe("http://www.w3.org/2005/Atom feed");
			expect([feed.self, feed.id]).toEqual([explorer.baseUrl + address, explorer.baseUrl + address]);
			// By date, what barely speaks of the words would come anywhere: it is left out, here as on the page in that order.
			await page.getByRole("link", { name: "plus récents" }).click();
			await page.waitForURL(/tri=recents/);
			expect(feed.ids.length).toBeGreaterThan(0);
			expect(feed.ids.length).toBeLessThan(Math.min(total, 50));
			await expect.poll(() => count(page)).toBe(feed.ids.length);
			expect(new Set(feed.ids).size).toBe(feed.ids.length);
			expect(feed.published).toEqual(feed.published.toSorted().reverse());
			expect([...feed.titles, ...feed.summaries].every((text) => text !== "")).toBe(true);

			const etag = response.headers.get("etag") ?? "";
			const since = response.headers.get("last-modified") ?? "";
			const known: Record<string, string>[] = [{ "if-none-match": etag }, { "if-modified-since": since }];
			const asked = known.map((headers) => fetch(response.url, { headers }));
			expect((await Promise.all(asked)).map(({ status }) => status)).toEqual([304, 304]);
		}));

	it.skipIf(withoutSpreadsheet)("opens what was downloaded in a spreadsheet, accents and columns kept", async () => {
		for (const path of ["/badges.csv?q=accueil", "/metiers.csv?q=accueil", "/opco/akto.csv", "/parcours.csv", `${PATHWAY}.csv`]) {
			const csv = new Uint8Array(await (await fetch(explorer.baseUrl + path)).arrayBuffer());
			const opened = await openInSpreadsheet(csv);
			const [headings = []] = opened;
			expect([path, headings.length]).not.toEqual([path, 1]);
			expect(new Set(opened.map((row) => row.length))).toEqual(new Set([headings.length]));
			expect(opened.flat().some(({ formula }) => formula)).toBe(false);
			// Each cell's text is somewhere in the file as it was written, so none of its letters was lost.
			const written = new TextDecoder().decode(csv).replaceAll('""', '"');
			for (const { text } of opened.flat().filter(({ type }) => type === "string")) expect(written).toContain(text);
			expect(opened.flat().some(({ text }) => /[éèêàçœ]/.test(text))).toBe(true);
		}
	});

	it("reads every page in five forms, in both languages, each known by its type", async () => {
		const [badge] = (await (await fetch(`${explorer.baseUrl}/badges.json?q=accueil`)).json()).badges;
		const { jobs } = await (await fetch(`${explorer.baseUrl}/metiers.json?q=accueil`)).json();
		const { job } = await (await fetch(`${explorer.baseUrl}/metiers/${jobs[0].code}.json`)).json();
		const { drawnPathways } = await (await fetch(`${explorer.baseUrl}/parcours.json`)).json();
		const pages = [
			"/badges?q=accueil",
			`/badges/${badge.id}`,
			`/comparer?badge=${encodeURIComponent(badge.id)}`,
			"/metiers?q=accueil",
			`/metiers/${job.code}`,
			`/competences/${job.competencies[0].competency.code}`,
			`/ecart?metier=${job.code}`,
			"/opco/akto",
			"/parcours",
			`${PATHWAY}?detenu=${encodeURIComponent(badge.id)}`,
			`/parcours/trace/${drawnPathways[0].id}`,
		];
		for (const path of pages.flatMap((one) => [one, `/en${one}`])) {
			const html = await (await fetch(explorer.baseUrl + path)).text();
			const language = path.startsWith("/en/") ? "en" : "fr";
			for (const [ending, type] of Object.entries(TYPES)) {
				const [pathname, query] = path.split("?");
				const address = `${pathname}.${ending}${query ? `?${query}` : ""}`;
				const response = await fetch(explorer.baseUrl + address);
				expect([address, response.status, response.headers.get("content-type")]).toEqual([address, 200, type]);
				expect(response.headers.get("content-language")).toBe(language);
				expect(html).toContain(`<link rel="alternate" type="${type.split(";")[0]}" href="${address.replaceAll("&", "&amp;")}"`);
				const body = await response.text();
				if (ending === "csv") expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w.-]+\.csv"$/);
				if (ending === "json") expect(JSON.parse(body).completeness).toMatchObject({ whole: true, missing: [], stale: [], cut: null });
				if (ending === "jsonld") expect(referencesIn(JSON.parse(body))).toEqual([]);
			}
		}
	});

	const PATHWAY = "/parcours/emfor-bfc:super-accompagnateur";
	const TYPES = { csv: "text/csv; charset=utf-8", json: "application/json", jsonld: "application/ld+json" };
});

/** The `@id`s that a document refers to and does not describe: a reader would find nothing there. */
function referencesIn(document: unknown): string[] {
	const described = new Set<string>();
	const referred = new Set<string>();
	const walk = (node: unknown): void => {
		if (typeof node !== "object" || node === null) return;
		const { "@id": id, ...rest } = node as { "@id"?: string };
		if (id !== undefined) (Object.keys(rest).length === 0 ? referred : described).add(id);
		for (const value of Object.values(node)) walk(value);
	};
	walk(document);
	return [...referred].filter((id) => !described.has(id));
}
