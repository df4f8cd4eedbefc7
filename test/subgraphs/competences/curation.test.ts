import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ISSUER, type LoneCompetences, startLoneCompetences } from "./competences-kit.ts";

let lone: LoneCompetences;
const curator = { subject: "marie", scopes: ["alignments:curate"] };
const RESULT = "__typename ... on Mapping { id status history { curator issuer status note } } ... on MappingRefused { code message }";

const propose = (mapping: object, caller: Parameters<LoneCompetences["ask"]>[2] = curator) =>
	lone.ask(`mutation ($mapping: MappingInput!) { proposeMapping(mapping: $mapping) { ${RESULT} } }`, { mapping }, caller);
const decide = (id: string, status: string, note: string | null = null) =>
	lone.ask(
		`mutation ($id: ID!, $status: MappingStatus!, $note: String) { decideMapping(id: $id, status: $status, note: $note) { ${RESULT} } }`,
		{ id, status, note },
		curator,
	);
const importCsv = (csv: string) =>
	lone.ask(
		`mutation ($csv: String!) { importMappings(csv: $csv) { __typename ... on MappingImport { added changed unchanged } ... on MappingRefused { code message } } }`,
		{ csv },
		curator,
	);
const read = async (id: string) =>
	(
		await lone.ask(
			`query ($of: [_Any!]!) { _entities(representations: $of) { ... on BadgeClass { jobs { provenance confidence job { code } } competencies { provenance competency { code } } alignmentReadings { reason provenance confidence raw { targetName } meaning { scheme code } rome { code } } alignmentSuggestions(first: 5) { score meaning { scheme code label } } } } }`,
			{ of: [{ __typename: "BadgeClass", id }] },
		)
	).data._entities[0];

beforeAll(async () => {
	lone = await startLoneCompetences();
	await lone.keep(
		[],
		[
			{
				id: "centre:accueil",
				name: "Accueillir le public",
				description: "Accueillir et orienter les personnes qui se présentent.",
				tags: ["accueil"],
			},
			{
				id: "centre:voix",
				name: "Voix du lieu",
				alignments: [{ targetName: "=Accueil; « à nous »", targetFramework: "Référentiel maison", targetCode: "+A1" }],
			},
			{ id: "centre:faux", name: "Cariste", alignments: [{ targetName: "Cariste" }] },
		],
	);
});
afterAll(() => lone.stop());

