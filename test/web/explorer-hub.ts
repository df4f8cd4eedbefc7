import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { ask } from "../kit/ask.ts";
import { findChromium } from "../kit/config.ts";
import { runProgram } from "../kit/program.ts";
import { until } from "../kit/until.ts";

export interface Explorer {
	/** Address of the pages, without a slash at the end. */
	baseUrl: string;
	browser: Browser;
	/** Where the hub keeps its data: tokens of the demonstration are signed with a key in it. */
	dataFolder: string;
	/** Opens a page in a browser of its own, with nothing remembered, and returns what the story told of it returns. */
	visit<Result>(path: string, reader: Reader, story: (page: Page) => Promise<Result>): Promise<Result>;
	stop(): Promise<void>;
}

interface Reader {
	/** Pixels of the window. */
	width?: number;
	/** Whether scripts run. */
	javaScriptEnabled?: boolean;
}

/** The whole hub as `npm start` runs it, with the demonstration's institutes, and a browser before it. */
export async function startExplorer(): Promise<Explorer> {
	const folder = mkdtempSync(path.join(tmpdir(), "hub explorer "));
	const dataFolder = path.join(folder, "data");
	const program = runProgram("web/serve.ts", [], { env: { PORT: "0", HUB_DATA: dataFolder } });
	const ready = await program.line(/^ready /, 220_000);
	const baseUrl = (ready.split(" ")[1] as string).replace(/\/$/, "");
	// A list that still grows could not be compared with itself.
	await until("the catalogue to have heard every member", () => isHarvested(baseUrl), 60_000);
	const browser = await openBrowser();
	return {
		baseUrl,
		browser,
		dataFolder,
		async visit(path, { width = 1280, javaScriptEnabled = true }, story) {
			const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } });
			try {
				const page = await context.newPage();
				await page.goto(baseUrl + path);
				return await story(page);
			} finally {
				await context.close();
			}
		},
		async stop() {
			await browser.close();
			await program.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

async function isHarvested(baseUrl: string): Promise<boolean> {
	const query =
		"{ members { slug } harvests { instituteSlug heardAt badgeClasses } badgeClassCount searchBadges(filter: { retired: true }, first: 1) { totalCount } }";
	const { data } = await ask(`${baseUrl}/graphql`, query);
	const heard = new Set(
		data.harvests.filter((one: { heardAt: string | null }) => one.heardAt).map((one: { instituteSlug: string }) => one.instituteSlug),
	);
	const every = data.members.every(({ slug }: { slug: string }) => heard.has(slug));
	return every && data.badgeClassCount === data.searchBadges.totalCount;
}

export const openBrowser = (): Promise<Browser> =>
	chromium.launch({
		executablePath: findChromium(),
		args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
	});
