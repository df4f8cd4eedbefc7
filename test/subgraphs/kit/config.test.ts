import { describe, expect, it } from "vitest";
import { z } from "zod";
import { parseJson, parseSettings, readEnvironment } from "../../../subgraphs/kit/config.ts";
import { commandOptions } from "../../../subgraphs/kit/run.ts";

describe("settings", () => {
	it("have every mistake told at once, each with its name", () => {
		const schema = z.strictObject({ port: z.int(), name: z.string(), inner: z.strictObject({ url: z.url() }) });
		expect(() => parseSettings(schema, { port: "x", inner: { url: "nope", more: 1 }, typo: 1 }, "my.json")).toThrow(
			expect.objectContaining({
				message: expect.stringMatching(
					/^my\.json has 5 mistakes:\n.*port: .*\n.*name: .*\n.*inner\.url: .*\n.*inner: unknown key "more"\n.*unknown key "typo"/s,
				),
			}),
		);
	});

	it("in a file that is not JSON have the line and column of the mistake told", () => {
		expect(() => parseJson('{\n  "a": 1,\n  b: 2\n}', "my.json")).toThrow(/my\.json is not valid JSON, line 3, column 3/);
		expect(() => parseJson('{ "a": 1', "my.json")).toThrow(/line 1, column 9/);
	});

	it("of the environment have defaults, and name a wrong variable", () => {
		expect(readEnvironment({})).toEqual({
			port: 4000,
			host: "127.0.0.1",
			dataFolder: ".data",
			logLevel: "warn",
			publicUrl: undefined,
			databaseUrl: undefined,
			isProduction: false,
		});
		expect(readEnvironment({ PORT: "", HUB_DATA: "/x y" })).toMatchObject({ port: 4000, dataFolder: "/x y" });
		expect(() => readEnvironment({ PORT: "99999", DATABASE_URL: "mysql://x", HUB_LOG: "loud" })).toThrow(
			/3 mistakes:.*PORT.*DATABASE_URL|3 mistakes:.*PORT.*HUB_LOG/s,
		);
	});

	it("of a command are known, and have values", () => {
		const known = { endpoint: "an address", collective: "an id" };
		expect(commandOptions(["--endpoint", "a", "--collective", "b", "--collective", "c"], known)).toEqual(
			new Map([
				["endpoint", ["a"]],
				["collective", ["b", "c"]],
			]),
		);
		expect(() => commandOptions(["--nope", "a"], known)).toThrow(/Unknown option "--nope"[\s\S]*--endpoint/);
		expect(() => commandOptions(["--endpoint"], known)).toThrow(/--endpoint needs a value/);
	});
});
