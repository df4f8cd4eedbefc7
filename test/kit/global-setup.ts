import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { startEmbeddedPostgres } from "../../subgraphs/kit/postgres/embedded.ts";
import { findChromium, IS_CI } from "./config.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** The superuser's address of the server that all tests share. */
		postgres: DatabaseAddress;
	}
}

/** One PostgreSQL server for the whole run; each test makes its own databases in it. */
export default async function startServer(project: TestProject): Promise<() => Promise<void>> {
	if (findChromium() === undefined) {
		const missing = "No Chromium at CHROMIUM_PATH or /usr/bin/chromium";
		if (IS_CI) throw new Error(`${missing}: in CI the tests in a browser must run.`);
		process.stdout.write(`\n${missing}: the tests in a browser are SKIPPED.\n`);
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
