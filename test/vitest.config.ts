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
		testTimeout: 60_000,
		hookTimeout: 120_000,
		// A busy machine takes much longer than what is usual: these end what would never end, and measure nothing.
		expect: { poll: { timeout: 30_000 } },
		projects: [
			{ extends: true, test: { name: "unit", include: ["test/**/*.test.ts"] } },
			{ extends: true, test: { name: "end-to-end", include: ["test/**/*.e2e.ts"], testTimeout: 240_000, hookTimeout: 240_000 } },
		],
	},
});
