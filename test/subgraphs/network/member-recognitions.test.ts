import type { DataSource } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningServer } from "../../../subgraphs/kit/serve.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { admitMember, suspendMember } from "../../../subgraphs/network/directory-service.ts";
import { memberRecognitions } from "../../../subgraphs/network/member-recognitions.ts";
import { Recognition, RecognitionScope } from "../../../subgraphs/network/recognition.ts";
import { recordRecognition, revokeRecognition } from "../../../subgraphs/network/recognition-service.ts";
import { startNetwork } from "../../../subgraphs/network/server.ts";
import { ask, log, startTestHub, type TestHub } from "./test-hub.ts";

const SLUGS = ["alpha", "beta", "delta", "gamma", "omega", "psi"];
/** From the oldest to the newest. Beta, gamma and delta answer alpha; omega will be suspended. */
const SAID = [
	["alpha", "beta"],
	["alpha", "gamma"],
	["alpha", "delta"],
	["gamma", "alpha:soudure"],
	["alpha", "omega"],
	["omega", "alpha"],
	["beta", "alpha"],
	["alpha", "beta:accueil"],
	["delta", "alpha"],
	["beta", "gamma"],
	["alpha", "psi"],
] as const;

let hub: TestHub;
let network: RunningServer;
let register: DataSource;

beforeAll(async () => {
	hub = await startTestHub();
	network = await startNetwork({ database: hub.network, port: 0, host: "127.0.0.1", access: { publicReads: true }, log });
	register = await openNetworkDatabase(hub.network);
	await register.transaction(async (manager) => {
		for (const slug of SLUGS)
			await admitMember(manager, {
				slug,
				name: slug.toUpperCase(),
				endpoint: `http://${slug}.example/graphql`,
				demonstration: slug === "psi",
			});
		for (const [day, [by, subject]] of SAID.entries())
			await recordRecognition(manager, { by, subject, reason: `Jour ${day}.`, since: new Date(Date.UTC(2026, 0, day + 1)) });
		await revokeRecognition(manager, "alpha", "psi");
		// One that has ended by itself, and one that has not begun.
		for (const dates of [
			{ since: new Date("2025-01-01"), expiresAt: new Date("2025-06-01") },
			{ since: new Date("2999-01-01"), expiresAt: null },
		])
			await manager.insert(Recognition, {
				bySlug: "psi",
				scope: RecognitionScope.FIELD,
				memberSlug: "alpha",
				field: `k${dates.since.getFullYear()}`,
				reason: "Un domaine.",
				...dates,
			});
		await suspendMember(manager, "omega");
	});
});
afterAll(async () => {
	await register?.destroy();
	await network?.stop();
	await hub?.stop();
});

const QUERY = `query ($slug: ID!, $first: Int) { member(slug: $slug) {
	recognises(first: $first) { reason }
	recognisedBy(first: $first) { reason }
	mutual(first: $first) { slug }
	recognitionsByCount
	recognitionsOfCount
	mutualCount
} }`;

interface Told {
	recognises: { reason: string }[];
	recognisedBy: { reason: string }[];
	mutual: { slug: string }[];
	recognitionsByCount: number;
	recognitionsOfCount: number;
	mutualCount: number;
}
const daysOf = (rows: { reason: string }[]) => rows.map(({ reason }) => Number(reason.match(/\d+/)?.[0]));
async function tell(slug: string, first: number | null) {
	const { data } = await ask(network.url, QUERY, { slug, first });
	const told: Told = data.member;
	return {
		by: daysOf(told.recognises),
		of: daysOf(told.recognisedBy),
		mutual: told.mutual.map((one) => one.slug),
		counts: [told.recognitionsByCount, told.recognitionsOfCount, told.mutualCount],
	};
}

