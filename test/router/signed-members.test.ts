import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningInstitute, startInstitute } from "../../subgraphs/institute/server.ts";
import { keepKeys, type SigningKeys } from "../../subgraphs/kit/key-file.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import { routerSigner } from "../../subgraphs/kit/router-token/signer.ts";
import { askEndpoint } from "../../subgraphs/network/ask-endpoint.ts";
import { examineMember } from "../../subgraphs/network/examine-member.ts";
import { keepSubscribed } from "../../subgraphs/network/keep-subscribed.ts";
import { type Answer, ask } from "../kit/ask.ts";
import { freshDatabase } from "../kit/database.ts";
import { until } from "../kit/until.ts";
import { type FrontedRouter, startFronted } from "./front-kit.ts";

/** An institute that answers nobody but the router, as the reference member is configured by default. */

const KEY = "a key of the institute";
const ROUTER = "https://hub.example";
const LIST = "{ badgeClasses { nodes { name } } }";
const log = createLog("test", "silent");

let folder: string;
let keys: SigningKeys;
let institute: RunningInstitute;

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), "signed-"));
	keys = keepKeys(path.join(folder, "router-keys.json"));
	const badges = path.join(folder, "badges.json");
	const achievement = {
		type: ["Achievement"],
		id: "https://a.example/forger",
		name: "Forger",
		description: "Forge.",
		criteria: { narrative: "Une pièce." },
	};
	writeFileSync(badges, JSON.stringify([achievement]));
	institute = await startInstitute({
		profile: { slug: "atelier", name: "L'Atelier", language: "fr" },
		database: await freshDatabase(),
		badges,
		folder,
		port: 0,
		host: "127.0.0.1",
		access: { publicReads: false, router: { keys: { keys: keys.published }, issuer: ROUTER } },
		managementKey: KEY,
		log,
	});
});
afterAll(async () => {
	await institute.stop();
	rmSync(folder, { recursive: true });
});

function startRouter({ signs = true, signedReads = false } = {}): Promise<FrontedRouter> {
	const entries = [{ slug: "atelier", name: "L'Atelier", endpoint: institute.url, departements: [], collectives: [], signedReads }];
	return startFronted(
		{},
		{
			directory: { entries: () => entries, onChange: () => () => undefined, ready: Promise.resolve(), stop: async () => undefined },
			memberLimits: { deadline: 5_000 },
			...(signs && { signing: { issuer: ROUTER, keys } }),
		},
	);
}

const change = (name: string) =>
	ask(
		institute.url,
		'mutation ($name: String!) { updateBadgeClass(id: "atelier:forger", changes: { name: $name }) { __typename } }',
		{ name },
		{ authorization: `Bearer ${KEY}` },
	);

describe("a member that answers the router alone", () => {
	it.each([false, true])("is read by a router that knows it beforehand, or learns it from its refusal (%s)", async (signedReads) => {
		const router = await startRouter({ signedReads });
		for (let time = 0; time < 3; time += 1) {
			const answers = await Promise.all(
				[1, 2, 3].map((first) => router.post({ query: `{ badgeClasses(first: ${first}) { nodes { name } } }` })),
			);
			for (const { data, extensions } of answers) {
				expect(data.badgeClasses.nodes).toHaveLength(1);
				expect(extensions?.completeness).toMatchObject({ asked: 1, answered: 1, missing: [] });
			}
		}
		await router.stop();
	});

	it("is missing to a router without a key", async () => {
		const router = await startRouter({ signs: false });
		const { data, extensions } = await router.post({ query: LIST });
		expect(data.badgeClasses.nodes).toEqual([]);
		expect(extensions?.completeness.missing).toEqual([{ institute: "atelier", reason: "HTTP_ERROR" }]);
		await router.stop();
	});

	it("is followed by the router, and by the hub's harvesters with the router's key", async () => {
		const router = await startRouter();
		const proof = { signer: routerSigner({ ...keys, issuer: ROUTER }), audience: "atelier" };
		const seen: unknown[] = [];
		const problems: (string | undefined)[] = [];
		const follow = (key: typeof proof | undefined) =>
			keepSubscribed({
				url: institute.url,
				query: "subscription { badgeClassChanged { badgeClass { name } } }",
				proof: key,
				onData: (data) => void seen.push(data),
				onState: (problem) => void problems.push(problem),
				log,
			});
		const harvester = follow(proof);
		const stranger = follow(undefined);
		const events: Answer[] = [];
		const running = new AbortController();
		const stream = router.router
			.engine()
			.subscribe({ query: "subscription { badgeClassChanged { badgeClass { name } } }", signal: running.signal });
		const reading = (async () => {
			for await (const text of stream) events.push(JSON.parse(text) as Answer);
		})();
		let count = 0;
		await until("the change at both", async () => {
			await change(`Forger ${count++}`);
			return events.length > 0 && seen.length > 0;
		});
		expect(events[0]?.data.badgeClassChanged.badgeClass.name).toMatch(/^Forger/);
		await until("the stranger's refusal", () =>
			problems.some((problem) => problem?.startsWith("This is answered to the network's router alone")),
		);
		await change("Forger");
		running.abort();
		await Promise.all([reading, harvester.stop(), stranger.stop()]);
		await router.stop();
		expect(await askEndpoint({ endpoint: institute.url, query: LIST, proof })).toEqual({ badgeClasses: { nodes: [{ name: "Forger" }] } });
		await expect(askEndpoint({ endpoint: institute.url, query: LIST })).rejects.toMatchObject({ code: "ROUTER_TOKEN_REQUIRED" });
	});

	it("is examined with the router's key, and under its own name only", async () => {
		const signer = routerSigner({ ...keys, issuer: ROUTER });
		await expect(examineMember(institute.url)).rejects.toThrow(/answers only what the router has signed.*--slug/);
		expect(await examineMember(institute.url, { signer, audience: "atelier" })).toEqual({
			slug: "atelier",
			name: "L'Atelier",
			badgeClasses: 1,
			signedReads: true,
		});
		await expect(examineMember(institute.url, { signer, audience: "another" })).rejects.toThrow(/for another subgraph/);
	});
});
