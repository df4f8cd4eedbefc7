import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readRouterConfig } from "../../router/config.ts";

const folder = mkdtempSync(path.join(tmpdir(), "front-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: unknown) => {
	const address = path.join(folder, name);
	writeFileSync(address, JSON.stringify(content));
	return address;
};
const settings = (front: unknown) => file("router.json", { supergraph: "supergraph.graphql", subgraphs: {}, front });

describe("the settings of the front", () => {
	it("are the shipped ones when none are given", () => {
		expect(readRouterConfig(file("router.json", { supergraph: "s.graphql", subgraphs: {} })).front).toEqual({});
	});

	it("hold the trusted documents themselves, read from beside the file, and origins as browsers write them", () => {
		file("documents.json", { count: "{ badgeClassCount }" });
		const { front } = readRouterConfig(
			settings({
				trustedDocuments: { file: "documents.json", enforce: true },
				origins: ["https://Badges.example.org/"],
				rateLimit: { perSecond: 5 },
				limits: { cost: 1000 },
			}),
		);
		expect(front).toEqual({
			trustedDocuments: { documents: { count: "{ badgeClassCount }" }, enforce: true },
			origins: ["https://badges.example.org"],
			rateLimit: { perSecond: 5 },
			limits: { cost: 1000 },
		});
	});

	it("are refused with every mistake named", () => {
		const read = () => readRouterConfig(settings({ rateLimit: "often", origins: ["nowhere"], limits: { cots: 1 }, proxies: -1 }));
		for (const place of ["front.rateLimit", "front.origins", "front.limits", "cots", "front.proxies"]) expect(read).toThrow(place);
	});

	it("are refused with a manifest that holds something else than texts", () => {
		file("documents.json", { count: 3 });
		expect(() => readRouterConfig(settings({ trustedDocuments: { file: "documents.json" } }))).toThrow(/documents\.json.*\n.*count/);
	});
});
