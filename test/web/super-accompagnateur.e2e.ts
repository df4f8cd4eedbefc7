import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, IS_CI } from "../kit/config.ts";
import { type Explorer, startExplorer } from "./explorer-hub.ts";
import { runAxe } from "./page-checks.ts";

const withoutBrowser = findChromium() === undefined && !IS_CI;
const PATHWAY = "/parcours/emfor-bfc:super-accompagnateur";
const DECODER = "emfor-bfc:decodeur-de-l-environnement-efop";
const TUTOR = "ecole-itinerante:tutorer-un-apprenant-en-situation-de-travail";

describe.skipIf(withoutBrowser)("somebody on the way to « Super accompagnateur »", () => {
	let explorer: Explorer;
	beforeAll(async () => {
		explorer = await startExplorer();
	});
	afterAll(() => explorer?.stop());

	const held = (page: Page) => new URL(page.url()).searchParams.getAll("detenu");
	const textOf = async (page: Page, id: string) => {
		// biome-ignore lint/performance/useDomNodeTextContent: it keeps the words of neighbouring elements apart, as readers see them.
		const text = await page.locator(`section[aria-labelledby="${id}"]`).innerText();
		return text.replaceAll(/\s+/g, " ");
	};
	/** What a person on the keyboard is at, as it is announced and seen. */
	const focused = async (page: Page) => {
		const [tag, isSeen] = (await page.evaluate(FOCUSED)) as [string, boolean];
		return { name: `${tag} ${(await page.locator(":focus").ariaSnapshot()).replaceAll("\n", " ")}`, isSeen };
	};
	async function tabUntil(page: Page, found: (name: string) => boolean): Promise<string[]> {
		const names: string[] = [];
		for (let pressed = 0; pressed < 120; pressed++) {
			await page.keyboard.press("Tab");
			const { name, isSeen } = await focused(page);
			expect([name, isSeen]).toEqual([name, true]);
			names.push(name);
			if (found(name)) return names;
		}
		throw new Error(`never came to it:\n${names.join("\n")}`);
	}

	const readers = [true, false].flatMap((javaScriptEnabled) => [360, 1280].map((width) => ({ javaScriptEnabled, width })));

	it.each(readers)("learns by the keyboard alone what is missing, where to get it and the way (%o)", (reader) =>
		explorer.visit(PATHWAY, reader, async (page) => {
			expect(await page.locator('meta[name="robots"]').count()).toBe(0);
			const before = await tabUntil(page, (name) => name.includes("checkbox") && name.includes("Décodeur"));
			expect(before[0]).toContain("Aller au contenu");
			// In the order of the page: the way, then what is missing, then the drawing with its goal first, then the list.
			const places = ["Indiquer les badges", "Demander ce badge", "Super accompagnateur, EmFor", "checkbox"].map((text) =>
				before.findIndex((name) => name.includes(text)),
			);
			expect(places).not.toContain(-1);
			expect(places).toEqual(places.toSorted((a, b) => a - b));

			await page.keyboard.press("Space");
			await tabUntil(page, (name) => name.startsWith("BUTTON"));
			await page.keyboard.press("Enter");
			await page.waitForURL(/detenu=/);
			expect(held(page)).toEqual([DECODER]);
			expect(await page.locator('meta[name="robots"]').getAttribute("content")).toBe("noindex");

			expect(await textOf(page, "ou")).toMatch(/Vous avez fait 50\s% du parcours.*Rien n’est enregistré/);
			expect(await page.getByRole("progressbar").getAttribute("value")).toBe("50");
			const way = await textOf(page, "chemin");
			expect(way).toMatch(/Il vous reste 1 badge à obtenir.*Il n’y a pas de chemin plus court/);
			expect(way).toMatch(/À faire dès maintenant.*Où l’obtenir.*Super accompagnateur But/);
			expect(await textOf(page, "manque")).toMatch(
				/La singularité.*Où l’obtenir\s: EmFor Bourgogne-Franche-Comté.*Demander ce badge.*Tutorer un apprenant.*Où l’obtenir\s: École itinérante de la médiation \(Hérault/,
			);
			const list = await textOf(page, "liste");
			expect(list).toMatch(/Il en faut au moins 2 de ces 3 – pas encore réuni/);
			expect(list).toMatch(/Décodeur de l'environnement EFOP EmFor Bourgogne-Franche-Comté ✓ détenu/);

			// Drawn as well: what is held and the way told by words, a thick line to the goal, everything inside its width.
			const drawing = page.locator(".graph__scroll:visible");
			expect(await drawing.count()).toBe(1);
			expect(await drawing.getByRole("link", { name: /^Décodeur.*✓ détenu$/ }).count()).toBe(1);
			expect(await drawing.getByRole("link", { name: /étape 1 du chemin$/ }).count()).toBe(1);
			expect(await drawing.locator(".graph__edge--way").count()).toBe(1);
			const goal = await drawing.getByRole("link", { name: /^Super accompagnateur.*, but$/ }).boundingBox();
			expect([goal && goal.x >= 0, goal && goal.x + goal.width <= reader.width]).toEqual([true, true]);
			expect(await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).toBe(true);
			if (reader.javaScriptEnabled) expect(await runAxe(page)).toEqual([]);

			// « Je l’ai » on the second, by Enter: all is there, and it leads on.
			await tabUntil(page, (name) => name.startsWith("A ") && name.includes("Je l’ai Tutorer"));
			await page.keyboard.press("Enter");
			await page.waitForURL(/tutorer/);
			expect(held(page)).toEqual([DECODER, TUTOR]);
			expect(await textOf(page, "ou")).toMatch(/Vous avez tout ce qu’il faut\s: 100\s%/);
			expect(await page.locator('section[aria-labelledby="manque"]').count()).toBe(0);
			expect(await textOf(page, "debloque")).toContain("Super accompagnateur");
			if (reader.javaScriptEnabled) expect(await runAxe(page)).toEqual([]);
		}),
	);

	it("is heard as it is seen: headings, groups with their words, marks of each badge", () =>
		explorer.visit(`${PATHWAY}?detenu=${DECODER}`, { javaScriptEnabled: true, width: 360 }, async (page) => {
			await expect
				.poll(() => page.locator('section[aria-labelledby="ou"]').ariaSnapshot())
				.toMatch(
					/region "Où vous en êtes":[\s\S]*heading "Où vous en êtes" \[level=2\][\s\S]*progressbar "Vous avez fait 50\s% du parcours\."/,
				);
			const headings = await page.locator("main").getByRole("heading").allInnerTexts();
			expect(headings).toEqual([
				"Super accompagnateur",
				"Où vous en êtes",
				"Le plus court chemin",
				"Ce qui manque, et où l’obtenir",
				"Le parcours, dessiné",
				"Le même parcours, en liste",
				"Ce que vos badges débloquent",
			]);
			const drawing = await page.locator("figure.graph").ariaSnapshot();
			expect(drawing).toMatch(/list "Badges du parcours, dessinés":/);
			expect(drawing.match(/- listitem:\n\s+- '?link/g)).toHaveLength(4);
			expect(drawing).toContain('link "Super accompagnateur, EmFor Bourgogne-Franche-Comté, en demande 2 sur 3, but"');
			expect(drawing).toContain('link "La singularité : une richesse à explorer, EmFor Bourgogne-Franche-Comté, étape 1 du chemin"');
			const tree = await page.locator("ul.tree").ariaSnapshot();
			expect(tree).toMatch(
				/paragraph: "?Il en faut au moins 2 de ces 3 – pas encore réuni\s:"?\n\s+- list:\n\s+- listitem:\n\s+- paragraph:\n\s+- link "Décodeur de l'environnement EFOP"/,
			);
			expect(tree).toMatch(/checkbox "J’ai déjà ce badge Décodeur de l'environnement EFOP" \[checked\]/);
			expect(tree).toMatch(/checkbox "J’ai déjà ce badge Tutorer un apprenant en situation de travail"\n/);
			expect(tree).toMatch(/link "La singularité[\s\S]*text: à obtenir Sur le plus court chemin/);
		}));

	it("sets conditions, and is told when they leave no way", () =>
		explorer.visit(`${PATHWAY}?detenu=${DECODER}`, { javaScriptEnabled: false, width: 360 }, async (page) => {
			await page.getByRole("checkbox", { name: "Sans les badges de EmFor Bourgogne-Franche-Comté" }).check();
			await page.getByRole("button", { name: "Mettre à jour le parcours" }).click();
			await page.waitForURL(/sans=emfor-bfc/);
			expect(held(page)).toEqual([DECODER]);
			expect(await textOf(page, "chemin")).toMatch(/Aucun chemin ne mène à ce métabadge sous ces conditions/);
			expect(await page.getByRole("checkbox", { name: /^Sans les badges de EmFor/ }).isChecked()).toBe(true);
			await page.getByRole("link", { name: "Tout effacer" }).click();
			await page.waitForURL((url) => url.search === "");
		}));

	it("reads a rule of groups within groups in words, on the pathway and on the badge's page", async () => {
		const path = "soins-pyrenees:relais-bientraitance";
		await explorer.visit(
			`/parcours/${path}?detenu=relais-nievre:conduire-un-entretien-de-suivi-en-insertion&detenu=soins-pyrenees:respecter-le-secret-et-la-discretion`,
			{ javaScriptEnabled: true, width: 360 },
			async (page) => {
				const list = await textOf(page, "liste");
				expect(list).toMatch(/Il les faut tous \(3\), de 2 émetteurs différents au moins – pas encore réuni/);
				expect(list).toMatch(/L’un de ces 3 suffit – réuni/);
				expect(list).toMatch(/Mener un entretien d'accompagnement .* ✓ remplacé par Conduire un entretien de suivi/);
				expect(list).toMatch(/Respecter le secret et la discrétion Soins Pyrénées trop ancien/);
				expect(list).toMatch(/Tout badge aligné sur Avoir l'esprit d'équipe à obtenir Badges qui conviennent/);
				expect(await runAxe(page)).toEqual([]);

				await page.getByRole("checkbox", { name: /^… obtenu il y a 3 ans au plus Respecter/ }).check();
				await page.getByRole("button", { name: "Mettre à jour le parcours" }).click();
				await page.waitForURL(/recent=/);
				expect(await textOf(page, "liste")).toMatch(/Respecter le secret et la discrétion Soins Pyrénées ✓ détenu/);
			},
		);
		await explorer.visit(`/badges/${path}`, { javaScriptEnabled: true, width: 1280 }, async (page) => {
			expect(await textOf(page, "requis")).toMatch(
				/Il les faut tous \(3\), de 2 émetteurs différents au moins\s: .* obtenu il y a 3 ans au plus L’un de ces 3 suffit\s:/,
			);
			expect(await page.locator('section[aria-labelledby="requis"] input').count()).toBe(0);
		});
	});
});

/** The focused element's kind, and whether it is marked as such: by an outline, or by a thick line in a drawing. */
const FOCUSED = `(() => {
	const one = document.activeElement;
	const box = one.querySelector(".graph__box");
	const style = getComputedStyle(box ?? one);
	const isOutlined = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
	return [one.tagName.toUpperCase(), box ? Number.parseFloat(style.strokeWidth) >= 5 : isOutlined];
})()`;
