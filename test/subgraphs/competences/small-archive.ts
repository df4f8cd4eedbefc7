import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ARCHIVE } from "../../../subgraphs/competences/import/rome-archive.ts";

/** A small archive of ROME 4.0 with invented jobs, whole in all its 27 files. */
export interface SmallArchive {
	folder: string;
	/** Path of a file of it. */
	file(name: string): string;
	/** Writes a file anew, from its lines. */
	write(name: string, lines: readonly string[]): void;
	remove(): void;
}

interface SmallJob {
	code: string;
	ogr: string;
	label: string;
	/** Appellations: OGR code and label; the first is the main one. */
	names: [ogr: string, label: string][];
	/** Competencies: OGR code and `Principale`, `Émergente` or nothing. */
	links: [ogr: string, heart: string][];
	near: string[];
}

export const SMALL_JOBS: SmallJob[] = [
	{
		code: "K1801",
		ogr: "398",
		label: "Conseiller / Conseillère en emploi",
		names: [
			["13436", "Conseiller / Conseillère en emploi"],
			["13348", "Chargé / Chargée d'emploi"],
		],
		links: [
			["100001", "Principale"],
			["300001", "Émergente"],
			["500001", ""],
		],
		near: ["K2111"],
	},
	{
		code: "K1802",
		ogr: "399",
		label: "Référent / Référente emploi",
		names: [
			["13500", "Référent / Référente emploi"],
			["13501", "Agent / Agente d'insertion"],
		],
		links: [["100001", "Principale"]],
		near: ["K1801"],
	},
	{
		code: "K2111",
		ogr: "414",
		label: "Formateur / Formatrice",
		names: [["15123", "Formateur / Formatrice"]],
		links: [
			["100002", "Principale"],
			["300002", ""],
		],
		near: ["K1801"],
	},
];

const COMPETENCIES = [
	["100001", "Compétence", "Accueillir une personne", "Savoir-faire"],
	["100002", "Compétence", 'Animer une séance, dite "atelier"', "Savoir-faire"],
	["300001", "Macro-compétence", "Accompagner", "Savoir-faire"],
	["300002", "Macro-compétence", "Être à l'écoute", "Savoir-être professionnel"],
];

/** Lines of each file, without the header. */
function linesOf(jobs: readonly SmallJob[]): Record<string, string[][]> {
	const groups = { secteur_activite: "1", themes: "001", centre_interet: "1" };
	return {
		referentiel_code_rome: jobs.map(({ code, ogr, label }) => [code, "1", ogr, label, "", "", "", "", "", code]),
		grand_domaine: [["K", "Services"]],
		domaine_professionnel: [
			["K18", "Emploi"],
			["K21", "Formation"],
		],
		cr_gd_dp: jobs.map(({ code, label }) => [code, label, "K", "Services", code.slice(0, 3), "Domaine"]),
		referentiel_appellation: jobs.flatMap(({ code, names }) =>
			names.map(([ogr, label], index) => [
				ogr,
				label,
				label,
				code,
				"",
				"",
				"",
				"",
				"",
				index === 0 ? "PRINCIPALE" : "SYNONYME",
				"",
				code,
				"N",
			]),
		),
		cr_gd_dp_appellations: jobs.flatMap(({ names }) => names.map(([ogr, label]) => ["", "", "", "", label, label, "4", "1", "1", ogr])),
		referentiel_competence: COMPETENCIES.map(([ogr = "", nature = "", label = "", kind = ""]) => [
			ogr,
			nature,
			label,
			"",
			"",
			"",
			kind,
			"Technique",
			"",
			"",
			"",
			"",
		]),
		referentiel_savoir: [["500001", "Droit du travail", "Domaines d'expertise", "Droit", "", ""]],
		item: [
			...COMPETENCIES.map(([ogr = "", , label = ""]) => [ogr, label, "1"]),
			["500001", "Droit du travail", "3"],
			["23374", "Travail le samedi", ""],
		],
		coherence_item: jobs.flatMap(({ code, links }) => [...links.map(([ogr, heart]) => [code, ogr, heart]), [code, "23374", ""]]),
		liens_rome_referentiels: jobs.flatMap(({ code, ogr, links }) => [
			[code, "1", "", ogr],
			...links.map(([item]) => [code, "5", "1", item]),
			[code, "6", "", "23374"],
		]),
		referentiel_contexte_travail: [["23374", "Travail le samedi", "2", "Horaires"]],
		rubrique_mobilite: jobs.flatMap(({ code, near }) => near.map((target, index) => [code, target, String(index + 1)])),
		texte: jobs.map(({ code, label }) => [code, "3", "definition", "1", `${label}, en deux\n\nlignes.`]),
		secteur_activite: [[groups.secteur_activite, "Services", "Une définition\n\nsur deux lignes"]],
		arborescence_secteur_activite: jobs.map(({ code, ogr, label }) => [
			groups.secteur_activite,
			"Services",
			"",
			"",
			ogr,
			code,
			label,
			"oui",
		]),
		sous_secteur_activite: [["145", "Autres", "", "1"]],
		secteur_naf: [["1", "85", "Enseignement"]],
		arborescence_secteur_naf: jobs.map(({ code, ogr, label }) => ["85", "Enseignement", ogr, code, label]),
		themes: [[groups.themes, "Relation", ""]],
		arborescence_thematique: [],
		centre_interet: [[groups.centre_interet, "Aider", ""]],
		arborescence_centre_interet: jobs.map(({ code, ogr, label }) => [groups.centre_interet, "Aider", ogr, code, label, "oui"]),
		referentiel_code_rome_riasec: jobs.map(({ code }) => [code, "S", ""]),
		referentiel_macro_competence_riasec: [["300001", "S", ""]],
		composition_bloc: [["1", "Intitulé"]],
		descriptif_rubrique: [["1", "5", "1", "Savoir-faire"]],
	};
}

const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",");

/** Where the publisher's columns are in another order than ours. */
const HEADERS: Record<string, string[]> = {
	secteur_naf: ["code_tech_secteur_naf", "code_secteur_naf", "libelle_secteur_naf"],
	arborescence_secteur_activite: [
		"code_sect_activite",
		"libelle_sect_activite",
		"code_ss_sect_activite",
		"libelle_ss_sect_activite",
		"code_ogr_rome",
		"code_rome",
		"libelle_rome",
		"principal",
	],
	arborescence_centre_interet: ["code_centre_interet", "libelle_centre_interet", "code_ogr_rome", "code_rome", "libelle_rome", "principal"],
};

export function smallArchive({ version = 60, jobs = SMALL_JOBS }: { version?: number; jobs?: readonly SmallJob[] } = {}): SmallArchive {
	const folder = mkdtempSync(path.join(tmpdir(), "rome-"));
	mkdirSync(folder, { recursive: true });
	const lines = linesOf(jobs);
	const archive: SmallArchive = {
		folder,
		file: (name) => path.join(folder, `unix_${name}_v4${version}_utf8.csv`),
		write: (name, all) => writeFileSync(archive.file(name), all.map((line) => `${line}\n`).join("")),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
	for (const { name, shape } of ARCHIVE)
		archive.write(name, [quoted(HEADERS[name] ?? Object.keys(shape.columns)), ...(lines[name] ?? []).map(quoted)]);
	return archive;
}
