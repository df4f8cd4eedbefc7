import { readFileSync, rmSync, writeFileSync } from "node:fs";
import type { DataSource } from "typeorm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openCompetencesDatabase } from "../../../subgraphs/competences/database.ts";
import { type ImportReport, importRome } from "../../../subgraphs/competences/import/import-rome.ts";
import { importReference, REFERENCE_IMPORTS } from "../../../subgraphs/competences/import/reference-imports.ts";
import { findArchive } from "../../../subgraphs/competences/import/rome-archive.ts";
import { loadReferential } from "../../../subgraphs/competences/load-referential.ts";
import { understandAlignments } from "../../../subgraphs/competences/understand-alignments.ts";
import type { DatabaseAddress } from "../../../subgraphs/kit/database-address.ts";
import { freshSchemas } from "../../kit/database.ts";
import { runProgram } from "../../kit/program.ts";
import { sharedData } from "../../kit/shared-data.ts";
import { SMALL_JOBS, type SmallArchive, smallArchive } from "./small-archive.ts";

let address: DatabaseAddress;
let database: DataSource;
const made: SmallArchive[] = [];

const make = (options?: Parameters<typeof smallArchive>[0]) => {
	const archive = smallArchive(options);
	made.push(archive);
	return archive;
};
const importFrom = ({ folder }: { folder: string }) => importRome(database, findArchive(folder));
const total = ({ counts }: ImportReport, table: string) => {
	const { unchanged = 0, inserted = 0, updated = 0 } = counts.get(table) ?? {};
	return unchanged + inserted + updated;
};

const TABLES = [
	"referential",
	"domain",
	"job",
	"appellation",
	"competency",
	"job_competency",
	"near_job",
	"job_group",
	"job_in_group",
	"term",
	"term_link",
];

/** Every row with its place and the transaction that wrote it: the same only when nothing was written. */
async function footprint(): Promise<string[]> {
	const prints: string[] = [];
	for (const table of TABLES) {
		const [row] = await database.query(
			`SELECT count(*)::int AS rows, md5(coalesce(string_agg(concat_ws(' ', ctid, xmin, xmax, t::text), '|' ORDER BY ctid), '')) AS print FROM ${table} AS t`,
		);
		prints.push(`${table} ${row.rows} ${row.print}`);
	}
	return prints;
}

beforeEach(async () => {
	address = (await freshSchemas(["competences"])).get("competences") as DatabaseAddress;
	database = await openCompetencesDatabase(address, 2);
});
afterEach(async () => {
	await database.destroy();
	for (const archive of made.splice(0)) archive.remove();
});

describe("an archive of ROME", () => {
	it("is imported whole: jobs, their other names, competencies of every kind, links, near jobs, groups", async () => {
		const report = await importFrom(make());
		expect(Object.fromEntries([...report.counts].map(([table, { inserted }]) => [table, inserted]))).toEqual({
			domain: 3,
			job: 3,
			appellation: 5,
			competency: 5,
			job_competency: 6,
			near_job: 3,
			job_group: 5,
			job_in_group: 12,
		});
		const [job] = await database.query(`SELECT * FROM job WHERE code = 'K1801'`);
		expect(job).toMatchObject({
			label: "Conseiller / Conseillère en emploi",
			domainCode: "K18",
			definition: "Conseiller / Conseillère en emploi, en deux\n\nlignes.",
			retiredIn: null,
		});
		expect(await database.query(`SELECT code, kind FROM competency ORDER BY code`)).toEqual([
			{ code: "100001", kind: "KNOW_HOW" },
			{ code: "100002", kind: "KNOW_HOW" },
			{ code: "300001", kind: "MACRO" },
			{ code: "300002", kind: "SOFT_SKILL" },
			{ code: "500001", kind: "KNOWLEDGE" },
		]);
		expect(await database.query(`SELECT core, emerging FROM job_competency WHERE "jobCode" = 'K1801' ORDER BY "competencyCode"`)).toEqual([
			{ core: true, emerging: false },
			{ core: false, emerging: true },
			{ core: false, emerging: false },
		]);
	});

	it("writes nothing when it is imported again", async () => {
		await importFrom(make());
		const before = await footprint();
		const report = await importFrom(make());
		expect(report.changed).toBe(false);
		expect([...report.counts.values()].every(({ inserted, updated, retired }) => inserted + updated + retired === 0)).toBe(true);
		expect(await footprint()).toEqual(before);
	});

	it("takes the place of the extract that ships, which does not come back at the next start", async () => {
		await database.transaction((manager) => loadReferential(manager));
		const { counts } = await importFrom(make());
		expect(counts.get("job")).toMatchObject({ retired: 60 });
		expect(await database.transaction((manager) => loadReferential(manager))).toBe(false);
		expect(await database.query(`SELECT kind, version, whole FROM referential`)).toEqual([{ kind: "ROME", version: "60", whole: true }]);
	});

	it("of a newer version keeps a removed job readable and points it to its successor", async () => {
		await importFrom(make());
		// K1802 is gone: its main appellation is one of K1801's now.
		const [first, second, third] = SMALL_JOBS as [(typeof SMALL_JOBS)[0], (typeof SMALL_JOBS)[0], (typeof SMALL_JOBS)[0]];
		const newer = make({ version: 61, jobs: [{ ...first, names: [...first.names, ...second.names] }, third] });
		const { counts } = await importFrom(newer);
		expect(counts.get("job")).toEqual({ unchanged: 1, inserted: 0, updated: 1, retired: 1 });
		const [retired] = await database.query(`SELECT label, "retiredIn", "successorCode" FROM job WHERE code = 'K1802'`);
		expect(retired).toEqual({ label: "Référent / Référente emploi", retiredIn: "61", successorCode: "K1801" });
		expect(await database.query(`SELECT "competencyCode" FROM job_competency WHERE "jobCode" = 'K1802'`)).toHaveLength(1);
		const alignment = { targetName: "?", targetUrl: null, targetFramework: "ROME", targetCode: "K1802", targetDescription: null };
		expect((await understandAlignments(database.manager, [alignment]))[0]).toMatchObject({
			meaning: { code: "K1801" },
			reason: "RETIRED_CODE",
		});
		// The older version again: the job is in force again.
		await importFrom(make());
		expect(await database.query(`SELECT "retiredIn", "successorCode" FROM job WHERE code = 'K1802'`)).toEqual([
			{ retiredIn: null, successorCode: null },
		]);
	});
});

