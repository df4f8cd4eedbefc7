import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { nameCursor } from "../../../schema/cursor.ts";
import { OperatorError } from "../../kit/errors.ts";
import { labelForms } from "../label-forms.ts";
import type { CopyValue } from "./copy-rows.ts";
import type { ColumnRule, TableRow, TableShape } from "./read-table.ts";

/**
 * The official archive of ROME 4.0: 27 CSV files, each with the columns that it must have, and what is taken from each
 * of its records. Files from which nothing is taken repeat what others say: they are what a cut file is found by.
 */

const ROME: ColumnRule = { form: /^[A-N]\d{4}$/, is: "a ROME code like K1801" };
const OGR: ColumnRule = { form: /^\d{1,6}$/, is: "an OGR code of up to six digits" };
const TEXT: ColumnRule = {};
const MAYBE: ColumnRule = { optional: true };
const NUMBER: ColumnRule = { form: /^\d{1,9}$/, is: "a number" };
const SHORT: ColumnRule = { form: /^[A-Z0-9]{1,6}$/, is: "a code" };
const YES_NO: ColumnRule = { form: /^(oui|non)$/, is: "oui or non" };

/** A table for the time of the import: its columns with their types, `line` besides, and the records it takes from files. */
export type RawTable =
	| "job"
	| "place"
	| "domain"
	| "appellation"
	| "competency"
	| "link"
	| "linked"
	| "near"
	| "text"
	| "grp"
	| "member"
	| "listed"
	| "seen";

export interface ArchiveFile {
	name: string;
	shape: TableShape;
	/** Where its records go; `values` gives null for a record of which nothing is kept. */
	into?: { table: RawTable; values: (get: TableRow["get"]) => readonly CopyValue[] | null };
	/** The column of jobs, all of which the file must name: it is cut where one is missing. */
	everyJob?: true;
}

/** Columns of the raw tables after `file` and `line`. */
export const RAW_COLUMNS: Record<RawTable, Record<string, string>> = {
	job: { code: "text", ogr: "text", label: "text", parent: "text", cursor: "text" },
	place: { job: "text", domain: "text" },
	domain: { code: "text", label: "text" },
	appellation: { code: "text", label: "text", job: "text", parent: "text", main: "boolean", forms: "text[]" },
	competency: { code: "text", label: "text", kind: "text", category: "text", definition: "text", macro: "text", forms: "text[]" },
	link: { job: "text", code: "text", heart: "text" },
	linked: { job: "text", block: "text", code: "text" },
	near: { job: "text", target: "text", rank: "integer" },
	text: { job: "text", type: "text", place: "integer", sentence: "text" },
	grp: { kind: "text", code: "text", label: "text" },
	member: { kind: "text", code: "text", job: "text", main: "boolean" },
	listed: { kind: "text", code: "text" },
	seen: { job: "text" },
};

/** By the rubric of an item. */
const ITEM_KINDS: Record<string, string> = { "": "CONTEXT", "3": "KNOWLEDGE" };

const comma = (columns: Record<string, ColumnRule>): TableShape => ({ delimiter: ",", columns });
const or = (text: string) => (text === "" ? null : text);

/** A list of groups of jobs, and the jobs of each. */
function group(
	kind: string,
	list: string,
	code: string,
	label: string,
	rest: string[],
	tree: string,
	treeRest: Record<string, ColumnRule>,
): ArchiveFile[] {
	return [
		{
			name: list,
			shape: comma({ [code]: SHORT, [label]: TEXT, ...Object.fromEntries(rest.map((one) => [one, MAYBE])) }),
			into: { table: "grp", values: (get) => [kind, get(code), get(label)] },
		},
		{
			name: tree,
			shape: {
				...comma({ [code]: SHORT, [label]: TEXT, ...treeRest, code_ogr_rome: OGR, code_rome: ROME, libelle_rome: TEXT }),
				// As version 60 was published.
				...(kind === "NAF" && { orElse: "windows-1252" as const }),
			},
			into: {
				table: "member",
				values: (get) => [kind, get(code), get("code_rome"), "principal" in treeRest ? get("principal") === "oui" : false],
			},
			...(kind !== "THEME" && { everyJob: true as const }),
		},
	];
}

