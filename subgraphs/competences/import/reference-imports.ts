import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import type { DataSource } from "typeorm";
import { OperatorError } from "../../kit/errors.ts";
import { labelForms } from "../label-forms.ts";
import type { ReferentialKind } from "../referential.ts";
import { understandAgain } from "../understand-badges.ts";
import { type CopyValue, copyRows } from "./copy-rows.ts";
import { anything, type ImportReport, type ImportWatch, inTransaction } from "./import-rome.ts";
import { type MergeCount, type MergedTable, mergeTable, stageTable } from "./merge-table.ts";
import { noteReferential } from "./note-referential.ts";
import { type ColumnRule, readTable, type TableRow } from "./read-table.ts";

/** Referentials that come as tables with tabs between the columns. */

interface TableFile {
	file: string;
	/** Looked for in the second folder, and passed over where it is absent. */
	beside?: true;
	columns: Record<string, ColumnRule>;
	into: string;
	/** Columns of the table, and a record's values for them; null for a record of which nothing is kept. */
	names: readonly string[];
	values: (get: TableRow["get"], seen: Map<string, string>) => readonly CopyValue[] | null;
}

interface ReferenceImport {
	kind: `${ReferentialKind}`;
	source: string;
	licence: string;
	files: readonly TableFile[];
	/** In the order in which they refer to each other. */
	tables: (version: string) => readonly MergedTable[];
	/** Run in the staging tables before they are merged: what would refer to nothing. */
	check?: { sql: string; column: string };
}

const UUID: ColumnRule = { form: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, is: "an identifier of ESCO" };
const CODE: ColumnRule = { form: /^[a-z0-9-]{1,40}$/, is: "a code of small letters and digits" };
const TEXT: ColumnRule = {};
const MAYBE: ColumnRule = { optional: true };
const ROME: ColumnRule = { form: /^[A-N]\d{4}$/, is: "a ROME code like K1801" };
const OGR: ColumnRule = { form: /^\d{1,6}$/, is: "an OGR code of up to six digits" };
const NAF: ColumnRule = { form: /^\d\d(\.\d{1,2}[A-Z]?)?$/, is: "a NAF code like 10.11Z, 10.1 or 10" };
const IDCC: ColumnRule = { form: /^\d{4}$/, is: "an IDCC of four digits" };

const or = (text: string) => (text === "" ? null : text);
const several = (text: string) =>
	text
		.split("|")
		.map((one) => one.trim())
		.filter((one) => one !== "");

const escoFile = (file: string, rest: Record<string, ColumnRule>): TableFile => ({
	file,
	columns: { id: UUID, libelle: TEXT, alt: MAYBE, ...rest },
	into: "term",
	names: ["scheme", "code", "label", "forms"],
	values: (get) => [
		"ESCO",
		get("id"),
		get("libelle"),
		[...new Set([get("libelle"), ...several(get("alt"))].flatMap((one) => labelForms(one.replace(/(\S)\/(\S)/g, "$1 / $2"))))],
	],
});

const TERM_TABLES = (version: string, scope: string): MergedTable[] => [
	{
		table: "term",
		key: ["scheme", "code"],
		columns: ["label", "forms", "definition", "retiredIn"],
		missing: { retire: version, where: `kept.scheme ${scope}` },
	},
	{
		table: "term_link",
		key: ["scheme", "code", "targetKind", "targetCode"],
		columns: ["basis"],
		missing: { remove: `kept.scheme ${scope}` },
	},
];
const LINK_NAMES = ["scheme", "code", "targetKind", "targetCode", "basis"];

