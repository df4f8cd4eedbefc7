import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findCoverage } from "../../../subgraphs/competences/coverage/find-coverage.ts";
import { findGap } from "../../../subgraphs/competences/gap/find-gap.ts";
import { type InventedBadge, type LoneCompetences, startLoneCompetences } from "./competences-kit.ts";

const JOB = "G1602";
let lone: LoneCompetences;
/** Competencies of the job: its core, and the others. */
let core: string[];
let others: string[];

const covers = (codes: readonly string[]) => codes.map((code) => ({ targetName: "?", targetFramework: "ROME", targetCode: code }));
const clear = () => lone.database.query("DELETE FROM harvested_member");

beforeAll(async () => {
	lone = await startLoneCompetences();
	const links: { code: string; core: boolean }[] = await lone.database.query(
		`SELECT "competencyCode" AS code, core FROM job_competency WHERE "jobCode" = $1 ORDER BY 1`,
		[JOB],
	);
	core = links.filter((one) => one.core).map(({ code }) => code);
	others = links.filter((one) => !one.core).map(({ code }) => code);
});
afterAll(() => lone.stop());

describe("a gap", () => {
	it("is what brute force finds, on random badges and holdings", { timeout: 120_000 }, async () => {
		expect(core.length).toBeGreaterThan(3);
		const badges = fc.array(fc.record({ codes: fc.subarray([...core, ...others]), held: fc.boolean() }), { maxLength: 7 });
		await fc.assert(
			fc.asyncProperty(badges, async (drawn) => {
				await clear();
				const invented = drawn.map(
					({ codes }, index): InventedBadge => ({ id: `centre:b${index}`, name: `Badge ${index}`, alignments: covers(codes) }),
				);
				await lone.keep(["bravo"], invented);
				const holding = drawn.flatMap(({ held }, index) => (held ? [`centre:b${index}`] : []));
				const gap = await findGap(lone.database, JOB, holding);
				const has = new Set(drawn.filter(({ held }) => held).flatMap(({ codes }) => codes));
				const codesOf = (rows: { competency: { code: string } }[] | undefined) => rows?.map(({ competency }) => competency.code).sort();
				expect(codesOf(gap?.covered)).toEqual([...has].sort());
				expect(codesOf(gap?.missing)).toEqual([...core, ...others].filter((code) => !has.has(code)).sort());
				for (const { competency, badges: given } of gap?.missing ?? [])
					expect(given.map(({ id }) => id)).toEqual(
						drawn.flatMap(({ codes }, index) => (codes.includes(competency.code) ? [`centre:b${index}`] : [])),
					);
				const missing = core.filter((code) => !has.has(code));
				const coverable = missing.filter((code) => drawn.some(({ codes }) => codes.includes(code)));
				let shortest = Number.POSITIVE_INFINITY;
				for (let family = 0; family < 1 << drawn.length; family += 1) {
					const chosen = drawn.filter((_, index) => family & (1 << index));
					if (coverable.every((code) => chosen.some(({ codes }) => codes.includes(code)))) shortest = Math.min(shortest, chosen.length);
				}
				expect(gap?.shortest).toMatchObject({ method: "EXACT", bound: 1, atLeast: shortest });
				expect(gap?.shortest.badges).toHaveLength(shortest);
				expect(gap?.shortest.uncoverable.map(({ code }) => code).sort()).toEqual(
					missing.filter((code) => !coverable.includes(code)).sort(),
				);
			}),
			{ numRuns: 40 },
		);
	});

	it("is asked of the graph, and names ids that nobody knows", async () => {
		await clear();
		await lone.keep(
			["bravo"],
			[
				{ id: "centre:un", name: "Un", alignments: covers(core.slice(0, 2)) },
				{ id: "centre:deux", name: "Deux", alignments: covers(core) },
			],
		);
		const { data } = await lone.ask(
			`query ($job: ID!, $holding: [ID!]!) { gap(job: $job, holding: $holding) { job { code nearJobs { code } } coreTotal coreCovered unknown
				covered { competency { code } badges { id } } missing { core emerging badges { id badgeClass { id } } } shortest { method bound atLeast badges { id name } uncoverable { code } } } }`,
			{ job: JOB.toLowerCase(), holding: ["centre:un", "centre:rien"] },
		);
		expect(data.gap).toMatchObject({ job: { code: JOB }, coreTotal: core.length, coreCovered: 2, unknown: ["centre:rien"] });
		expect(data.gap.shortest).toEqual({
			method: "EXACT",
			bound: 1,
			atLeast: 1,
			badges: [{ id: "centre:deux", name: "Deux" }],
			uncoverable: [],
		});
		expect((await lone.ask(`{ gap(job: "Z0000") { coreTotal } }`)).data.gap).toBeNull();
		expect((await lone.ask(`{ gap(job: "${JOB}", holding: ["no id"]) { coreTotal } }`)).errors?.[0]?.extensions).toMatchObject({
			code: "BAD_USER_INPUT",
			field: "holding",
		});
	});
});

