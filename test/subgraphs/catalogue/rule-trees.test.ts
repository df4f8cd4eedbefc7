import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admitMember } from "../../../subgraphs/network/directory-service.ts";
import { until } from "../../kit/until.ts";
import { type FakeMember, startFakeMember } from "../network/fake-member.ts";
import { ask } from "../network/test-hub.ts";
import { startTestRegion, type TestRegion } from "./test-region.ts";
import { toldBadge } from "./told-badge.ts";

const DECODER = "emfor-bfc:decodeur-de-l-environnement-efop";
const SINGULARITY = "emfor-bfc:la-singularite-une-richesse-a-explorer";

const row = (id: string, changes: Record<string, unknown> = {}) => toldBadge("regles", id, changes);
const aligned = (targetCode: string | null, targetUrl: string | null = null) => ({
	alignments: [{ targetName: "Une compétence", targetUrl, targetFramework: "ROME", targetCode, targetDescription: null }],
});
type Part = Record<string, unknown>;
const tree = (...parts: Part[]) => ({
	requirement: { rule: parts[0]?.kind === "AT_LEAST" ? "AT_LEAST" : "ALL", needed: 1, badgeClassIds: [], parts },
});

/** A metabadge that takes a badge of the institute itself or one that stands for it, any badge for a competency, and one of EmFor's, not too old. */
const WHOLE = tree(
	{ kind: "ALL", distinctIssuers: 2 },
	{ kind: "BADGE", group: 0, badgeClassId: "regles:base" },
	{ kind: "COMPETENCY", group: 0, competency: "M1503" },
	{ kind: "ANY", group: 0 },
	{ kind: "BADGE", group: 3, badgeClassId: DECODER, notOlderThanDays: 365 },
	{ kind: "BADGE", group: 3, badgeClassId: SINGULARITY, recognised: true },
);
const ROWS = [
	row("regles:base", { exactMatches: ["regles:equivalent", "regles:boucle", DECODER] }),
	row("regles:equivalent"),
	row("regles:aligne", aligned("m1503")),
	row("regles:aligne-par-adresse", aligned(null, "https://candidat.francetravail.fr/metierscope/fiche-metier/M1503")),
	row("regles:meta", WHOLE),
	// It would stand for what its own metabadge requires.
	row("regles:boucle", tree({ kind: "ANY" }, { kind: "BADGE", group: 0, badgeClassId: "regles:meta" })),
];

let region: TestRegion;
let member: FakeMember;
let rows: object[] = ROWS;

beforeAll(async () => {
	region = await startTestRegion(["emfor-bfc"]);
	member = await startFakeMember((query, { since }) => {
		if (query.includes("institute(")) return { data: { institute: { slug: "regles", name: "Règles", website: null, issuers: [] } } };
		const changes = rows
			.slice(Number(since ?? 0))
			.map((badgeClass) => ({ kind: "SAVED", id: (badgeClass as { id: string }).id, badgeClass }));
		return { data: { badgeClassCount: ROWS.length, changes: { changes, position: String(rows.length), hasMore: false } } };
	});
	await region.register.transaction((manager) => admitMember(manager, { slug: "regles", name: "Règles", endpoint: member.url }));
	await until("its badges to be known", async () => (await harvest()).badgeClasses === ROWS.length);
}, 60_000);

afterAll(async () => {
	await region.stop();
	await member.stop();
});

async function harvest(): Promise<{ badgeClasses: number; refused: string[] }> {
	const { data } = await ask(region.catalogue.url, "{ harvests { instituteSlug badgeClasses refused } }");
	return data.harvests.find(({ instituteSlug }: { instituteSlug: string }) => instituteSlug === "regles") ?? {};
}

