import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(path.join(tmpdir(), "graphql types "));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("types the pages' documents by the schema as it is: else run `gql.tada generate-output -c web/tsconfig.json`", async () => {
	const cli = path.join(path.dirname(createRequire(import.meta.url).resolve("gql.tada/package.json")), "bin/cli.js");
	const fresh = path.join(folder, "graphql-env.d.ts");
	await promisify(execFile)(process.execPath, [cli, "generate-output", "-c", "web/tsconfig.json", "-o", fresh], { cwd: root });
	expect(readFileSync(fresh, "utf8")).toBe(readFileSync(path.join(root, "web/app/graphql-env.d.ts"), "utf8"));
});