export const ARCHIVE: readonly ArchiveFile[] = [
	{
		name: "referentiel_code_rome",
		shape: comma({
			code_rome: ROME,
			code_fiche_metier: NUMBER,
			code_ogr: OGR,
			libelle_rome: TEXT,
			transition_eco: MAYBE,
			transition_num: MAYBE,
			transition_demo: MAYBE,
			emploi_reglemente: MAYBE,
			emploi_cadre: MAYBE,
			code_rome_parent: ROME,
		}),
		into: {
			table: "job",
			values: (get) => {
				const [code, label] = [get("code_rome"), get("libelle_rome")];
				return [code, get("code_ogr"), label, get("code_rome_parent"), nameCursor(label, code)];
			},
		},
	},
	{
		name: "grand_domaine",
		shape: comma({ code_grand_domaine: { form: /^[A-N]$/, is: "a letter from A to N" }, libelle_grand_domaine: TEXT }),
		into: { table: "domain", values: (get) => [get("code_grand_domaine"), get("libelle_grand_domaine")] },
	},
	{
		name: "domaine_professionnel",
		shape: comma({ code_domaine_professionnel: { form: /^[A-N]\d\d$/, is: "a domain like K18" }, libelle_domaine_professionnel: TEXT }),
		into: { table: "domain", values: (get) => [get("code_domaine_professionnel"), get("libelle_domaine_professionnel")] },
	},
	{
		name: "cr_gd_dp",
		shape: comma({
			code_rome: ROME,
			libelle_rome: TEXT,
			code_grand_domaine: TEXT,
			libelle_grand_domaine: TEXT,
			code_domaine_professionel: TEXT,
			libelle_domaine_professionel: TEXT,
		}),
		into: { table: "place", values: (get) => [get("code_rome"), get("code_domaine_professionel")] },
		everyJob: true,
	},
	{
		name: "referentiel_appellation",
		shape: comma({
			code_ogr: OGR,
			libelle_appellation_long: TEXT,
			libelle_appellation_court: TEXT,
			code_rome: ROME,
			transition_eco: MAYBE,
			transition_num: MAYBE,
			transition_demo: MAYBE,
			emploi_reglemente: MAYBE,
			emploi_cadre: MAYBE,
			classification: { form: /^(PRINCIPALE|SYNONYME)$/, is: "PRINCIPALE or SYNONYME" },
			origine: MAYBE,
			code_rome_parent: ROME,
			peu_usite: MAYBE,
		}),
		into: {
			table: "appellation",
			values: (get) => {
				const [long, short] = [get("libelle_appellation_long"), get("libelle_appellation_court")];
				const forms = long === short ? labelForms(long) : [...new Set([...labelForms(long), ...labelForms(short)])];
				return [get("code_ogr"), long, get("code_rome"), get("code_rome_parent"), get("classification") === "PRINCIPALE", forms];
			},
		},
		everyJob: true,
	},
	{
		name: "cr_gd_dp_appellations",
		shape: comma({
			code_grand_domaine: MAYBE,
			code_domaine_professionnel: MAYBE,
			numero_fiche_rome: MAYBE,
			intitule: MAYBE,
			libelle_appellation_long: MAYBE,
			libelle_appellation_court: MAYBE,
			type_provenance: { form: /^[1-4]$/, is: "a number from 1 to 4" },
			code_fiche: MAYBE,
			ogr_rome: { ...OGR, optional: true },
			ogr_appellation: { ...OGR, optional: true },
		}),
		into: { table: "listed", values: (get) => (get("type_provenance") === "4" ? ["APPELLATION", get("ogr_appellation")] : null) },
	},
	{
		name: "referentiel_competence",
		shape: comma({
			code_ogr: OGR,
			nature: { form: /^(Compétence|Macro-compétence)$/, is: "Compétence or Macro-compétence" },
			libelle_competence: TEXT,
			definition: MAYBE,
			code_ogr_macro_comp: { ...OGR, optional: true },
			code_macro_comp: MAYBE,
			cat_comp: { form: /^Savoir-(faire|être professionnel)$/, is: "Savoir-faire or Savoir-être professionnel" },
			sous_cat_comp: MAYBE,
			transition_eco: MAYBE,
			transition_num: MAYBE,
			libelle_heterogeneite: MAYBE,
			libelle_origine: MAYBE,
		}),
		into: {
			table: "competency",
			values: (get) => {
				const kind = get("cat_comp") !== "Savoir-faire" ? "SOFT_SKILL" : get("nature") === "Compétence" ? "KNOW_HOW" : "MACRO";
				const label = get("libelle_competence");
				return [
					get("code_ogr"),
					label,
					kind,
					or(get("sous_cat_comp")),
					or(get("definition")),
					or(get("code_ogr_macro_comp")),
					labelForms(label),
				];
			},
		},
	},
	{
		name: "referentiel_savoir",
		shape: comma({
			code_ogr_savoir: OGR,
			libelle_savoir: TEXT,
			categorie_savoir: MAYBE,
			sous_categorie_savoir: MAYBE,
			transition_eco: MAYBE,
			transition_num: MAYBE,
		}),
		into: {
			table: "competency",
			values: (get) => [
				get("code_ogr_savoir"),
				get("libelle_savoir"),
				"KNOWLEDGE",
				or(get("sous_categorie_savoir")),
				null,
				null,
				labelForms(get("libelle_savoir")),
			],
		},
	},
	{
		name: "item",
		shape: comma({ code_ogr: OGR, libelle: TEXT, code_rubrique: MAYBE }),
		into: { table: "listed", values: (get) => [ITEM_KINDS[get("code_rubrique")] ?? "SKILL", get("code_ogr")] },
	},
	{
		name: "coherence_item",
		shape: comma({
			code_rome: ROME,
			code_ogr: OGR,
			coeur_metier: { form: /^(Principale|Émergente)$/, is: "Principale, Émergente or nothing", optional: true },
		}),
		into: { table: "link", values: (get) => [get("code_rome"), get("code_ogr"), get("coeur_metier")] },
		everyJob: true,
	},
	{
		name: "liens_rome_referentiels",
		shape: comma({ code_rome: ROME, code_compo_bloc: NUMBER, code_rubrique: MAYBE, code_ogr: OGR }),
		into: {
			table: "linked",
			values: (get) =>
				get("code_compo_bloc") === "5" || get("code_compo_bloc") === "6"
					? [get("code_rome"), get("code_compo_bloc"), get("code_ogr")]
					: null,
		},
		everyJob: true,
	},
	{
		name: "referentiel_contexte_travail",
		shape: comma({ code_ogr: OGR, libelle_cont_travail: TEXT, code_type_cont_trav: MAYBE, libelle_type_cont_trav: MAYBE }),
		into: { table: "grp", values: (get) => ["CONTEXT", get("code_ogr"), get("libelle_cont_travail")] },
	},
	{
		name: "rubrique_mobilite",
		shape: comma({ code_rome: ROME, code_rome_cible: ROME, numero_ordre: NUMBER }),
		into: { table: "near", values: (get) => [get("code_rome"), get("code_rome_cible"), Number(get("numero_ordre"))] },
		everyJob: true,
	},
	{
		name: "texte",
		shape: comma({
			code_rome: ROME,
			code_compo_bloc: NUMBER,
			libelle_type_texte: { form: /^(definition|acces_metier)$/, is: "definition or acces_metier" },
			position_phrase: NUMBER,
			libelle_texte: TEXT,
		}),
		into: {
			table: "text",
			values: (get) => [get("code_rome"), get("libelle_type_texte"), Number(get("position_phrase")), get("libelle_texte")],
		},
		everyJob: true,
	},
	...group(
		"SECTOR",
		"secteur_activite",
		"code_sect_activite",
		"libelle_sect_activite",
		["definition_sect_activite"],
		"arborescence_secteur_activite",
		{ code_ss_sect_activite: MAYBE, libelle_ss_sect_activite: MAYBE, principal: YES_NO },
	),
	{
		name: "sous_secteur_activite",
		shape: comma({
			code_ss_sect_activite: SHORT,
			libelle_ss_sect_activite: TEXT,
			definition_ss_sect_activite: MAYBE,
			code_sect_activite: SHORT,
		}),
	},
	...group("NAF", "secteur_naf", "code_secteur_naf", "libelle_secteur_naf", ["code_tech_secteur_naf"], "arborescence_secteur_naf", {}),
	...group("THEME", "themes", "code_theme", "libelle_theme", ["definition_theme"], "arborescence_thematique", {}),
	...group(
		"INTEREST",
		"centre_interet",
		"code_centre_interet",
		"libelle_centre_interet",
		["definition_centre_interet"],
		"arborescence_centre_interet",
		{ principal: YES_NO },
	),
	{
		name: "referentiel_code_rome_riasec",
		shape: comma({ code_rome: ROME, riasec_majeur: TEXT, riasec_mineur: MAYBE }),
		into: { table: "seen", values: (get) => [get("code_rome")] },
		everyJob: true,
	},
	{ name: "referentiel_macro_competence_riasec", shape: comma({ code_ogr: OGR, riasec_majeur: MAYBE, riasec_mineur: MAYBE }) },
	{ name: "composition_bloc", shape: comma({ code_compo_bloc: NUMBER, libelle_bloc: TEXT }) },
	{
		name: "descriptif_rubrique",
		shape: comma({ code_rubrique: NUMBER, code_compo_bloc: NUMBER, position_rubrique: NUMBER, libelle_rubrique: TEXT }),
	},
];