export const REFERENCE_IMPORTS: Record<"esco" | "regional" | "opco" | "departements", ReferenceImport> = {
	esco: {
		kind: "ESCO",
		source: "European Commission, ESCO",
		licence: "Decision 2011/833/EU",
		files: [
			escoFile("esco_skills_fr.tsv", { type: MAYBE, reuse_level: MAYBE }),
			escoFile("esco_occupations_fr.tsv", { isco08: MAYBE }),
			{
				file: "rome_esco.tsv",
				beside: true,
				columns: { code_rome: ROME, esco_occupation: UUID, methode: TEXT },
				into: "term_link",
				names: LINK_NAMES,
				values: (get, seen) => once(seen, ["ESCO", get("esco_occupation"), "JOB", get("code_rome"), get("methode")]),
			},
			{
				file: "rome_esco_skills.tsv",
				beside: true,
				columns: { code_ogr: OGR, esco_skill: UUID, methode: TEXT },
				into: "term_link",
				names: LINK_NAMES,
				values: (get, seen) => once(seen, ["ESCO", get("esco_skill"), "COMPETENCY", get("code_ogr"), get("methode")]),
			},
		],
		tables: (version) => TERM_TABLES(version, "= 'ESCO'"),
		check: {
			sql: "SELECT code AS value FROM stage_term_link AS link WHERE NOT EXISTS (SELECT FROM stage_term AS term WHERE term.code = link.code) LIMIT 1",
			column: "esco_occupation or esco_skill",
		},
	},
	regional: {
		kind: "REGIONAL",
		source: "Regional referentials",
		licence: "as each publisher says",
		files: ["term", "term_link"].map((into) => ({
			file: "savoir_etre.tsv",
			columns: { code: TEXT, referentiel: TEXT, libelle: TEXT, definition: MAYBE, equivalent_rome_ogr: { ...OGR, optional: true } },
			into,
			names: into === "term" ? ["scheme", "code", "label", "forms", "definition"] : LINK_NAMES,
			values: (get) => {
				const scheme = get("referentiel").replace(/\s*\(.*$/, "");
				// ROME itself is imported from its own archive.
				if (/^ROME\b/i.test(scheme)) return null;
				if (into === "term") return [scheme, get("code"), get("libelle"), labelForms(get("libelle")), or(get("definition"))];
				const ogr = get("equivalent_rome_ogr");
				return ogr === "" ? null : [scheme, get("code"), "COMPETENCY", ogr, "equivalent"];
			},
		})),
		tables: (version) => TERM_TABLES(version, "<> 'ESCO'"),
	},
	opco: {
		kind: "OPCO",
		source: "Ministry of Labour (IDCC), INSEE (NAF)",
		licence: "Licence Ouverte 2.0",
		files: [
			{
				file: "opco.tsv",
				columns: { code: CODE, nom: TEXT, nom_officiel: MAYBE, site: MAYBE, perimetre: MAYBE, description: MAYBE, alias: MAYBE },
				into: "opco",
				names: ["code", "name", "officialName", "site", "scope", "description", "aliases"],
				values: (get) => [
					get("code"),
					get("nom"),
					or(get("nom_officiel")),
					or(get("site")),
					or(get("perimetre")),
					or(get("description")),
					several(get("alias")),
				],
			},
			{
				file: "idcc_opco.tsv",
				columns: { idcc: { ...IDCC, optional: true }, opco: CODE, libelle: TEXT },
				into: "agreement",
				names: ["idcc", "label", "opcoCode"],
				// Branches without a number of their own cannot be told apart.
				values: (get) => (get("idcc") === "" ? null : [get("idcc"), get("libelle"), get("opco")]),
			},
			{
				file: "naf_opco.tsv",
				columns: { naf: NAF, opco: CODE, libelle_naf: MAYBE, base: TEXT, confiance: MAYBE },
				into: "activity",
				names: ["naf", "opcoCode", "label", "basis", "confidence"],
				values: (get) => [get("naf"), get("opco"), get("libelle_naf"), get("base"), or(get("confiance"))],
			},
		],
		tables: () => [
			{
				table: "opco",
				key: ["code"],
				columns: ["name", "officialName", "site", "scope", "description", "aliases"],
				missing: { remove: "TRUE" },
			},
			{ table: "agreement", key: ["idcc"], columns: ["label", "opcoCode"], missing: { remove: "TRUE" } },
			{ table: "activity", key: ["naf", "opcoCode"], columns: ["label", "basis", "confidence"], missing: { remove: "TRUE" } },
		],
		check: {
			sql: `SELECT "opcoCode" AS value FROM (SELECT "opcoCode" FROM stage_agreement UNION ALL SELECT "opcoCode" FROM stage_activity) AS used
				WHERE NOT EXISTS (SELECT FROM stage_opco WHERE stage_opco.code = used."opcoCode") LIMIT 1`,
			column: "opco",
		},
	},
	departements: {
		kind: "DEPARTEMENTS",
		source: "INSEE, Etalab",
		licence: "Licence Ouverte 2.0",
		files: [
			{
				file: "regions.tsv",
				columns: { code_insee: { form: /^\d\d\d?$/, is: "a code of a region" }, nom: TEXT },
				into: "departement",
				names: [],
				values: (get, seen) => {
					seen.set(get("code_insee"), get("nom"));
					return null;
				},
			},
			{
				file: "departements.tsv",
				columns: { code_insee: { form: /^(\d\d|2[AB]|\d{3})$/, is: "a code like 25, 2A or 974" }, nom: TEXT, code_region: MAYBE },
				into: "departement",
				names: ["code", "name", "regionCode", "regionName"],
				values: (get, seen) => [get("code_insee"), get("nom"), get("code_region"), seen.get(get("code_region")) ?? ""],
			},
		],
		tables: () => [{ table: "departement", key: ["code"], columns: ["name", "regionCode", "regionName"], missing: { remove: "TRUE" } }],
	},
};

/** A record, unless the same was there before. */
function once(seen: Map<string, string>, values: string[]): string[] | null {
	const key = values.slice(0, 4).join(" ");
	if (seen.has(key)) return null;
	seen.set(key, key);
	return values;
}

/** Imports a referential from the tables of a folder, in one transaction. `beside` is a second folder, for what links it to ROME. */
export function importReference(
	database: DataSource,
	{ kind, source, licence, files, tables, check }: ReferenceImport,
	folder: string,
	{ beside, onBytes, signal }: ImportWatch & { beside?: string } = {},
): Promise<ImportReport> {
	return inTransaction(database, async (client, manager) => {
		const found = files.flatMap((file) => {
			const full = path.join(file.beside && beside !== undefined ? beside : folder, file.file);
			if (existsSync(full)) return [{ file, full }];
			if (file.beside) return [];
			throw new OperatorError(`${folder} has no ${file.file}.`);
		});
		const digest = await digestOf(found.map(({ full }) => full));
		const merged = tables(digest.slice(0, 12));
		for (const { table } of merged) await stageTable(client, table);
		const seen = new Map<string, string>();
		let done = 0;
		for (const { file, full } of found)
			await stageTableFile(client, file, full, seen, { onBytes: (count) => onBytes?.((done += count), done), signal });
		const [strange] = check ? (await client.query<{ value: string }>(check.sql)).rows : [];
		if (strange) throw new OperatorError(`${folder}: column ${check?.column}: ${strange.value} is not in the list of this import.`);
		const counts = new Map<string, MergeCount>();
		for (const table of merged) counts.set(table.table, await mergeTable(client, table));
		await noteReferential(client, { kind, source, licence, version: digest.slice(0, 12), whole: true, digest });
		const changed = anything(counts);
		if (changed && counts.has("term")) {
			// What was just written has no statistics yet: every look-up would read it all.
			await client.query("ANALYZE term, term_link");
			await understandAgain(manager);
		}
		return { counts, changed };
	});
}

async function stageTableFile(
	client: pg.ClientBase,
	{ columns, into, names, values }: TableFile,
	file: string,
	seen: Map<string, string>,
	watch: { onBytes: (count: number) => void; signal?: AbortSignal },
): Promise<void> {
	const copy = names.length === 0 ? undefined : copyRows(client, `stage_${into}`, names);
	try {
		await readTable(
			file,
			{ delimiter: "\t", columns },
			({ get }) => {
				const row = values(get, seen);
				return row === null ? undefined : copy?.write(row);
			},
			watch,
		);
	} catch (error) {
		await copy?.abort();
		throw error;
	}
	await copy?.end();
}

async function digestOf(files: readonly string[]): Promise<string> {
	const hash = createHash("sha256");
	for (const file of files) hash.update(await readFile(file));
	return hash.digest("hex");
}
