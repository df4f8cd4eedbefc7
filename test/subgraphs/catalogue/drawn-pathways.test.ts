import { createPrivateKey } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { exportJWK } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCatalogueDatabase } from "../../../subgraphs/catalogue/database.ts";
import { seedDrawn } from "../../../subgraphs/catalogue/pathways/drawn/seed-drawn.ts";
import { startCatalogue } from "../../../subgraphs/catalogue/server.ts";
import { digestOfBody, ROUTER_TOKEN_HEADER } from "../../../subgraphs/kit/router-token/format.ts";
import { routerSigner } from "../../../subgraphs/kit/router-token/signer.ts";
import type { RunningServer } from "../../../subgraphs/kit/serve.ts";
import { makeKey, startJwks } from "../../kit/jwks-server.ts";
import { type Answer, log } from "../network/test-hub.ts";
import { startTestRegion, type TestRegion } from "./test-region.ts";

const DECODER = "emfor-bfc:decodeur-de-l-environnement-efop";
const SINGULARITY = "emfor-bfc:la-singularite-une-richesse-a-explorer";
const TALENTS = "emfor-bfc:super-accompagnateur";
const PATHWAY = "id name version steps { place badgeClassId competency optional note name } history { steward issuer action version }";
const FIELDS = `__typename ... on DrawnPathway { ${PATHWAY} } ... on DrawnPathwayRefused { code field message }`;

let region: TestRegion;
let catalogue: RunningServer;
let stopKeys: () => Promise<void>;
let signer: ReturnType<typeof routerSigner>;

beforeAll(async () => {
	region = await startTestRegion(["emfor-bfc"]);
	const key = await makeKey("one");
	const jwks = await startJwks(key);
	stopKeys = () => jwks.stop();
	signer = routerSigner({
		issuer: "router",
		key: createPrivateKey({ key: (await exportJWK(key.privateKey)) as never, format: "jwk" }),
		kid: "one",
	});
	// A second catalogue over the same rows, which knows a router.
	catalogue = await startCatalogue({
		database: region.hub.catalogue,
		directoryUrl: "http://127.0.0.1:9/graphql",
		port: 0,
		host: "127.0.0.1",
		access: { publicReads: true, router: { keys: { url: jwks.url } } },
		log,
	});
}, 60_000);
afterAll(async () => {
	await catalogue.stop();
	await stopKeys();
	await region.stop();
});

async function ask(query: string, variables: object, scopes: string[] | null = ["pathways:draw"]): Promise<Answer> {
	const body = JSON.stringify({ query, variables });
	const who = scopes === null ? undefined : { issuer: "https://login.example", subject: "marie", scopes: new Set(scopes) };
	const headers = { "content-type": "application/json", [ROUTER_TOKEN_HEADER]: signer.sign("catalogue", digestOfBody(body), who) };
	return (await (await fetch(catalogue.url, { method: "POST", headers, body })).json()) as Answer;
}
const save = async (pathway: object, scopes?: string[] | null) =>
	ask(`mutation ($pathway: DrawnPathwayInput!) { saveDrawnPathway(pathway: $pathway) { ${FIELDS} } }`, { pathway }, scopes);
const saved = async (pathway: object) => (await save(pathway)).data.saveDrawnPathway;
const read = async (id: string) =>
	(await ask(`query ($id: ID!) { drawnPathway(id: $id) { __typename ${PATHWAY} } }`, { id })).data.drawnPathway;
const step = (badgeClassId: string, more: object = {}) => ({ badgeClassId, ...more });