describe("curating alignments", () => {
	it("is for those whose token says so, and for nobody else", async () => {
		const mapping = { badgeId: "centre:accueil", targetKind: "JOB", targetCode: "M1601" };
		expect((await propose(mapping, "unsigned")).errors?.[0]?.extensions?.code).toBe("ROUTER_TOKEN_REQUIRED");
		expect(
			(await lone.ask(`mutation ($mapping: MappingInput!) { proposeMapping(mapping: $mapping) { __typename } }`, { mapping })).errors?.[0]
				?.extensions?.code,
		).toBe("UNAUTHENTICATED");
		expect((await propose(mapping, { subject: "paul", scopes: ["badges:write"] })).errors?.[0]?.extensions?.code).toBe("FORBIDDEN");
		expect((await lone.database.query("SELECT FROM mapping")).length).toBe(0);
	});

	it("of a badge without any alignment: a proposal changes nothing until it is accepted, and its history is kept", async () => {
		const proposed = (await propose({ badgeId: "centre:accueil", targetKind: "JOB", targetCode: "m1601", note: "évident" })).data
			.proposeMapping;
		expect(proposed).toMatchObject({
			status: "PROPOSED",
			history: [{ curator: "marie", issuer: ISSUER, status: "PROPOSED", note: "évident" }],
		});
		expect((await read("centre:accueil")).jobs).toEqual([]);
		await decide(proposed.id, "ACCEPTED");
		expect((await read("centre:accueil")).jobs).toEqual([{ provenance: "CURATED", confidence: 1, job: { code: "M1601" } }]);
		const rejected = (await decide(proposed.id, "REJECTED", "à revoir")).data.decideMapping;
		expect(rejected.history.map(({ status, note }: { status: string; note: string }) => [status, note])).toEqual([
			["REJECTED", "à revoir"],
			["ACCEPTED", null],
			["PROPOSED", "évident"],
		]);
		expect((await read("centre:accueil")).jobs).toEqual([]);
	});

	it("of an alignment holds for every badge that has it, and takes away what was misunderstood", async () => {
		expect((await read("centre:faux")).jobs).toEqual([{ provenance: "LABEL", confidence: expect.closeTo(0.85), job: { code: "N1101" } }]);
		const { data } = await propose({ alignment: { targetName: "CARISTE" }, targetKind: "JOB", targetCode: "N1101" });
		await decide(data.proposeMapping.id, "REJECTED");
		const { jobs, alignmentReadings } = await read("centre:faux");
		expect({ jobs, alignmentReadings }).toEqual({
			jobs: [],
			alignmentReadings: [{ reason: "REJECTED", provenance: null, confidence: 0, raw: { targetName: "Cariste" }, meaning: null, rome: [] }],
		});
	});

	it("refuses what it does not know, in words", async () => {
		const code = async (mapping: object) =>
			(await propose({ targetKind: "JOB", targetCode: "M1601", ...mapping })).data.proposeMapping.code;
		expect(await code({ badgeId: "centre:rien" })).toBe("UNKNOWN_BADGE");
		expect(await code({ badgeId: "centre:voix", targetCode: "M9999" })).toBe("UNKNOWN_TARGET");
		expect(await code({})).toBe("WRONG_SUBJECT");
		expect((await decide("nothing", "ACCEPTED")).data.decideMapping.code).toBe("UNKNOWN_MAPPING");
	});

	it("goes out as a table that spreadsheets do not run, and comes back the same", async () => {
		const { data } = await propose({
			alignment: { targetName: "=Accueil; « à nous »", targetFramework: "Référentiel maison", targetCode: "+A1" },
			targetKind: "JOB",
			targetCode: "M1601",
			note: "@note",
		});
		await decide(data.proposeMapping.id, "ACCEPTED", "@note");
		const csv = (await lone.ask("{ mappingsCsv }")).data.mappingsCsv as string;
		expect(csv.startsWith("\uFEFFbadge;targetName;")).toBe(true);
		expect(csv).toContain(`;"'=Accueil; « à nous »";'+A1;Référentiel maison;;JOB;M1601;ACCEPTED;'@note`);
		expect((await importCsv(csv)).data.importMappings).toEqual({ __typename: "MappingImport", added: 0, changed: 0, unchanged: 3 });
		await lone.database.query("DELETE FROM mapping");
		expect((await importCsv(csv)).data.importMappings).toMatchObject({ added: 3 });
		expect((await lone.ask("{ mappingsCsv }")).data.mappingsCsv).toBe(csv);
		expect((await read("centre:voix")).jobs).toEqual([{ provenance: "CURATED", confidence: 1, job: { code: "M1601" } }]);
	});

	it.each([
		["badge;kind;code\ncentre:voix;JOB;M1601\ncentre:rien;JOB;M1601\n", "line 3: badgeId: no badge class"],
		["badge;kind;code\ncentre:voix;METIER;M1601\n", "line 2, column kind"],
		["badge,kind,code,status\ncentre:voix,JOB,K1801,MAYBE\n", "line 2, column status"],
		["badge;code\ncentre:voix;K1801\n", "line 1, column kind: is missing"],
		['badge;kind;code\n"centre:voix;JOB;K1801\n', "line"],
	])("takes nothing of a wrong table, and says where it is wrong (%#)", async (csv, message) => {
		const before = (await lone.ask("{ mappingsCsv }")).data.mappingsCsv;
		expect((await importCsv(csv)).data.importMappings).toMatchObject({ code: "WRONG_FILE", message: expect.stringContaining(message) });
		expect((await lone.ask("{ mappingsCsv }")).data.mappingsCsv).toBe(before);
	});

	it("ranks suggestions for a badge by its words, without those that were rejected", async () => {
		const { alignmentSuggestions } = await read("centre:accueil");
		expect(alignmentSuggestions.length).toBeGreaterThan(0);
		expect(alignmentSuggestions[0].meaning.label.toLowerCase()).toContain("accueil");
		const scores = alignmentSuggestions.map(({ score }: { score: number }) => score);
		expect(scores).toEqual([...scores].sort((left, right) => right - left));
		expect(alignmentSuggestions.map(({ meaning }: { meaning: { code: string } }) => meaning.code)).not.toContain("M1601");
		const { data } = await lone.ask(
			"{ unalignedBadges(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } } mappings(first: 2) { nodes { id } pageInfo { hasNextPage } } }",
		);
		expect(data.unalignedBadges.nodes).toEqual([{ id: "centre:accueil" }]);
		expect(data.unalignedBadges.pageInfo.hasNextPage).toBe(true);
		expect(data.mappings).toMatchObject({ pageInfo: { hasNextPage: true } });
	});
});