describe("coverage", () => {
	it("counts as brute force does, for every scope, and lists the holes first", async () => {
		await clear();
		await lone.keep(["bravo"], [{ id: "centre:un", name: "Un", alignments: covers(core.slice(0, 2)) }]);
		await lone.keep(["occitanie"], [{ id: "ecole:deux", name: "Deux", alignments: covers([...core.slice(1, 3), ...others.slice(0, 1)]) }]);
		const links: { job: string; code: string; core: boolean; domain: string }[] = await lone.database.query(
			`SELECT "jobCode" AS job, "competencyCode" AS code, core, "domainCode" AS domain FROM job_competency JOIN job ON job.code = "jobCode"`,
		);
		const of: Record<string, string[]> = { bravo: core.slice(0, 2), occitanie: [...core.slice(1, 3), ...others.slice(0, 1)] };
		for (const collective of [null, "bravo", "occitanie"]) {
			const recognised = new Set(collective ? of[collective] : Object.values(of).flat());
			const inDomain = links.filter(({ domain }) => domain.startsWith("G"));
			const jobs = [...new Set(inDomain.map(({ job }) => job))];
			const coverage = await findCoverage(lone.database, { domain: "g", collective }, { first: 200 });
			expect(coverage?.rows.map(({ job }) => job.code).sort()).toEqual(jobs.sort());
			for (const row of coverage?.rows ?? []) {
				const own = inDomain.filter(({ job }) => job === row.job.code);
				expect([row.total, row.covered, row.coreTotal, row.coreCovered]).toEqual([
					own.length,
					own.filter(({ code }) => recognised.has(code)).length,
					own.filter((one) => one.core).length,
					own.filter((one) => one.core && recognised.has(one.code)).length,
				]);
			}
			const parts = coverage?.rows.map(({ coreCovered, coreTotal }) => (coreTotal === 0 ? 1 : coreCovered / coreTotal)) ?? [];
			expect(parts).toEqual([...parts].sort((left, right) => left - right));
			const distinct = new Set(inDomain.map(({ code }) => code));
			expect(coverage?.totals).toMatchObject({
				jobs: jobs.length,
				competencies: distinct.size,
				competenciesCovered: [...distinct].filter((code) => recognised.has(code)).length,
				badges: collective ? 1 : 2,
			});
		}
	});

	it("is paged without a job twice or never, each with its cells", async () => {
		const seen: string[] = [];
		let after: string | null = null;
		do {
			const { data } = await lone.ask(
				`query ($after: String) { coverage(opco: "akto", first: 3, after: $after) { totals { jobs } pageInfo { hasNextPage endCursor } rows { job { code } total cells { badgeCount core competency { code } badges { id } } } } }`,
				{ after },
			);
			for (const { job, total, cells } of data.coverage.rows) {
				seen.push(job.code);
				expect(cells).toHaveLength(total);
			}
			after = data.coverage.pageInfo.hasNextPage ? data.coverage.pageInfo.endCursor : null;
			if (after === null) expect(new Set(seen).size).toBe(data.coverage.totals.jobs);
		} while (after !== null);
		expect(new Set(seen).size).toBe(seen.length);
		expect(seen).toContain(JOB);
	});

	it("of a collective alone is of the jobs that its badges touch", async () => {
		const { data } = await lone.ask(
			`{ coverage(collective: "bravo", first: 200) { rows { job { code } coreCovered } } none: coverage(collective: "nobody") { totals { jobs } } unknown: coverage(opco: "onet") { totals { jobs } } }`,
		);
		expect(data.coverage.rows.length).toBeGreaterThan(0);
		expect(data.coverage.rows.every(({ coreCovered }: { coreCovered: number }) => coreCovered > 0)).toBe(true);
		expect(data).toMatchObject({ none: { totals: { jobs: 0 } }, unknown: null });
	});

	it.each([
		["opco", "coverage { totals { jobs } }"],
		["domain", `coverage(domain: "%' OR 1=1") { totals { jobs } }`],
		["first", `coverage(domain: "G", first: 201) { totals { jobs } }`],
		["after", `coverage(domain: "G", after: "zzz") { totals { jobs } }`],
	])("refuses a wrong %s", async (field, selection) => {
		expect((await lone.ask(`{ ${selection} }`)).errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
	});
});

describe("OPCOs and domains", () => {
	it("are in the graph with their jobs, and how that is known", async () => {
		const { data } = await lone.ask(
			`{ opcos { code name } opco(code: "AKTO") { name activities { naf basis } agreements { idcc } jobs(first: 500) { share divisions opcoCount job { code } } } domains { code jobCount domains { code jobCount parent { code } } } jobs(query: "cuisiniers", domain: "G16") { nodes { code inDomain { code } } } }`,
		);
		expect(data.opcos).toHaveLength(11);
		const job = data.opco.jobs.find((one: { job: { code: string } }) => one.job.code === JOB);
		expect(job.divisions).toContain("56");
		expect(job.share).toBeGreaterThan(0);
		for (const { jobCount, domains } of data.domains)
			expect(jobCount).toBe(domains.reduce((sum: number, one: { jobCount: number }) => sum + one.jobCount, 0));
		expect(data.jobs.nodes).toContainEqual({ code: "G1609", inDomain: { code: "G16" } });
	});
});
