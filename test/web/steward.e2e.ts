import { request } from "node:http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { developmentToken } from "../../router/identity/development-issuer.ts";
import { ask } from "../kit/ask.ts";
import { findChromium, IS_CI } from "../kit/config.ts";
import { type Explorer, startExplorer } from "./explorer-hub.ts";
import { runAxe } from "./page-checks.ts";

const withoutBrowser = findChromium() === undefined && !IS_CI;
const TUTOR = "ecole-itinerante:tutorer-un-apprenant-en-situation-de-travail";
const DECODER = "emfor-bfc:decodeur-de-l-environnement-efop";

describe.skipIf(withoutBrowser)("a steward", () => {
	let explorer: Explorer;
	beforeAll(async () => {
		explorer = await startExplorer();
	});
	afterAll(() => explorer?.stop());

	const token = (scope: string) => developmentToken(explorer.dataFolder, { subject: "marie", scope, minutes: 10 });

	/** A browser of its own, at 360 px. With scripts axe can run; the pages have none, and are the same without. */
	const visit = (javaScriptEnabled: boolean, story: (page: Page) => Promise<void>) =>
		explorer.visit("/referent", { width: 360, javaScriptEnabled }, story);
	async function enter(page: Page, scope: string): Promise<void> {
		await page.getByLabel("Jeton d’accès").fill(await token(scope));
		await page.getByRole("button", { name: "Entrer avec ce jeton" }).click();
		await page.getByText("Vous êtes marie.").waitFor();
	}
	const looked = async (page: Page, javaScriptEnabled: boolean) => {
		expect(await page.locator('meta[name="robots"]').getAttribute("content")).toBe("noindex");
		expect(await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).toBe(true);
		if (javaScriptEnabled) expect(await runAxe(page)).toEqual([]);
	};
	const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: typeof name === "string" }).click();

	it.each([false, true])("draws a pathway, changes its order, and removes it (scripts: %s)", (scripts) =>
		visit(scripts, async (page) => {
			const name = `Vers l’accompagnement ${scripts ? "bis" : ""}`.trim();
			await enter(page, "pathways:draw");
			await looked(page, scripts);
			const [cookie] = await page.context().cookies();
			expect(cookie).toMatchObject({ name: "referent", httpOnly: true, sameSite: "Strict", expires: -1, secure: false });

			await page.getByRole("link", { name: "Proposer un parcours" }).click();
			await page.getByLabel("Nom du parcours").fill(name);
			await page.getByLabel("À qui il s’adresse, où il mène").fill("Pour qui débute.\n\nDeux temps.");
			// By the address of the badge's page, and by a search.
			await page.locator("#e0-valeur").fill(`${explorer.baseUrl}/badges/${DECODER}`);
			await page.locator("#e0-note").fill("Commencez ici.");
			await page.getByLabel("Chercher un badge à ajouter").fill("singularité");
			await press(page, "Chercher ce badge");
			await press(page, /^Ajouter La singularité/);
			expect(await page.getByLabel("Nom du parcours").inputValue()).toBe(name);
			expect(await page.locator("#e0-valeur").inputValue()).toBe(DECODER);
			expect(await page.locator(".draft legend").allTextContents()).toEqual([
				"Étape 1 : Décodeur de l'environnement EFOP",
				"Étape 2",
				"Étape 3 : La singularité : une richesse à explorer",
			]);
			await looked(page, scripts);

			// Wrong: said what and where, with nothing lost.
			await page.locator("#e1-valeur").fill("emfor-bfc:rien");
			await press(page, "Enregistrer le parcours");
			expect(await page.getByRole("alert").textContent()).toMatch(/Rien n’a été enregistré\. Aucun membre ne connaît ce badge/);
			expect(await page.getByRole("link", { name: "Aller au champ concerné" }).getAttribute("href")).toBe("#e1-valeur");
			expect(await page.locator("#e1-valeur").getAttribute("aria-invalid")).toBe("true");
			expect([await page.locator("#e0-note").inputValue(), await page.locator("#e1-valeur").inputValue()]).toEqual([
				"Commencez ici.",
				"emfor-bfc:rien",
			]);
			await looked(page, scripts);

			await press(page, /^Ôter Étape 2$/);
			await press(page, /^Monter Étape 2$/);
			await page.getByRole("checkbox", { name: "Étape facultative" }).nth(1).check();
			await press(page, "Enregistrer le parcours");
			await page.getByText("Le parcours est enregistré.").waitFor();

			// Everybody sees it at once, in its order, and how far they are on it.
			await page.goto(`${explorer.baseUrl}/parcours`);
			expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual([
				"Parcours vers un métabadge",
				"Parcours proposés par un référent",
			]);
			await page.getByRole("link", { name, exact: true }).click();
			const shown = page.url();
			expect(await page.locator(".drawn > li .tree__node > p:first-child > a").allTextContents()).toEqual([
				"La singularité : une richesse à explorer",
				"Décodeur de l'environnement EFOP",
			]);
			expect(await page.locator(".eyebrow").textContent()).toBe("Parcours proposé par un référent");
			expect(await page.getByRole("status").textContent()).toMatch(/^Prochaine étape\s: La singularité/);
			await page.getByRole("checkbox", { name: /^J’ai déjà ce badge La singularité/ }).check();
			await press(page, "Mettre à jour le parcours");
			await page.waitForURL(/detenu=/);
			expect(await page.getByRole("status").textContent()).toBe("Vous avez toutes les étapes nécessaires.");
			expect(await page.getByRole("progressbar").getAttribute("value")).toBe("100");
			await looked(page, scripts);

			await page.goto(`${explorer.baseUrl}/referent`);
			await page.getByRole("link", { name: `Modifier ${name}` }).click();
			expect(await page.getByLabel("À qui il s’adresse, où il mène").inputValue()).toBe("Pour qui débute.\n\nDeux temps.");
			expect(await page.locator("#historique ~ ul").textContent()).toMatch(/^Proposé par marie, le /);
			await press(page, "Retirer ce parcours");
			expect(await page.getByRole("alert").textContent()).toContain("cochez la case");
			await page.getByRole("checkbox", { name: "Oui, je veux retirer ce parcours" }).check();
			await press(page, "Retirer ce parcours");
			await page.getByText("Le parcours est retiré.").waitFor();
			expect((await page.goto(shown))?.status()).toBe(404);

			await page.goto(`${explorer.baseUrl}/referent`);
			await press(page, "Quitter l’espace");
			await page.getByLabel("Jeton d’accès").waitFor();
			expect(await page.context().cookies()).toEqual([]);
		}),
	);

	it.each([360, 1280])("has their pathway drawn, each box a link, and the same in a list and in other forms (%i px)", async (width) => {
		const { job } = await (await fetch(`${explorer.baseUrl}/metiers/K1801.json`)).json();
		const { competency } = job.competencies.find(
			(one: { competency: { badgeClasses: unknown[] } }) => one.competency.badgeClasses.length > 0,
		);
		const [aligned] = competency.badgeClasses;
		const steps = [
			{ badgeClassId: DECODER, note: "Commencez ici." },
			{ badgeClassId: TUTOR, optional: true },
			{ competency: competency.code },
			{ badgeClassId: "emfor-bfc:super-accompagnateur", note: '=HYPERLINK("x")' },
		];
		const saved = await ask(
			`${explorer.baseUrl}/graphql`,
			"mutation ($pathway: DrawnPathwayInput!) { saveDrawnPathway(pathway: $pathway) { ... on DrawnPathway { id } } }",
			{ pathway: { name: `Parcours dessiné ${width}`, steps } },
			{ authorization: `Bearer ${await token("pathways:draw")}` },
		);
		const path = `/parcours/trace/${saved.data.saveDrawnPathway.id}`;
		await explorer.visit(`${path}?detenu=${DECODER}&detenu=${aligned.id}`, { width }, async (page) => {
			const drawing = page.locator(".graph__scroll:visible");
			expect(await drawing.count()).toBe(1);
			const links = await drawing.getByRole("link").all();
			const names = await Promise.all(links.map((link) => link.getAttribute("aria-label")));
			// In the steward's order; what counts for a step stands with it.
			expect(names).toEqual([
				expect.stringMatching(/^Décodeur.*, EmFor.*, étape\s1, ✓ détenu$/),
				expect.stringMatching(/^Tutorer.*, École itinérante.*, étape\s2, facultative$/),
				expect.stringMatching(new RegExp(`^${competency.label}, compétence.*, étape\\s3, ✓ couverte$`)),
				expect.stringMatching(new RegExp(`^${aligned.name}, .*, ✓ détenu$`)),
				expect.stringMatching(/^Super accompagnateur, EmFor.*, étape\s4, prochaine étape$/),
			]);
			expect([
				await drawing.locator(".graph__box--held").count(),
				await drawing.locator(".graph__box--optional").count(),
				await drawing.locator(".graph__edge--optional").count(),
				await drawing.locator(".graph__edge--partial").count(),
				await drawing.locator("path.graph__edge").count(),
			]).toEqual([3, 1, 2, 1, 5]);
			// Two issuers and more, each with its name and its pattern in the legend.
			expect(await page.locator(".legend").textContent()).toMatch(/EmFor.*École itinérante.*étape facultative.*compte aussi/s);
			expect(await page.locator(".drawn > li").count()).toBe(steps.length);
			expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual([
				"Où vous en êtes",
				"Le parcours, dessiné",
				"Les étapes",
			]);
			await looked(page, true);
			await drawing.getByRole("link", { name: competency.label }).focus();
			await page.keyboard.press("Enter");
			await page.waitForURL(`**/competences/${competency.code}`);
		});

		const csv = await fetch(`${explorer.baseUrl}${path}.csv?detenu=${DECODER}`);
		expect(csv.headers.get("x-robots-tag")).toBe("noindex");
		const rows = (await csv.text()).trimEnd().split("\r\n");
		expect(rows).toHaveLength(1 + steps.length);
		expect(rows[1]).toMatch(/^1;non;badge;Décodeur.*;Commencez ici\.;détenu;oui;/);
		expect(rows[2]).toMatch(/^2;oui;badge;Tutorer/);
		expect(rows[4]).toContain(`"'=HYPERLINK(""x"")"`);
		expect((await fetch(`${explorer.baseUrl}${path}.csv`)).headers.get("x-robots-tag")).toBeNull();
		const json = await (await fetch(`${explorer.baseUrl}${path}.json?detenu=${DECODER}`)).json();
		expect(json.drawnProgress).toMatchObject({ met: false, steps: [{ met: true }, { met: false }, { kind: "COMPETENCY" }, {}] });
		const linked = await (await fetch(`${explorer.baseUrl}/en${path}.jsonld?detenu=${DECODER}`)).json();
		expect(linked).toMatchObject({
			"@type": "ItemList",
			// What somebody holds has no place in what is said of the pathway.
			"@id": `${explorer.baseUrl}/en${path}`,
			itemListElement: [
				{ position: 1, item: { "@type": "EducationalOccupationalCredential" }, description: "Commencez ici." },
				{ position: 2, description: "optional" },
				{ position: 3, item: { "@type": "DefinedTerm", termCode: competency.code } },
				{ position: 4 },
			],
		});
		for (const ending of ["csv", "json", "jsonld"])
			expect((await fetch(`${explorer.baseUrl}/parcours/trace/rien.${ending}`)).status).toBe(404);
	});

	it("is told of a token that is none, that lacks the scope, and of a session that there is not", () =>
		visit(true, async (page) => {
			await looked(page, true);
			for (const [text, said] of [
				["n’importe quoi", /n’est pas un jeton/],
				["a.b.c", /jeton est refusé/],
			] as const) {
				await page.getByLabel("Jeton d’accès").fill(text);
				await press(page, "Entrer avec ce jeton");
				await expect.poll(() => page.getByRole("alert").textContent()).toMatch(said);
				expect(await page.context().cookies()).toEqual([]);
			}
			await looked(page, true);
			// Whoever writes when their session has ended gets it all back.
			await page.goto(`${explorer.baseUrl}/referent/parcours/nouveau`);
			expect(await page.getByRole("alert").textContent()).toMatch(/^Vous n’êtes pas, ou plus, dans l’espace/);
			await page.getByLabel("Nom du parcours").fill("Sans session");
			await page.locator("#e0-valeur").fill(DECODER);
			await press(page, "Enregistrer le parcours");
			await expect.poll(() => page.getByRole("alert").last().textContent()).toMatch(/^Rien n’a été enregistré\. Votre session est finie/);
			expect(await page.getByLabel("Nom du parcours").inputValue()).toBe("Sans session");

			await page.goto(`${explorer.baseUrl}/referent`);
			await enter(page, "badges:write");
			expect(await page.getByRole("alert").textContent()).toMatch(/il lui manque la portée pathways:draw/);
			expect(await page.getByRole("link", { name: "Proposer un parcours" }).count()).toBe(0);
			// The router refuses whatever the page leaves out.
			await page.goto(`${explorer.baseUrl}/referent/parcours/nouveau`);
			await page.getByLabel("Nom du parcours").fill("Sans droit");
			await page.locator("#e0-valeur").fill(DECODER);
			await press(page, "Enregistrer le parcours");
			await expect.poll(() => page.getByRole("alert").last().textContent()).toMatch(/il lui manque la portée pathways:draw/);
			expect(await page.getByLabel("Nom du parcours").inputValue()).toBe("Sans droit");
			await looked(page, true);
		}));

	it("is not made to send a form by another site, nor to send anything elsewhere", async () => {
		const cookie = `referent=${await token("pathways:draw")}`;
		const send = (path: string, headers: Record<string, string>, method = "POST") =>
			new Promise<number>((resolve, reject) => {
				const body = "nom=Pirate&etapes=1&e0-valeur=x&intention=enregistrer";
				const type = { "content-type": "application/x-www-form-urlencoded", "content-length": String(body.length) };
				const sent = request(`${explorer.baseUrl}${path}`, { method, headers: { ...type, cookie, ...headers } }, (answer) => {
					answer.resume();
					resolve(answer.statusCode ?? 0);
				});
				sent.on("error", reject).end(body);
			});
		const editor = "/referent/parcours/nouveau";
		expect(await send(editor, { origin: "https://ailleurs.example" })).toBeGreaterThanOrEqual(400);
		expect(await send(editor, {})).toBe(403);
		expect(await send(editor, { origin: explorer.baseUrl })).toBe(422);
		expect(await send(editor, { origin: explorer.baseUrl, "content-type": "text/plain" })).toBe(415);
		expect(await send(editor, { origin: explorer.baseUrl, "content-length": "300000" })).toBe(413);
		expect(await send("/parcours", { origin: explorer.baseUrl })).toBe(405);
		expect(await send("/referents", { origin: explorer.baseUrl })).toBe(405);
		expect(await send(editor, { origin: explorer.baseUrl }, "PUT")).toBe(405);
	});
});