describe("a pathway that a steward draws", () => {
	it("is kept although it has characters that the database does not hold", async () => {
		const drawn = await saved({ name: "Nul \u0000 et demi \ud800", steps: [step(DECODER, { note: "Moitié \udc00" })] });
		expect(drawn).toMatchObject({ __typename: "DrawnPathway", name: "Nul   et demi \ufffd", steps: [{ note: "Moitié \ufffd" }] });
		expect(await read(drawn.id)).toEqual(drawn);
	});

	it("is kept with its steps in their order, and who did what to it", async () => {
		const drawn = await saved({
			name: " Débuter dans l'accompagnement ",
			description: "Trois temps.",
			steps: [step(SINGULARITY, { note: "Par là." }), { competency: "K2111", optional: true }, step(DECODER)],
		});
		expect(drawn).toMatchObject({
			__typename: "DrawnPathway",
			name: "Débuter dans l'accompagnement",
			version: 1,
			steps: [
				{ place: 0, badgeClassId: SINGULARITY, note: "Par là.", name: "La singularité : une richesse à explorer", optional: false },
				{ place: 1, badgeClassId: null, competency: "K2111", name: "K2111", optional: true },
				{ place: 2, badgeClassId: DECODER },
			],
			history: [{ steward: "marie", issuer: "https://login.example", action: "DRAWN", version: 1 }],
		});
		const { data } = await ask("{ drawnPathways { id name } }", {}, null);
		expect(data.drawnPathways).toContainEqual({ id: drawn.id, name: drawn.name });

		const changed = await saved({ id: drawn.id, version: 1, name: drawn.name, steps: [step(DECODER), step(SINGULARITY)] });
		expect(changed).toMatchObject({ id: drawn.id, version: 2 });
		expect(changed.steps.map(({ badgeClassId }: { badgeClassId: string }) => badgeClassId)).toEqual([DECODER, SINGULARITY]);
		expect(await saved({ id: drawn.id, version: 1, name: "Autre", steps: [step(DECODER)] })).toMatchObject({
			code: "OUTDATED",
			field: null,
		});
		expect(await read(drawn.id)).toEqual(changed);

		const remove = `mutation ($id: ID!, $version: Int!) { removeDrawnPathway(id: $id, version: $version) { ${FIELDS} } }`;
		expect((await ask(remove, { id: drawn.id, version: 1 })).data.removeDrawnPathway).toMatchObject({ code: "OUTDATED" });
		const { history } = (await ask(remove, { id: drawn.id, version: 2 })).data.removeDrawnPathway;
		expect(history.map(({ action }: { action: string }) => action)).toEqual(["REMOVED", "CHANGED", "DRAWN"]);
		expect(await read(drawn.id)).toBeNull();
		expect((await ask(remove, { id: drawn.id, version: 3 })).data.removeDrawnPathway).toMatchObject({ code: "UNKNOWN_PATHWAY" });
		// Its name is free again.
		expect(await saved({ name: drawn.name, steps: [step(DECODER)] })).toMatchObject({ version: 1 });
	});

	it.each([
		["no name", { name: "  ", steps: [step(DECODER)] }, "NAME_EMPTY", "name"],
		["a name that is too long", { name: "n".repeat(121), steps: [step(DECODER)] }, "TEXT_TOO_LONG", "name"],
		["a note that is too long", { name: "a", steps: [step(DECODER, { note: "n".repeat(501) })] }, "TEXT_TOO_LONG", "steps.0.note"],
		["no step", { name: "a", steps: [] }, "NO_STEP", "steps"],
		["too many steps", { name: "a", steps: Array.from({ length: 51 }, () => step(DECODER)) }, "TOO_MANY_STEPS", "steps"],
		["optional steps alone", { name: "a", steps: [step(DECODER, { optional: true })] }, "ALL_OPTIONAL", "steps"],
		["a step of nothing", { name: "a", steps: [step(DECODER), {}] }, "WRONG_STEP", "steps.1.badgeClassId"],
		["a step of two things", { name: "a", steps: [step(DECODER, { competency: "K" })] }, "WRONG_STEP", "steps.0.badgeClassId"],
		["a badge that nobody knows", { name: "a", steps: [step("emfor-bfc:rien")] }, "UNKNOWN_BADGE", "steps.0.badgeClassId"],
		["what is no id", { name: "a", steps: [step("un badge")] }, "UNKNOWN_BADGE", "steps.0.badgeClassId"],
		["a step twice", { name: "a", steps: [step(DECODER), step(DECODER)] }, "STEP_TWICE", "steps.1.badgeClassId"],
		["an id of nothing", { id: "rien", version: 1, name: "a", steps: [step(DECODER)] }, "UNKNOWN_PATHWAY", null],
	])("is refused with %s, told as data", async (_, pathway, code, field) => {
		expect(await saved(pathway)).toMatchObject({ __typename: "DrawnPathwayRefused", code, field, message: expect.stringMatching(/\.$/) });
	});

	it("is refused under a name that another has, whatever its case", async () => {
		expect(await saved({ name: "Unique", steps: [step(DECODER)] })).toMatchObject({ version: 1 });
		expect(await saved({ name: "UNIQUE", steps: [step(DECODER)] })).toMatchObject({ code: "NAME_TAKEN", field: "name" });
	});

	it("is drawn by nobody without a token that has the scope", async () => {
		const pathway = { name: "Interdit", steps: [step(DECODER)] };
		for (const [scopes, code] of [
			[null, "UNAUTHENTICATED"],
			[["badges:write"], "FORBIDDEN"],
		] as const) {
			const { data, errors } = await save(pathway, scopes as string[] | null);
			expect([data?.saveDrawnPathway ?? null, errors?.[0]?.extensions?.code]).toEqual([null, code]);
		}
		const { data } = await ask("{ drawnPathways { name } }", {});
		expect(data.drawnPathways).not.toContainEqual({ name: "Interdit" });
	});

	it("tells how far a holding is: optional steps do not count, and more badges never mean less", async () => {
		const { id } = await saved({ name: "Progression", steps: [step(DECODER), step(TALENTS, { optional: true }), step(SINGULARITY)] });
		const progress = async (holding: string[]) =>
			(
				await ask(
					"query ($id: ID!, $holding: [ID!]!) { drawnProgress(pathwayId: $id, holding: $holding) { met share steps { id name met reason } } }",
					{
						id,
						holding,
					},
				)
			).data.drawnProgress;
		const holdings = [[], [TALENTS], [TALENTS, DECODER], [TALENTS, DECODER, SINGULARITY]];
		const told = [];
		for (const holding of holdings) told.push(await progress(holding));
		expect(told.map(({ met, share }) => [met, share])).toEqual([
			[false, 0],
			[false, 0],
			[false, 0.5],
			[true, 1],
		]);
		expect(told[1].steps.map(({ id: badge, reason }: { id: string; reason: string }) => [badge, reason])).toEqual([
			[DECODER, "NOT_HELD"],
			[TALENTS, "HELD"],
			[SINGULARITY, "NOT_HELD"],
		]);
		expect(await progress([DECODER, SINGULARITY])).toMatchObject({ met: true, share: 1 });
	});

	it("comes from a file once: what a steward removed stays removed", async () => {
		const folder = mkdtempSync(path.join(tmpdir(), "drawn "));
		const file = path.join(folder, "pathways.json");
		const id = "0f4c7d0e-9a51-4d0a-8a52-3f6f0d4f2b11";
		writeFileSync(file, JSON.stringify([{ id, name: "Du fichier", description: "", steward: "demo", steps: [{ badge: DECODER }] }]));
		const database = await openCatalogueDatabase(region.hub.catalogue, { poolSize: 1 });
		try {
			await seedDrawn(database, file, "demonstration");
			await seedDrawn(database, file, "demonstration");
			expect(await read(id)).toMatchObject({ name: "Du fichier", version: 1, history: [{ steward: "demo", action: "DRAWN" }] });
			await ask("mutation ($id: ID!) { removeDrawnPathway(id: $id, version: 1) { __typename } }", { id });
			await seedDrawn(database, file, "demonstration");
			expect(await read(id)).toBeNull();
		} finally {
			await database.destroy();
			rmSync(folder, { recursive: true, force: true });
		}
	});
});
