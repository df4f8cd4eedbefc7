import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, IS_CI } from "../kit/config.ts";
import { type Explorer, startExplorer } from "./explorer-hub.ts";

const withoutBrowser = findChromium() === undefined && !IS_CI;

describe.skipIf(withoutBrowser)("an OPCO", () => {
	let explorer: Explorer;
	beforeAll(async () => {
		explorer = await startExplorer();
	});
	afterAll(() => explorer?.stop());

	async function read(page: Page): Promise<{ counts: number[][]; strips: number }> {
		const counts = (await page.evaluate(
			"[...document.querySelectorAll('.coverage tbody')].map((body) => [...body.querySelectorAll('td.heat')].map((cell) => Number(cell.textContent)))",
		)) as number[][];
		return { counts, strips: await page.locator(".strip i").count() };
	}

	it.each([true, false])("finds what no badge recognises, and what would close a gap (scripts: %s)", (javaScriptEnabled) =>
		explorer.visit("/", { width: 360, javaScriptEnabled }, async (page) => {
			await page.getByRole("link", { name: "Voir la couverture par OPCO" }).click();
			await page.getByRole("link", { name: "Uniformation" }).click();
			await page.waitForURL(/\/opco\/uniformation$/);
			const core = await read(page);
			expect(core.counts.length).toBeGreaterThan(1);
			expect(core.counts[0]?.[0]).toBe(0);
			await page.getByRole("link", { name: "Montrer toutes les compétences" }).click();
			// The click is over when the answer begins; the table is to be read when it is whole.
			await page.waitForURL(/competences=toutes/);
			const all = await read(page);
			expect(all.counts.flat().length).toBeGreaterThan(core.counts.flat().length);
			expect(all.strips).toBe(all.counts.flat().length);

			await page.getByRole("link", { name: "Qu’est-ce qui manque" }).first().click();
			const before = await page.getByRole("heading", { name: /^Couvert/ }).textContent();
			expect(before).toBe("Couvert (0)");
			await page.getByText(/^Choisir parmi/).click();
			await page.getByRole("checkbox").first().check();
			await page.getByRole("button", { name: "Mettre à jour" }).click();
			await page.waitForURL(/acquis=/);
			expect(new URL(page.url()).searchParams.getAll("acquis")).toHaveLength(1);
			expect(await page.getByRole("heading", { name: /^Couvert/ }).textContent()).toMatch(/^Couvert \([1-9]/);
			expect(await page.getByRole("checkbox").first().isChecked()).toBe(true);
		}),
	);

	it("reads the name of a badge that it holds and that counts for nothing in the job", async () => {
		const { badges } = await (await fetch(`${explorer.baseUrl}/badges.json?metabadge=1`)).json();
		const gap = await (await fetch(`${explorer.baseUrl}/ecart.json?metier=M1601`)).json();
		const counting = JSON.stringify(gap);
		const [held] = badges.filter(({ id }: { id: string }) => !counting.includes(`"${id}"`));
		const html = await (await fetch(`${explorer.baseUrl}/ecart?metier=M1601&acquis=${encodeURIComponent(held.id)}`)).text();
		const [, label = ""] = new RegExp(`value="${held.id}"/?>\\s*<span class="choice__label">([^<]*)`).exec(html) ?? [];
		expect(label.trim()).toBe(held.name.replaceAll("'", "&#x27;"));
	});

	it("takes the whole table away, and programs the same", async () => {
		const response = await fetch(`${explorer.baseUrl}/opco/akto.csv`);
		expect(response.headers.get("content-disposition")).toBe('attachment; filename="opco-akto.csv"');
		const bytes = new Uint8Array(await response.arrayBuffer());
		expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		const lines = new TextDecoder().decode(bytes).trimEnd().split("\r\n");
		const { rows, totals } = await (await fetch(`${explorer.baseUrl}/opco/akto.json`)).json();
		expect(rows).toHaveLength(totals.jobs);
		expect(rows.length).toBeGreaterThan(10);
		expect(lines).toHaveLength(1 + rows.flatMap(({ cells }: { cells: unknown[] }) => cells).length);
	});

	it("visits every job once, page after page, and begins again after a cursor that is none", async () => {
		const seen: string[] = [];
		let path: string | undefined = "/opco/akto";
		while (path !== undefined) {
			const html: string = await (await fetch(explorer.baseUrl + path)).text();
			seen.push(...[...html.matchAll(/href="\/metiers\/([A-N]\d{4})"/g)].map(([, code = ""]) => code));
			path = /rel="next"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="next"/.exec(html)?.slice(1).find(Boolean)?.replaceAll("&amp;", "&");
		}
		const { rows } = await (await fetch(`${explorer.baseUrl}/opco/akto.json`)).json();
		expect(seen).toEqual(rows.map(({ job }: { job: { code: string } }) => job.code));
		const lost = await fetch(`${explorer.baseUrl}/opco/akto?competences=toutes&apres=rien`, { redirect: "manual" });
		expect([lost.status, lost.headers.get("location")]).toEqual([302, "/opco/akto?competences=toutes"]);
	});

	it("answers unknown codes with 404 in each form", async () => {
		for (const path of ["/opco/personne.csv", "/opco/personne.json", "/ecart.csv", "/ecart.json?metier=Z9999"])
			expect([path, (await fetch(explorer.baseUrl + path)).status]).toEqual([path, 404]);
	});
});