describe("a broken archive changes nothing, and says where it is broken", () => {
	const replaceIn = (name: string, from: string | RegExp, to: string) => (archive: SmallArchive) => {
		const text = readFileSync(archive.file(name), "utf8");
		expect(text).toMatch(from);
		writeFileSync(archive.file(name), text.replace(from, to));
	};
	const withoutLast = (name: string, lines: number) => (archive: SmallArchive) =>
		archive.write(name, readFileSync(archive.file(name), "utf8").trimEnd().split("\n").slice(0, -lines));

	it.each<[string, (archive: SmallArchive) => void, RegExp]>([
		[
			"a missing column",
			replaceIn("coherence_item", '"coeur_metier"', '"heart"'),
			/unix_coherence_item_v460_utf8\.csv, line 1, column coeur_metier: is missing/,
		],
		[
			"a code in a wrong form",
			replaceIn("coherence_item", /"K2111","300002"/, '"K21","300002"'),
			/unix_coherence_item_v460_utf8\.csv, line 9, column code_rome: "K21" is not a ROME code/,
		],
		[
			"a code that nothing else has",
			replaceIn("rubrique_mobilite", /"K1802","K1801"/, '"K1802","M9999"'),
			/unix_rubrique_mobilite_v460_utf8\.csv, line 3, column code_rome_cible: M9999/,
		],
		[
			"an unknown word",
			replaceIn("coherence_item", "Émergente", "Majeure"),
			/unix_coherence_item_v460_utf8\.csv, line 3, column coeur_metier: "Majeure"/,
		],
		[
			"an empty label",
			replaceIn("referentiel_savoir", "Droit du travail", ""),
			/unix_referentiel_savoir_v460_utf8\.csv, line 2, column libelle_savoir: is empty/,
		],
		[
			"a code twice",
			replaceIn("referentiel_competence", '"100002"', '"100001"'),
			/unix_referentiel_competence_v460_utf8\.csv, line 3, column code_ogr: 100001 is there twice/,
		],
		[
			"a cut within a quote",
			(archive) => writeFileSync(archive.file("texte"), readFileSync(archive.file("texte")).subarray(0, -20)),
			/unix_texte_v460_utf8\.csv, line \d+, column \S+:.* cut/,
		],
		[
			"a cut between two values",
			replaceIn("coherence_item", /,"23374",""\n$/, ',"23374"\n'),
			/unix_coherence_item_v460_utf8\.csv, line 10, column coeur_metier: the record has 2 values, and 3 are expected/,
		],
		[
			"a cut before the last line end",
			replaceIn("coherence_item", /\n$/, ""),
			/unix_coherence_item_v460_utf8\.csv, line 10, column \d+: the last line does not end/,
		],
		[
			"links cut between two lines",
			withoutLast("coherence_item", 2),
			/unix_coherence_item_v460_utf8\.csv, line 8, column code_ogr: ends here without K2111 300002, which unix_liens/,
		],
		[
			"jobs cut between two lines",
			withoutLast("referentiel_code_rome", 1),
			/unix_referentiel_code_rome_v460_utf8\.csv, line 3, column code_rome: ends here without K2111/,
		],
		[
			"appellations cut between two lines",
			withoutLast("referentiel_appellation", 1),
			/unix_referentiel_appellation_v460_utf8\.csv, line 5, column code_ogr: ends here without 15123/,
		],
		[
			"texts cut between two jobs",
			withoutLast("texte", 3),
			/unix_texte_v460_utf8\.csv, line \d+, column code_rome: ends here without K2111/,
		],
		[
			"another encoding",
			(archive) =>
				writeFileSync(
					archive.file("referentiel_savoir"),
					Buffer.from(readFileSync(archive.file("referentiel_savoir"), "utf8").replace("travail", "travaillé"), "latin1"),
				),
			/unix_referentiel_savoir_v460_utf8\.csv, line 2, column 28: is not UTF-8/,
		],
		["an empty file", (archive) => writeFileSync(archive.file("themes"), ""), /unix_themes_v460_utf8\.csv, line 1: is empty/],
		["a missing file", (archive) => rmSync(archive.file("item")), /1 of its 27 files are missing: unix_item/],
	])("%s", async (_name, spoil, message) => {
		await importFrom(make());
		const before = await footprint();
		const newer = make({ jobs: SMALL_JOBS.map((job) => ({ ...job, label: `${job.label} confirmé` })) });
		spoil(newer);
		await expect((async () => importFrom(newer))()).rejects.toThrow(message);
		expect(await footprint()).toEqual(before);
	});

	it("but is read in the encoding in which one of its files is published", async () => {
		const archive = make();
		writeFileSync(
			archive.file("arborescence_secteur_naf"),
			Buffer.from(readFileSync(archive.file("arborescence_secteur_naf"), "utf8"), "latin1"),
		);
		expect(total(await importFrom(archive), "job")).toBe(3);
	});
});

