import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page, Response } from "playwright-core";

/** A page to check: where, and what it is meant to answer. */
export interface PagePath {
	path: string;
	status: number;
	/** Whether the page's HTML may hold scripts: those that are mere documents must not. */
	scripts: boolean;
}

const document = (path: string, status = 200): PagePath => ({ path, status, scripts: false });
const application = (path: string): PagePath => ({ path, status: 200, scripts: true });

/** The pages that exist whatever the data. */
export const FIXED_PAGES: readonly PagePath[] = ["", "/en"].flatMap((prefix) => [
	document(prefix || "/"),
	application(`${prefix}/badges`),
	application(`${prefix}/badges?q=emploi&demandable=1`),
	application(`${prefix}/badges?q=zzzzqqqq`),
	document(`${prefix}/etablissements`),
	document(`${prefix}/reseau`),
	document(`${prefix}/reseau?collectif=bravo-bfc`),
	document(`${prefix}/reseau?centre=instep-occitanie&rayon=2&portee=badge`),
	document(`${prefix}/reseau?de=bravo-bfc&vers=badgeons-occitanie`),
	document(`${prefix}/reseau?q=zzzz`),
	document(`${prefix}/reseau/formats`),
	document(`${prefix}/reseau/chemin`),
	document(`${prefix}/reseau/chemin?de=accueil-littoral&a=emfor-bfc`),
	document(`${prefix}/reseau/chemin?de=personne&a=emfor-bfc`),
	document(`${prefix}/etablissements/instep-occitanie/suspension`),
	document(`${prefix}/parcours`),
	document(`${prefix}/parcours/trace/rien`, 404),
	document(`${prefix}/referent`),
	document(`${prefix}/metiers`),
	document(`${prefix}/metiers?q=insertion`),
	document(`${prefix}/opco`),
	document(`${prefix}/ecart`),
	document(`${prefix}/comparer`),
	document(`${prefix}/comparer?badge=personne%3Arien&badge=mal+forme`),
	document(`${prefix}/accessibilite`),
	document(`${prefix}/nulle-part`, 404),
	document(`${prefix}/badges/personne:rien`, 404),
	document(`${prefix}/opco/personne`, 404),
	document(`${prefix}/reseau?centre=personne`, 404),
	document(`${prefix}/reseau?collectif=personne`, 404),
	document(`${prefix}/reseau/declarations/${"A".repeat(43)}`, 404),
	document(`${prefix}/ecart?metier=Z9999`, 404),
]);

const FIRST_LINKS = [
	{ from: "/badges", to: /^\/badges\/[^/?]+$/ },
	{ from: "/etablissements", to: /^\/etablissements\/[^/?]+$/ },
	{ from: "/reseau", to: /^\/reseau\?centre=/ },
	{ from: "/parcours", to: /^\/parcours\/[^/?]+$/ },
	{ from: "/parcours", to: /^\/parcours\/trace\/[^/?]+$/ },
	{ from: "/metiers", to: /^\/metiers\/[^/?]+$/ },
	{ from: "/opco", to: /^\/opco\/[^/?]+$/ },
] as const;

/** The pages of one badge, institute, pathway, job, competency, OPCO, gap and comparison, found by following the lists as a reader would. */
export async function findDataPages(baseUrl: string): Promise<PagePath[]> {
	const found: PagePath[] = [];
	for (const { from, to } of FIRST_LINKS) {
		const path = linksOf(await textOf(baseUrl + from)).find((link) => to.test(link));
		if (path) found.push(document(path));
	}
	const statement = linksOf(await textOf(`${baseUrl}/reseau`)).find((link) => link.startsWith("/reseau/declarations/"));
	if (statement) found.push(document(statement));
	const [metabadge] = found.filter(({ path }) => path.startsWith("/parcours/"));
	if (metabadge) found.push(document(metabadge.path.replace("/parcours/", "/badges/")));
	const [job] = found.filter(({ path }) => path.startsWith("/metiers/"));
	const competency = job && linksOf(await textOf(baseUrl + job.path)).find((link) => link.startsWith("/competences/"));
	if (competency) found.push(document(competency));
	const [opco] = found.filter(({ path }) => path.startsWith("/opco/"));
	if (opco) found.push(document(`${opco.path}?competences=toutes`));
	const gap = opco && linksOf(await textOf(baseUrl + opco.path)).find((link) => link.startsWith("/ecart?metier="));
	if (gap) found.push(document(gap));
	const [one, other, third] = linksOf(await textOf(`${baseUrl}/badges?metabadge=1`)).filter((link) => /^\/badges\/[^/?]+$/.test(link));
	if (one && other && third)
		found.push(document(`/comparer?${new URLSearchParams([one, other, third].map((path) => ["badge", path.slice(8)]))}`));
	return found;
}

