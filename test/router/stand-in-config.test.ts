import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readRouterConfig } from "../../router/config.ts";

const folder = mkdtempSync(path.join(tmpdir(), "stand-in-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(settings: object) {
	const file = path.join(folder, "router.json");
	writeFileSync(file, JSON.stringify({ supergraph: "supergraph.graphql", ...settings }));
	return readRouterConfig(file);
}

describe("the subgraph that stands in for silent members", () => {
	const catalogue = "http://127.0.0.1:4002/graphql";

	it.each([
		["the catalogue, where there is one", { subgraphs: { catalogue } }, "http://127.0.0.1:4002/stand-in/alpha/graphql"],
		[
			"another that is named",
			{ subgraphs: { catalogue, archive: "https://archive.example/graphql" }, standIn: "archive" },
			"https://archive.example/stand-in/alpha/graphql",
		],
		["none, where there is no catalogue", { subgraphs: {} }, undefined],
		["none, where it is switched off", { subgraphs: { catalogue }, standIn: false }, undefined],
	])("is %s", (_, settings, address) => {
		expect(read(settings).standIn?.("alpha").href).toBe(address);
	});

	it("is refused when it is named and has no address", () => {
		expect(() => read({ subgraphs: { catalogue }, standIn: "katalog" })).toThrow(/standIn: no address is given for the subgraph "katalog"/);
	});
});
