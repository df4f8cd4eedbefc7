import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, IS_CI } from "../kit/config.ts";
import { type Explorer, startExplorer } from "./explorer-hub.ts";
import { checkPage, FIXED_PAGES, findDataPages, type PagePath } from "./page-checks.ts";

const withoutBrowser = findChromium() === undefined && !IS_CI;

describe.skipIf(withoutBrowser)("the explorer", () => {
	let explorer: Explorer;
	let dataPages: PagePath[];

	beforeAll(async () => {
		explorer = await startExplorer();
		dataPages = await findDataPages(explorer.baseUrl);
	});
	afterAll(() => explorer?.stop());

	const visit = <Result>(path: string, story: (page: Page) => Promise<Result>, javaScriptEnabled = true) =>
		explorer.visit(path, { javaScriptEnabled }, story);
	const check = (page: PagePath, width: number, javascript = true) =>
		checkPage(explorer.browser, explorer.baseUrl, page, { width, javascript });

	/**
	 * A French page at 360 and 1280 pixels with and without JavaScript, and at the 320 of reflow; one that ships no script
	 * cannot differ, and is looked at once at each width. Its English mirror has the same shape: once.
	 */
	async function checkAll(page: PagePath): Promise<string[]> {
		if (page.path.startsWith("/en")) return check(page, 360);
		const views = page.scripts
			? ([
					[320, true],
					[360, true],
					[360, false],
					[1280, true],
					[1280, false],
				] as const)
			: ([
					[320, true],
					[360, true],
					[1280, false],
				] as const);
		const found: string[] = [];
		for (const [width, javascript] of views) found.push(...(await check(page, width, javascript)));
		return found;
	}

	it("has a page for each kind of thing that its lists lead to", () => {
		expect(dataPages.map(({ path }) => path.split(/[/?]/)[1])).toEqual([
			"badges",
			"etablissements",
			"reseau",
			"parcours",
			"parcours", // a metabadge's, and one that a steward drew
			"metiers",
			"opco",
			"reseau",
			"badges",
			"competences",
			"opco",
			"ecart",
			"comparer",
		]);
	});

	it.each(FIXED_PAGES.map((page) => [page.path, page] as const))("has nothing wrong on %s", async (_path, page) => {
		expect(await checkAll(page)).toEqual([]);
	});

	it("has nothing wrong on the pages of one badge, institute, pathway, job and competency, in both languages", async () => {
		const english = dataPages.map((page) => ({ ...page, path: `/en${page.path}` }));
		for (const page of [...dataPages, ...english]) expect(await checkAll(page)).toEqual([]);
	});

	it("lets an employer find a badge and who recognises it, without JavaScript", async () => {
		await visit(
			"/",
			async (page) => {
				await page.getByLabel("Chercher un badge").fill("recherche d'emploi");
				await page.getByRole("button", { name: "Chercher" }).click();
				expect(new URL(page.url()).search).toBe("?q=recherche+d%27emploi");
				expect(await page.getByRole("status").textContent()).toMatch(/\d+ badges? trouvés?/);
				expect(await page.locator("mark").count()).toBeGreaterThan(0);
				await page.locator(".card a").first().click();
				expect(await page.locator("h2").allTextContents()).toEqual(
					expect.arrayContaining(["Ce que prouve ce badge", "Qui le reconnaît", "Comment on l’obtient"]),
				);
				expect(await page.locator(".highlight").textContent()).toMatch(/Reconnu par \d+ membres? du réseau|Aucun membre du réseau/);
			},
			false,
		);
	});

	it("goes back to the first page when the address has a cursor that is none", async () => {
		const response = await fetch(`${explorer.baseUrl}/badges?metabadge=1&apres=rien`, { redirect: "manual" });
		expect([response.status, response.headers.get("location")]).toEqual([302, "/badges?metabadge=1"]);
	});

	it("leaves empty fields out of the address of a list", async () => {
		await visit("/badges?q=&institut=", async (page) => expect(new URL(page.url()).search).toBe(""), false);
	});

	it("applies a filter when it is ticked and takes it back by its chip", async () => {
		await visit("/badges", async (page) => {
			const before = await page.getByRole("status").textContent();
			const box = page.getByRole("checkbox", { name: /^Métabadge/ });
			await box.check();
			await page.waitForURL(/metabadge=1/);
			await expect.poll(() => page.getByRole("status").textContent()).not.toBe(before);
			expect(await page.evaluate("document.activeElement.name")).toBe("metabadge");
			await page.getByRole("link", { name: "Retirer le filtre Métabadge" }).click();
			await expect.poll(() => page.getByRole("status").textContent()).toBe(before);
			expect(await box.isChecked()).toBe(false);
			await page.goBack();
			await expect.poll(() => box.isChecked()).toBe(true);
		});
	});

	it("goes through a list page by page and sees each badge once", async () => {
		const total = await visit("/badges", async (page) => Number((await page.getByRole("status").textContent())?.match(/\d+/)?.[0]));
		await visit(
			"/badges",
			async (page) => {
				const seen: string[] = [];
				for (;;) {
					const links = "[...document.querySelectorAll('.card__title a')].map((link) => link.pathname)";
					seen.push(...(await page.evaluate<string[]>(links)));
					const next = page.getByRole("link", { name: "Badges suivants" });
					if ((await next.count()) === 0) break;
					// Until the next page is whole: its own link to the next is at its end.
					const address = new URL((await next.getAttribute("href")) as string, page.url()).href;
					await Promise.all([page.waitForURL(address, { waitUntil: "load" }), next.click()]);
				}
				expect(seen.length).toBe(total);
				expect(new Set(seen).size).toBe(total);
			},
			false,
		);
	});

	it("gives the list of the page as CSV, whole and in the same order", async () => {
		const csv = await (await fetch(`${explorer.baseUrl}/badges.csv?metabadge=1`)).text();
		const rows = csv.trim().split("\r\n").slice(1);
		const first = await visit("/badges?metabadge=1", async (page) => ({
			count: Number((await page.getByRole("status").textContent())?.match(/\d+/)?.[0]),
			name: (await page.locator(".card__title").first().textContent()) ?? "",
		}));
		expect(rows.length).toBe(first.count);
		expect(rows[0]).toContain(first.name);
	});

	it("leads an OPCO from a job to its competencies and their badges", async () => {
		await visit(
			"/metiers?q=insertion",
			async (page) => {
				await page.locator(".index a").first().click();
				expect(await page.locator("h2").allTextContents()).toEqual(
					expect.arrayContaining(["Badges pour ce métier", "Compétences au cœur du métier"]),
				);
				expect(await page.locator(".credit").textContent()).toContain("France Travail, ROME 4.0");
				await page.locator("table a").first().click();
				expect(await page.locator("h2").first().textContent()).toBe("Badges qui reconnaissent cette compétence");
			},
			false,
		);
	});

	it("shows a learner what remains on a pathway, from the address alone", async () => {
		const pathway = dataPages.find(({ path }) => path.startsWith("/parcours/"))?.path ?? "";
		await visit(
			pathway,
			async (page) => {
				await page.getByRole("checkbox").first().check();
				await page.getByRole("button", { name: "Mettre à jour le parcours" }).click();
				expect(new URL(page.url()).searchParams.getAll("detenu")).toHaveLength(1);
				expect(await page.getByRole("checkbox").first().isChecked()).toBe(true);
				expect(await page.locator(".graph__scroll--large .graph__box--held").count()).toBe(1);
				expect(await page.getByRole("status").textContent()).toMatch(/Il vous reste|Vous avez tout/);
			},
			false,
		);
	});

	it("lets the keyboard walk through the network", async () => {
		await visit("/reseau", async (page) => {
			await page.keyboard.press("Tab");
			expect(await page.evaluate("document.activeElement.textContent")).toBe("Aller au contenu");
			await page.locator('.graph a[href*="centre="]').first().focus();
			await page.keyboard.press("Enter");
			await page.waitForURL(/centre=/);
			expect(await page.locator("h1").textContent()).toMatch(/^Autour de /);
		});
	});

	it("gives machines the badge in the page and beside it", async () => {
		const badge = dataPages[0]?.path ?? "";
		const beside = await (await fetch(`${explorer.baseUrl}${badge}.jsonld`)).json();
		expect(beside).toMatchObject({ "@type": "EducationalOccupationalCredential", url: explorer.baseUrl + badge });
		const within = await visit(badge, (page) => page.locator('script[type="application/ld+json"]').textContent());
		expect(JSON.parse(within ?? "")).toEqual(beside);
	});

	it("prints without navigation, unfolded, with the address it is from", async () => {
		const paths = ["/badges?q=emploi", "/metiers", ...dataPages.map(({ path }) => path)];
		for (const path of paths) {
			await visit(path, async (page) => {
				await page.emulateMedia({ media: "print" });
				// The room that is left on a sheet of A4.
				await page.setViewportSize({ width: 673, height: 1000 });
				expect([
					path,
					await page.locator(".site-nav, .site-footer, .trail, .forms, .pager, .compare-bar").filter({ visible: true }).count(),
				]).toEqual([path, 0]);
				const folded =
					"[...document.querySelectorAll('main details')].filter((one) => one.offsetParent && one.lastElementChild.checkVisibility({ contentVisibilityAuto: true }) === false).length";
				expect([path, await page.evaluate(folded)]).toEqual([path, 0]);
				expect(await page.locator(".print-only").textContent()).toBe(`Adresse de cette page\u00a0: ${page.url()}`);
				expect([path, await page.evaluate("document.documentElement.scrollWidth <= 673")]).toEqual([path, true]);
				expect((await page.pdf({ format: "A4" })).subarray(0, 5).toString()).toBe("%PDF-");
			});
		}
	});

	it("weighs little: no script on documents, a bounded one on the search page", async () => {
		for (const { path } of [...FIXED_PAGES, ...dataPages]) {
			const html = await (await fetch(explorer.baseUrl + path)).text();
			expect(html.length, path).toBeLessThan(120_000);
		}
		const sizes = await visit("/badges", async (page) => {
			await page.waitForLoadState("networkidle");
			return (await page.evaluate(
				"performance.getEntriesByType('resource').filter((one) => /\\.(js|css)$/.test(one.name)).map((one) => [one.name.split('.').at(-1), one.encodedBodySize])",
			)) as ["js" | "css", number][];
		});
		const sum = (kind: string) => sizes.filter(([one]) => one === kind).reduce((total, [, size]) => total + size, 0);
		expect(sum("js")).toBeGreaterThan(0);
		expect(sum("js")).toBeLessThan(130_000);
		expect(sum("css")).toBeLessThan(15_000);
	});

	it("has a picture for every badge, even for one that nobody knows", async () => {
		const known = await fetch(`${explorer.baseUrl}/images/${dataPages[0]?.path.split("/").at(-1)}`);
		expect([known.status, known.headers.get("content-type")]).toEqual([200, expect.stringMatching(/^image\//)]);
		const again = await fetch(known.url, { headers: { "if-none-match": known.headers.get("etag") ?? "" } });
		expect(again.status).toBe(304);
		const unknown = await fetch(`${explorer.baseUrl}/images/personne:rien`);
		expect([unknown.status, unknown.headers.get("content-type")]).toEqual([200, "image/svg+xml"]);
		expect(unknown.headers.get("content-security-policy")).toContain("sandbox");
	});

	it("tells robots where everything is", async () => {
		expect(await (await fetch(`${explorer.baseUrl}/robots.txt`)).text()).toContain(`Sitemap: ${explorer.baseUrl}/sitemap.xml`);
		const sitemap = await (await fetch(`${explorer.baseUrl}/sitemap.xml`)).text();
		const pages = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => url);
		expect(pages).toContain(`${explorer.baseUrl}${dataPages[0]?.path}`);
		expect(new Set(pages).size).toBe(pages.length);
	});
});
