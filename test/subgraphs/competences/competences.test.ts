import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startCompetences } from "../../../subgraphs/competences/server.ts";
import type { RunningServer } from "../../../subgraphs/kit/serve.ts";
import { suspendMember } from "../../../subgraphs/network/directory-service.ts";
import { until } from "../../kit/until.ts";
import { startTestRegion, type TestRegion } from "../catalogue/test-region.ts";
import { ask, log } from "../network/test-hub.ts";

describe("jobs and competencies", () => {
	let region: TestRegion;
	let competences: RunningServer;
	const start = () =>
		startCompetences({
			database: region.hub.competences,
			directoryUrl: region.network.url,
			port: 0,
			host: "127.0.0.1",
			access: { publicReads: true },
			log,
		});
	const query = async (text: string, variables = {}) => ask(competences.url, text, variables);
	const aligned = async (id: string) =>
		(
			await query(
				"query ($of: [_Any!]!) { _entities(representations: $of) { ... on BadgeClass { jobs { provenance job { code label } } competencies { provenance competency { code label kind } } } } }",
				{ of: [{ __typename: "BadgeClass", id }] },
			)
		).data._entities[0];

	beforeAll(async () => {
		region = await startTestRegion(["instep-occitanie", "emfor-bfc", "ecole-itinerante"]);
		competences = await start();
		await until(
			"the alignments",
			async () =>
				(await aligned("ecole-itinerante:tutorer-un-apprenant-en-situation-de-travail")).jobs.length > 0 &&
				(await aligned("instep-occitanie:adaptation-aux-changements")).competencies.length > 0,
		);
	});

	afterAll(async () => {
		await competences.stop();
		await region.stop();
	});

	test("come from the referential, which is named", async () => {
		const { data } = await query("{ referential { source version licence jobCount competencyCount } }");
		expect(data.referential).toEqual({
			source: "France Travail, ROME 4.0",
			version: "60",
			licence: "Licence Ouverte 2.0",
			jobCount: 62,
			competencyCount: 406,
		});
	});

	test("are linked with badge classes both ways, with how that is known", async () => {
		const badge = await aligned("ecole-itinerante:tutorer-un-apprenant-en-situation-de-travail");
		expect(badge.jobs).toEqual([{ provenance: "EXACT_CODE", job: { code: "K2111", label: expect.stringContaining("Formateur") } }]);
		expect(badge.competencies).toEqual([{ provenance: "EXACT_CODE", competency: expect.objectContaining({ code: "300017" }) }]);
		const { data } = await query(
			`{ job(code: "k2111") { label competencies { core competency { code label kind } } badgeClasses { id name provenance badgeClass { id } } } competency(code: "300017") { kind jobs { core job { code } } badgeClasses { id } } unknown: job(code: "\\u0000") { code } none: competency(code: "1") { code } }`,
		);
		expect(data.job.badgeClasses.map(({ id }: { id: string }) => id)).toContain(
			"ecole-itinerante:tutorer-un-apprenant-en-situation-de-travail",
		);
		const cores = data.job.competencies.map(({ core }: { core: boolean }) => core);
		expect(cores).toEqual([...cores].sort((left, right) => Number(right) - Number(left)));
		expect(data.competency.badgeClasses.length).toBeGreaterThan(0);
		expect(data).toMatchObject({ unknown: null, none: null });
	});

	test("require nothing: a badge without alignments has none, and no error", async () => {
		expect(await aligned("emfor-bfc:super-accompagnateur")).toEqual({ jobs: [], competencies: [] });
		expect(await aligned("not an id")).toEqual({ jobs: [], competencies: [] });
	});

	test("are found by words of a label or an appellation, accents or not, and visited once by their pages", async () => {
		const labels = async (words: string) =>
			(
				await query("query ($query: String) { jobs(query: $query, first: 100) { nodes { label } totalCount } }", { query: words })
			).data.jobs.nodes.map(({ label }: { label: string }) => label) as string[];
		expect(await labels("mediateur social")).toEqual(["Médiateur social / Médiatrice sociale"]);
		expect(await labels("FORMATEUR")).toContain("Formateur / Formatrice");
		expect(await labels("%")).toEqual([]);

		const visited: string[] = [];
		let after: string | null = null;
		do {
			const { data } = await query(
				"query ($after: String) { jobs(first: 9, after: $after) { nodes { code } totalCount pageInfo { hasNextPage endCursor } } }",
				{ after },
			);
			expect(data.jobs.totalCount).toBe(62);
			visited.push(...data.jobs.nodes.map(({ code }: { code: string }) => code));
			after = data.jobs.pageInfo.hasNextPage ? data.jobs.pageInfo.endCursor : null;
		} while (after !== null);
		expect(new Set(visited).size).toBe(62);
		expect(visited).toHaveLength(62);
	});

	test.each([
		["query", `jobs(query: "  ") { totalCount }`],
		["query", `jobs(query: "${"x".repeat(301)}") { totalCount }`],
		["first", `jobs(first: 101) { totalCount }`],
		["after", `jobs(after: "nonsense") { totalCount }`],
		["after", `jobs(after: "AAAA") { totalCount }`],
	])("refuse a wrong %s", async (field, selection) => {
		expect((await query(`{ ${selection} }`)).errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
	});

	test("are as before after a restart, and forget a member that is suspended", async () => {
		const before = await aligned("instep-occitanie:adaptation-aux-changements");
		await competences.stop();
		competences = await start();
		expect(await aligned("instep-occitanie:adaptation-aux-changements")).toEqual(before);
		await region.register.transaction((manager) => suspendMember(manager, "instep-occitanie"));
		await until(
			"the member to be forgotten",
			async () => (await aligned("instep-occitanie:adaptation-aux-changements")).competencies.length === 0,
		);
	});
});