async function progress(holding: string[], earnedOn?: string[]) {
	const { data, errors } = await ask(
		region.catalogue.url,
		`query ($holding: [ID!]!, $earnedOn: [DateTime!]) { progress(badgeClassId: "regles:meta", holding: $holding, earnedOn: $earnedOn) {
			met share parts { kind group id name needed distinctIssuers recognised notOlderThanDays met reason by }
		} }`,
		{ holding, earnedOn },
	);
	expect(errors).toBeUndefined();
	return data.progress as { met: boolean; share: number; parts: Record<string, unknown>[] };
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

describe("a metabadge whose rule is a tree", () => {
	it("is told part by part, each group before its parts", async () => {
		const { met, share, parts } = await progress([]);
		expect({ met, share }).toEqual({ met: false, share: 0 });
		expect(parts.map(({ kind, group, id }) => [kind, group, id])).toEqual([
			["ALL", null, null],
			["BADGE", 0, "regles:base"],
			["COMPETENCY", 0, null],
			["ANY", 0, null],
			["BADGE", 3, DECODER],
			["BADGE", 3, SINGULARITY],
		]);
		expect(parts[0]).toMatchObject({ needed: 3, distinctIssuers: 2 });
		expect(parts[4]).toMatchObject({ notOlderThanDays: 365, recognised: false, reason: "NOT_HELD" });
		expect(parts[5]).toMatchObject({ recognised: true });
	});

	it("takes a badge that the required one's institute takes for the same, and any that is aligned to the competency", async () => {
		const { parts } = await progress(["regles:equivalent", "regles:aligne"]);
		expect(parts[1]).toMatchObject({ met: true, reason: "MET_BY_ANOTHER", by: ["regles:equivalent"] });
		expect(parts[2]).toMatchObject({ met: true, by: ["regles:aligne"] });
	});

	it("is not met by what is too old or of unknown age, by what nobody recognises, nor by one issuer alone", async () => {
		const base = ["regles:base", "regles:aligne"];
		const at = async (holding: string[], days?: number[]) =>
			(await progress(holding, days?.map(daysAgo))).parts.map(({ reason }) => reason);
		expect((await at([...base, DECODER]))[4]).toBe("TOO_OLD");
		expect((await at([...base, DECODER], [1, 1, 400]))[4]).toBe("TOO_OLD");
		expect((await progress([...base, DECODER], [1, 1, 300].map(daysAgo))).met).toBe(true);
		expect((await at([...base, SINGULARITY]))[5]).toBe("NOT_RECOGNISED");
	});

	it("has a way that names what can be earned, and never goes in a circle", async () => {
		const { data } = await ask(
			region.catalogue.url,
			'{ shortestWay(badgeClassId: "regles:meta", holding: []) { exact badges { id } } nextSteps(holding: ["regles:equivalent"]) { towards } unlocks(holding: ["regles:meta"]) { id } }',
		);
		const way = data.shortestWay.badges.map(({ id }: { id: string }) => id);
		expect(way).toContain(DECODER);
		expect(way.at(-1)).toBe("regles:meta");
		expect(way).not.toContain("regles:boucle");
		// The decoder stands for the base, too: two badges are enough beside the metabadge, and come from two issuers.
		expect(way).toHaveLength(3);
		expect(data.shortestWay.exact).toBe(true);
		expect(data.nextSteps.flatMap(({ towards }: { towards: string[] }) => towards)).toContain("regles:meta");
		expect(data.unlocks).toEqual([{ id: "regles:boucle" }]);
	});

	it("is refused where it is no tree, with the part that is wrong", async () => {
		const wrong = (id: string, ...parts: Part[]) => row(id, tree(...parts));
		rows = [
			...ROWS,
			wrong("regles:x1", { kind: "BADGE", badgeClassId: DECODER }),
			wrong("regles:x2", { kind: "ALL" }, { kind: "BADGE", group: 1, badgeClassId: DECODER }),
			wrong("regles:x3", { kind: "ALL" }, { kind: "COMPETENCY", group: 0 }),
			wrong("regles:x4", { kind: "ALL" }, { kind: "BADGE", group: 0, badgeClassId: "pas un id" }),
			wrong("regles:x5", { kind: "AT_LEAST" }, { kind: "BADGE", group: 0, badgeClassId: DECODER }),
			wrong("regles:x6", ...Array.from({ length: 25 }, (_, place) => ({ kind: "ALL", group: place === 0 ? null : place - 1 }))),
		];
		await region.register.transaction((manager) => admitMember(manager, { slug: "regles", name: "Règles encore", endpoint: member.url }));
		const { refused } = await until("the wrong ones to be refused", async () => {
			const state = await harvest();
			return state.refused.length === 6 && state;
		});
		expect(refused.map((line) => line.replace(/^regles:x\d: requirement\./, ""))).toEqual([
			"parts.0.group is wrong: the first part is the whole rule, a group in none",
			"parts.1.group is not that of a group before it",
			"parts.1.competency is missing",
			"parts.1.badgeClassId is not an id of a badge class",
			"parts.0.needed is missing",
			"parts.20.group is too deep",
		]);
	});
});