describe("npm run import", () => {
	const run = async (...words: string[]) => {
		const program = runProgram("subgraphs/competences/import/main.ts", words, {
			env: {
				DATABASE_URL: `postgres://${address.user}@localhost:${address.port}/${address.database}?host=${encodeURIComponent(address.host)}`,
			},
		});
		return { code: await program.ended, output: program.output() };
	};

	it("tells what it did, and what it did not do again", async () => {
		const { folder } = make();
		const first = await run("rome", folder);
		expect(first.output).toMatch(/jobs +3 +0 +3 +0 +0/);
		expect(first).toMatchObject({ code: 0 });
		expect((await run("rome", folder)).output).toContain("nothing was written");
	});

	it("says how it is used when it is used wrongly", async () => {
		expect(await run("--help")).toMatchObject({ code: 0, output: expect.stringContaining("npm run import -- WHAT FOLDER") });
		for (const [words, message] of [
			[[], "Say what to import."],
			[["onet", "x"], '"onet" is not a referential.'],
			[["rome"], "Say the folder of rome."],
			[["rome", "/nowhere"], "/nowhere is not a folder that can be read"],
			[["opco", "x", "--rome", "y"], 'Unknown option "--rome"'],
		] as const)
			expect(await run(...words)).toMatchObject({ code: 1, output: expect.stringContaining(message) });
	});
});

const rome = sharedData("rome", "The official archive of ROME");
const esco = sharedData("esco", "The tables of ESCO");
const opco = sharedData("opco", "The tables of OPCOs");
const territory = sharedData("territory", "The tables of départements");

describe.skipIf(!rome)("the official archive", () => {
	it("has what its publisher says, and is imported once", { timeout: 180_000 }, async () => {
		const report = await importRome(database, findArchive(rome as string));
		expect([...report.counts].map(([table]) => [table, total(report, table)])).toEqual([
			["domain", 124],
			["job", 1584],
			["appellation", 13_120],
			["competency", 33_671],
			["job_competency", 90_556],
			["near_job", 14_912],
			["job_group", 350],
			["job_in_group", 24_530],
		]);
		const before = await footprint();
		expect((await importRome(database, findArchive(rome as string))).changed).toBe(false);
		expect(await footprint()).toEqual(before);
	});
});

describe.skipIf(!esco || !opco || !territory || !rome)("the other referentials", () => {
	it("are imported, and once", { timeout: 60_000 }, async () => {
		const imports = async () => [
			await importReference(database, REFERENCE_IMPORTS.esco, esco as string, { beside: rome }),
			await importReference(database, REFERENCE_IMPORTS.regional, rome as string),
			await importReference(database, REFERENCE_IMPORTS.opco, opco as string),
			await importReference(database, REFERENCE_IMPORTS.departements, territory as string),
		];
		const [terms, regional, opcos, departements] = (await imports()) as [ImportReport, ImportReport, ImportReport, ImportReport];
		expect([
			total(terms, "term"),
			total(regional, "term"),
			total(opcos, "opco"),
			total(opcos, "agreement"),
			total(opcos, "activity"),
			total(departements, "departement"),
		]).toEqual([15_835, 30, 11, 333, 335, 109]);
		const before = await footprint();
		expect((await imports()).map(({ changed }) => changed)).toEqual([false, false, false, false]);
		expect(await footprint()).toEqual(before);
	});
});
