import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { freshSchemas } from "../kit/database.ts";
import { recognitionHub } from "./adapters/recognition-hub.ts";
import { CASES } from "./horizontal/all-cases.ts";
import { startAuditedRegion } from "./horizontal/audited-region.ts";
import type { RouterUnderTest } from "./horizontal/router-under-test.ts";
import { runCase } from "./horizontal/run-case.ts";

let region: Awaited<ReturnType<typeof startAuditedRegion>>;
let router: RouterUnderTest;

beforeAll(async () => {
	region = await startAuditedRegion();
	router = await recognitionHub((await freshSchemas(["network"])).get("network") as DatabaseAddress)(region);
});
afterAll(async () => {
	await router.stop();
	await region.stop();
});

describe.each([...CASES])("the horizontal audit of %s", (_, cases) => {
	it.each(cases.map((one) => [`${one.title} (${one.id})`, one] as const))("%s", async (_title, one) => {
		expect(await runCase(one, router, region.contract)).toBeUndefined();
	});
});

describe("the ids of the horizontal audit", () => {
	const ids = [...CASES.values()].flat().map(({ id }) => id);

	it("are four hexadecimal digits, each given once", () => {
		expect(ids.filter((id) => !/^[0-9a-f]{4}$/.test(id))).toEqual([]);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it("are those that were published: a case may be added, none may change its id or go", () => {
		expect([...ids].sort()).toEqual(JSON.parse(readFileSync(path.resolve(import.meta.dirname, "horizontal/ids.json"), "utf8")));
	});
});