export interface FoundArchive {
	version: string;
	/** Name in {@link ARCHIVE} → path. */
	files: ReadonlyMap<string, string>;
	/** Bytes of all of them. */
	size: number;
}

const FILE = /^unix_(.+)_v(\d)(\d+)_utf8\.csv$/;

/** Finds the archive's files in a folder. Throws an {@link OperatorError} that names the one that is missing. */
export function findArchive(folder: string): FoundArchive {
	let names: string[];
	try {
		names = readdirSync(folder);
	} catch {
		throw new OperatorError(`${folder} is not a folder that can be read: give the folder of the unpacked archive of ROME.`);
	}
	const files = new Map<string, string>();
	const versions = new Set<string>();
	for (const name of names) {
		const [, what, , version] = FILE.exec(name) ?? [];
		if (what === undefined || version === undefined || !ARCHIVE.some((file) => file.name === what)) continue;
		if (files.has(what))
			throw new OperatorError(`${folder} has ${path.basename(files.get(what) as string)} and ${name}: leave one version in it.`);
		files.set(what, path.join(folder, name));
		versions.add(version);
	}
	const missing = ARCHIVE.filter(({ name }) => !files.has(name)).map(({ name }) => `unix_${name}_v4…_utf8.csv`);
	if (missing.length > 0)
		throw new OperatorError(
			`${folder} is not the whole archive of ROME 4.0: ${missing.length} of its ${ARCHIVE.length} files are missing: ${missing.join(", ")}`,
		);
	if (versions.size > 1)
		throw new OperatorError(`${folder} has files of versions ${[...versions].join(" and ")}: leave one version in it.`);
	const size = [...files.values()].reduce((sum, file) => sum + statSync(file).size, 0);
	return { version: statedVersion(folder) ?? ([...versions][0] as string), files, size };
}

function statedVersion(folder: string): string | undefined {
	try {
		return /version\s*:\s*(\d+)/i.exec(readFileSync(path.join(folder, "version.txt"), "utf8"))?.[1];
	} catch {
		return undefined; // the names of the files say it too
	}
}
