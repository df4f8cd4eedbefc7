import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { freshSchemas } from "../kit/database.ts";
import { fuzzRouter } from "./fuzz-check.ts";
import { type FuzzRegion, startFuzzRegion } from "./fuzz-region.ts";

const RUNS = 200;

let region: FuzzRegion;

beforeAll(async () => {
	region = await startFuzzRegion((await freshSchemas(["network"])).get("network") as DatabaseAddress);
});
afterAll(() => region.stop());

describe("any valid query", () => {
	it("has the answer that one server with every row would give", async () => {
		const report = await fuzzRouter(region, { runs: RUNS, seed: 20_261_121 });
		expect(report.runs).toBe(RUNS);
		// The queries are worth comparing.
		expect(report.objects).toBeGreaterThan(5 * RUNS);
		expect(Math.min(...Object.values(report.used))).toBeGreaterThan(RUNS / 20);
	}, 60_000);
});
