import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

interface Entry {
	version?: string;
	resolved?: string;
	optional?: boolean;
	optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, "../package-lock.json"), "utf8")) as {
	packages: Record<string, Entry>;
};

describe("the lock file", () => {
	it("knows the packages of every platform, so that `npm ci` takes it anywhere (`npm run lock` completes it)", () => {
		const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
			Object.keys(optionalDependencies).filter((name) => !Object.keys(packages).some((key) => key.endsWith(`node_modules/${name}`))),
		);
		expect(missing).toEqual([]);
	});

	it("names no registry", () => {
		expect(Object.values(packages).flatMap(({ resolved }) => resolved ?? [])).toEqual([]);
	});
});
