import path from "node:path";
import { defineConfig } from "vitest/config";

const root = path.resolve(import.meta.dirname, "..");

export default defineConfig({
	root,
	// Without it `graphql` is loaded twice (index.mjs by us, index.js by its dependants), and refuses its own objects.
	resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
	test: {
		setupFiles: ["reflect-metadata"],
		globalSetup: ["test/kit/global-setup.ts"],
		pool: "forks",
		maxWorkers: 2,
		testTimeout: 20_000,
		hookTimeout: 60_000,
		// A page on a busy machine takes longer than the second that is usual.
		expect: { poll: { timeout: 15_000 } },
		projects: [
			{ extends: true, test: { name: "unit", include: ["test/**/*.test.ts"] } },
			{ extends: true, test: { name: "end-to-end", include: ["test/**/*.e2e.ts"], testTimeout: 120_000, hookTimeout: 120_000 } },
		],
	},
});
