import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { startEmbeddedPostgres } from "../../subgraphs/kit/postgres/embedded.ts";
import { findChromium, findSpreadsheet, IS_CI, IS_SPREADSHEET_NEEDED } from "./config.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** The superuser's address of the server that all tests share. */
		postgres: DatabaseAddress;
	}
}

const NEEDED = [
	{ found: findChromium, missing: "No Chromium at CHROMIUM_PATH or /usr/bin/chromium", tests: "the tests in a browser", isNeeded: IS_CI },
	{
		found: findSpreadsheet,
		missing: "No LibreOffice at SOFFICE_PATH or /usr/bin/soffice",
		tests: "the tests with a spreadsheet",
		isNeeded: IS_SPREADSHEET_NEEDED,
	},
];

/** One PostgreSQL server for the whole run; each test makes its own databases in it. */
export default async function startServer(project: TestProject): Promise<() => Promise<void>> {
	for (const { found, missing, tests, isNeeded } of NEEDED) {
		if (found() !== undefined) continue;
		if (isNeeded) throw new Error(`${missing}: in CI ${tests} must run.`);
		process.stdout.write(`\n${missing}: ${tests} are SKIPPED.\n`);
	}
	const folder = mkdtempSync(path.join(tmpdir(), "hub-test-"));
	// Where tests run as root, the server runs as another user.
	chmodSync(folder, 0o755);
	const server = await startEmbeddedPostgres({ folder, durable: false });
	project.provide("postgres", server.admin);
	return async () => {
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	};
}
