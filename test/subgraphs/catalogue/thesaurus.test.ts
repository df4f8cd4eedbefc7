import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCatalogue } from "../../../subgraphs/catalogue/server.ts";
import { startCompetences } from "../../../subgraphs/competences/server.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import type { RunningServer } from "../../../subgraphs/kit/serve.ts";
import { startNetwork } from "../../../subgraphs/network/server.ts";
import { ask } from "../../kit/ask.ts";
import { freshSchemas } from "../../kit/database.ts";
import { until } from "../../kit/until.ts";
import { log } from "../network/test-hub.ts";

const parts: RunningServer[] = [];
let catalogue: RunningServer;

beforeAll(async () => {
	const databases = await freshSchemas(["network", "competences", "catalogue"]);
	const of = (schema: string) => ({
		database: databases.get(schema) as DatabaseAddress,
		port: 0,
		host: "127.0.0.1",
		access: { publicReads: true },
		log,
	});
	const network = await startNetwork(of("network"));
	parts.push(network);
	const competences = await startCompetences({ ...of("competences"), directoryUrl: network.url });
	parts.push(competences);
	catalogue = await startCatalogue({ ...of("catalogue"), directoryUrl: network.url, competencesUrl: competences.url });
	parts.push(catalogue);
}, 60_000);

afterAll(async () => {
	for (const part of parts.reverse()) await part.stop();
});

const suggestions = async (text: string) =>
	(await ask(catalogue.url, "query ($text: String!) { suggestions(text: $text) { kind id label } }", { text })).data.suggestions as {
		kind: string;
		id: string;
		label: string;
	}[];

describe("the catalogue's thesaurus", () => {
	test("is the referential of the subgraph of competencies, and is suggested from while typing", async () => {
		await until("jobs to be suggested", async () => (await suggestions("espaces ve")).some(({ kind }) => kind === "JOB"));
		expect(await suggestions("espaces ve")).toContainEqual({ kind: "JOB", id: "A1203", label: expect.stringContaining("espaces verts") });
		expect((await suggestions("e")).length).toBe(0);
	});

	test("suggests nothing, and breaks nothing, for signs of any kind", async () => {
		for (const text of ["%", "\\", "'", ":*", "\u0000", "👻", "\u202e"]) expect(await suggestions(text)).toEqual([]);
		const { errors } = await ask(catalogue.url, "query ($text: String!) { suggestions(text: $text) { id } }", { text: "x".repeat(101) });
		expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "text" });
	});
});
