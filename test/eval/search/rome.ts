import type { Thesaurus } from "../../../subgraphs/catalogue/search/thesaurus.ts";
import { readCsv } from "./read-tables.ts";

/** The archive of ROME 4.0 as the catalogue takes a thesaurus: jobs with their appellations and what they ask for. */
export function readRome(folder: string): Thesaurus {
	const version = "v460_utf8";
	const file = (name: string) => `unix_${name}_${version}.csv`;
	const domains = new Map(
		readCsv(folder, file("cr_gd_dp"), ["code_rome", "libelle_domaine_professionel"]).map((row) => [
			row.code_rome,
			row.libelle_domaine_professionel as string,
		]),
	);
	const appellations = new Map<string, string[]>();
	for (const row of readCsv(folder, file("referentiel_appellation"), ["libelle_appellation_long", "code_rome"]))
		appellations.set(row.code_rome as string, [
			...(appellations.get(row.code_rome as string) ?? []),
			row.libelle_appellation_long as string,
		]);
	const competencies = [
		...readCsv(folder, file("referentiel_competence"), ["code_ogr", "libelle_competence", "cat_comp", "definition"]).map((row) => ({
			code: row.code_ogr as string,
			label: row.libelle_competence as string,
			definition: row.definition || null,
			isSoftSkill: row.cat_comp === "Savoir-être professionnel",
		})),
		...readCsv(folder, file("referentiel_savoir"), ["code_ogr_savoir", "libelle_savoir"]).map((row) => ({
			code: row.code_ogr_savoir as string,
			label: row.libelle_savoir as string,
			definition: null,
			isSoftSkill: false,
		})),
	];
	const links = new Map<string, { code: string; core: boolean }[]>();
	for (const row of readCsv(folder, file("coherence_item"), ["code_rome", "code_ogr", "coeur_metier"]))
		links.set(row.code_rome as string, [
			...(links.get(row.code_rome as string) ?? []),
			{ code: row.code_ogr as string, core: row.coeur_metier === "Principale" },
		]);
	const texts = { definition: new Map<string, string>(), acces_metier: new Map<string, string>() };
	for (const row of readCsv(folder, file("texte"), ["code_rome", "libelle_type_texte", "libelle_texte"])) {
		const of = texts[row.libelle_type_texte as keyof typeof texts];
		of.set(row.code_rome as string, [of.get(row.code_rome as string) ?? [], row.libelle_texte as string].flat().join("\n"));
	}
	return {
		jobs: readCsv(folder, file("referentiel_code_rome"), ["code_rome", "libelle_rome"]).map((row) => {
			const code = row.code_rome as string;
			return {
				code,
				label: row.libelle_rome as string,
				domain: domains.get(code) ?? "",
				appellations: appellations.get(code) ?? [],
				definition: texts.definition.get(code) ?? null,
				access: texts.acces_metier.get(code) ?? null,
				competencies: links.get(code) ?? [],
			};
		}),
		competencies,
	};
}
