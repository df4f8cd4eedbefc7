import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signingKeyFile } from "../../subgraphs/demonstration/institutes.ts";
import { findChromium, IS_CI, programEnvironment } from "../kit/config.ts";
import { type Explorer, startExplorer } from "./explorer-hub.ts";
import { runAxe } from "./page-checks.ts";

const withoutBrowser = findChromium() === undefined && !IS_CI;
const run = promisify(execFile);
const ROOT = path.resolve(import.meta.dirname, "../..");

describe.skipIf(withoutBrowser)("an institute that recognises", () => {
	let explorer: Explorer;
	beforeAll(async () => {
		explorer = await startExplorer();
	});
	afterAll(() => explorer?.stop());

	const visit = (javaScriptEnabled: boolean, story: (page: Page) => Promise<void>) =>
		explorer.visit("/referent/reconnaitre", { width: 360, javaScriptEnabled }, story);
	const looked = async (page: Page, javaScriptEnabled: boolean) => {
		expect(await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")).toBe(true);
		if (javaScriptEnabled) expect(await runAxe(page)).toEqual([]);
	};

	/** Runs the command that the page shows, as a person would, with the institute's own keys. */
	async function sign(page: Page, slug: string): Promise<string> {
		const command = (await page.locator("#signer + p + pre").textContent()) ?? "";
		const keys = signingKeyFile(path.join(explorer.dataFolder, "keys"), slug);
		const { stdout } = await run("sh", ["-c", command.replace("cles.json", `'${keys}'`)], { cwd: ROOT, env: programEnvironment() });
		return stdout.trim();
	}
	const publish = async (page: Page, token: string) => {
		await page.getByLabel(/^Déclaration signée/).fill(token);
		await page.getByRole("button", { name: "Publier" }).click();
	};

	it.each([false, true])("prepares, signs with its own key and publishes, and ends it again (scripts: %s)", (scripts) =>
		visit(scripts, async (page) => {
			const subject = scripts ? "soins-pyrenees" : "logistique-lauragais";
			await looked(page, scripts);
			// What is missing is said at its field, and what was chosen stays.
			await page.getByLabel("Votre établissement").selectOption("emfor-bfc");
			await page.getByRole("button", { name: "Préparer la commande" }).click();
			expect(await page.getByLabel(/^Pourquoi/).getAttribute("aria-invalid")).toBe("true");
			expect(await page.getByLabel("Votre établissement").inputValue()).toBe("emfor-bfc");
			await looked(page, scripts);

			await page.getByLabel(/^Identifiant ou adresse de sa page/).fill(`${explorer.baseUrl}/etablissements/${subject}`);
			await page.getByLabel(/^Pourquoi/).fill("L'écoute observée, et l’usage d'un $outil");
			await page.getByRole("button", { name: "Préparer la commande" }).click();
			const token = await sign(page, "emfor-bfc");
			expect(token.split(".")).toHaveLength(3);

			await publish(page, `${token.slice(0, -4)}AAAA`);
			await page.getByText("La signature n’est pas celle de la clé.").waitFor();
			expect(await page.getByLabel(/^Déclaration signée/).inputValue()).toBe(`${token.slice(0, -4)}AAAA`);
			await looked(page, scripts);

			await publish(page, token);
			await page.waitForURL(/\/reseau\/declarations\//);
			await page.getByText("L'écoute observée, et l’usage d'un $outil").first().waitFor();
			const statement = page.url();

			await page.goto(`${explorer.baseUrl}/referent/reconnaitre`);
			await page.getByRole("radio", { name: "Mettre fin à une déclaration" }).check();
			await page.getByLabel("Votre établissement").selectOption("emfor-bfc");
			await page.getByLabel(/^Identifiant de la déclaration/).fill(statement);
			await page.getByLabel(/^Pourquoi/).fill("Essai terminé");
			await page.getByRole("button", { name: "Préparer la commande" }).click();
			await publish(page, await sign(page, "emfor-bfc"));
			await page.waitForURL((url) => url.href !== statement && url.pathname.startsWith("/reseau/declarations/"));
			await page.goto(statement);
			await page.getByText("Essai terminé").first().waitFor();
		}),
	);
});