describe("what is in force of a member", () => {
	it("is told whole, newest first, without what was revoked, has ended, has not begun, or is of a suspended member", async () => {
		expect(await tell("alpha", null)).toEqual({
			by: [7, 2, 1, 0],
			of: [8, 6, 3],
			// With delta since the day 8, with beta since 6, with gamma since 3.
			mutual: ["delta", "beta", "gamma"],
			counts: [4, 3, 3],
		});
		expect(await tell("omega", null)).toEqual({ by: [], of: [], mutual: [], counts: [0, 0, 0] });
	});

	it("is cut at what is asked for, and its counts are not", async () => {
		expect(await tell("alpha", 2)).toEqual({ by: [7, 2], of: [8, 6], mutual: ["delta", "beta"], counts: [4, 3, 3] });
		expect(await tell("gamma", 50)).toEqual({ by: [3], of: [9, 1], mutual: ["alpha"], counts: [1, 2, 1] });
	});

	it.each(["recognises", "recognisedBy", "mutual"])("is not cut at nothing: %s names what is wrong", async (field) => {
		for (const first of [0, -1]) {
			const { errors } = await ask(network.url, `{ member(slug: "alpha") { ${field}(first: ${first}) { __typename } } }`);
			expect(errors?.[0]).toMatchObject({ message: `first: must be at least 1, and is ${first}`, extensions: { field: "first" } });
		}
	});

	it("has its own limit for each member, and for each alias, read together", async () => {
		const { data } = await ask(
			network.url,
			`{ members { slug newest: recognisedBy(first: 1) { reason } two: recognisedBy(first: 2) { reason } recognisedBy { reason } } }`,
		);
		const told = data.members.map(({ slug, newest, two, recognisedBy }: Record<string, { reason: string }[]>) => [
			slug,
			...[newest, two, recognisedBy].map((rows) => daysOf(rows ?? [])),
		]);
		expect(told).toEqual([
			["alpha", [8], [8, 6], [8, 6, 3]],
			["beta", [7], [7, 0], [7, 0]],
			["delta", [2], [2], [2]],
			["gamma", [9], [9, 1], [9, 1]],
			["omega", [], [], []],
			["psi", [], [], []],
		]);

		const queries: string[] = [];
		const logger = register.logger;
		register.setOptions({ logger: { ...SILENT, logQuery: (query: string) => queries.push(query) } });
		try {
			const { newestBy, newestOf, countBy, countOf, mutual } = memberRecognitions(register.manager);
			await Promise.all(
				SLUGS.flatMap((slug, place) => [
					newestBy.load({ slug, first: place + 1 }),
					newestBy.load({ slug, first: null }),
					newestOf.load({ slug, first: 1 }),
					countBy.load(slug),
					countOf.load(slug),
					mutual.load(slug),
				]),
			);
		} finally {
			register.setOptions({ logger });
		}
		// One for each but the mutual ones, which have one for each direction.
		expect(queries.filter((query) => query.startsWith("SELECT"))).toHaveLength(6);
	});
});

describe("members by their slugs", () => {
	it("are those of them that there are, by name, with what else is asked", async () => {
		const slugs = ["psi", "nobody", "alpha", "NOT A SLUG", "psi"];
		const { data } = await ask(
			network.url,
			`query ($slugs: [ID!]) { some: members(slugs: $slugs) { slug demonstration } both: members(slugs: $slugs, words: "alp") { slug } none: members(slugs: []) { slug } all: members(slugs: null) { slug } }`,
			{ slugs },
		);
		expect(data.some).toEqual([
			{ slug: "alpha", demonstration: false },
			{ slug: "psi", demonstration: true },
		]);
		expect([data.both.length, data.none, data.all.length]).toEqual([1, [], SLUGS.length]);
	});

	it("are at most 200 at a time", async () => {
		const query = "query ($slugs: [ID!]) { members(slugs: $slugs) { slug } }";
		const many = (count: number) => Array.from({ length: count }, (_, place) => `m${place}`);
		expect((await ask(network.url, query, { slugs: many(200) })).data.members).toEqual([]);
		const { errors } = await ask(network.url, query, { slugs: many(201) });
		expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "slugs" });
	});
});

const SILENT = {
	logQuery: () => undefined,
	logQueryError: () => undefined,
	logQuerySlow: () => undefined,
	logSchemaBuild: () => undefined,
	logMigration: () => undefined,
	log: () => undefined,
};