export interface CheckOptions {
	width: number;
	javascript: boolean;
}

/** Loads a page as a reader does and returns what is wrong with it, one sentence each; empty when nothing is. */
export async function checkPage(browser: Browser, baseUrl: string, expected: PagePath, options: CheckOptions): Promise<string[]> {
	const { width, javascript } = options;
	const context = await browser.newContext({ viewport: { width, height: 900 } });
	const problems: string[] = [];
	try {
		const page = await context.newPage();
		if (!javascript) await withoutScripts(page, baseUrl + expected.path);
		page.on("pageerror", (error) => problems.push(`script error: ${error.message}`));
		page.on("console", (message) => {
			// The browser's own line about the status of the document itself is what is asked for.
			const own = message.text().includes("the server responded with a status of") && message.location().url === baseUrl + expected.path;
			if (message.type() === "error" && !own) problems.push(`console: ${message.text()}`);
		});
		page.on("response", (response) => {
			if (response.status() >= 400 && response.request().resourceType() !== "document") {
				problems.push(`${response.url()} answered ${response.status()}`);
			}
		});
		const response = await page.goto(baseUrl + expected.path, { waitUntil: expected.scripts ? "networkidle" : "load" });
		problems.push(...(await checkAnswer(response, javascript ? expected : { ...expected, scripts: false })));
		problems.push(...((await page.evaluate(IN_PAGE_CHECKS)) as string[]));
		problems.push(...(await runAxe(page)));
	} finally {
		await context.close();
	}
	return problems.map((problem) => `${expected.path} at ${width} px${javascript ? "" : " without JavaScript"}: ${problem}`);
}

/**
 * Takes the scripts out of the page's HTML on its way. With scripting off in the browser the page would look the same,
 * but neither axe nor anything else that waits could run in it.
 */
async function withoutScripts(page: Page, url: string): Promise<void> {
	await page.route(url, async (route) => {
		const response = await route.fetch();
		const body = (await response.text()).replace(/<script(?![^>]*application\/ld\+json)[\s\S]*?<\/script>/g, "");
		await route.fulfill({ response, body });
	});
}

async function checkAnswer(response: Response | null, { status, scripts }: PagePath): Promise<string[]> {
	if (!response) return ["no answer"];
	const problems: string[] = [];
	if (response.status() !== status) problems.push(`status ${response.status()} instead of ${status}`);
	const headers = response.headers();
	if (!headers["content-security-policy"]?.includes("frame-ancestors 'none'")) problems.push("no content security policy");
	if (headers["x-content-type-options"] !== "nosniff") problems.push("no nosniff header");
	const html = await response.text();
	const executed = html.match(/<script(?![^>]*application\/ld\+json)/g) ?? [];
	if (!scripts && executed.length > 0) problems.push(`${executed.length} scripts on a page that is a document`);
	if (scripts && executed.length === 0) problems.push("no script on a page that has behaviour");
	return problems;
}

/** A string, and not a function: the tests' types know no DOM. Scrolls through the page so that lazy images load. */
const IN_PAGE_CHECKS = `(async () => {
  const problems = [];
  const images = [...document.images];
  for (const image of images) image.loading = "eager";
  await Promise.all(images.map((image) => image.decode().catch(() => problems.push("broken image " + image.currentSrc))));
  const titles = document.querySelectorAll("h1");
  if (titles.length !== 1) problems.push(titles.length + " h1");
  if (!document.title) problems.push("no title");
  if (!document.documentElement.lang) problems.push("no language");
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) problems.push("the page scrolls sideways: " + scrollWidth + " px in " + clientWidth);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
  if (twice.length > 0) problems.push("ids used twice: " + twice.join(", "));
  return problems;
})()`;

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const require = createRequire(import.meta.url);
let axeSource: string | undefined;

interface AxeResults {
	violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
}

/** Runs axe in the page and returns its violations as text. `evaluate` passes over the page's own content policy. */
export async function runAxe(page: Page): Promise<string[]> {
	axeSource ??= readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
	await page.evaluate(`${axeSource};0`);
	const options = JSON.stringify({ runOnly: { type: "tag", values: AXE_TAGS }, resultTypes: ["violations"] });
	const results = (await page.evaluate(`axe.run(document, ${options})`)) as AxeResults;
	return results.violations.map(({ id, help, nodes }) => {
		const places = nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(" ")} (${failureSummary?.split("\n")[1]?.trim()})`);
		return `axe ${id}: ${help}; ${nodes.length} places, among them ${places.join("; ")}`;
	});
}

const textOf = async (url: string): Promise<string> => (await fetch(url)).text();

const linksOf = (html: string): string[] => [...html.matchAll(/href="([^"]+)"/g)].map(([, href = ""]) => href.replaceAll("&amp;", "&"));
