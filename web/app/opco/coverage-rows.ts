import { formatYes } from "../i18n/format.ts";
import { type Locale, textsOf } from "../i18n/locale.ts";
import type { WholeCoverage } from "./read-coverage.ts";

const HEADINGS = {
	fr: [
		"OPCO",
		"Code métier",
		"Métier",
		"Code compétence",
		"Compétence",
		"Nature",
		"Cœur",
		"Émergente",
		"Nombre de badges",
		"Badges",
		"Identifiants",
	],
	en: ["OPCO", "Job code", "Job", "Competency code", "Competency", "Kind", "Core", "Emerging", "Number of badges", "Badges", "Identifiers"],
};

/**
 * The matrix as rows of a spreadsheet, the headings first: one for each competency of each job, in the hub's order, holes
 * first. Sums are left to the spreadsheet: a row of totals among the others would be counted as one of them.
 */
export function coverageRows({ opco, rows }: Pick<WholeCoverage, "opco" | "rows">, locale: Locale): string[][] {
	const { kinds } = textsOf(locale).job;
	const lines = rows.flatMap(({ job, cells }) =>
		cells.map(({ competency, core, emerging, badgeCount, badges }) => [
			opco.name,
			job.code,
			job.label,
			competency.code,
			competency.label,
			kinds[competency.kind],
			formatYes(locale, core),
			formatYes(locale, emerging),
			String(badgeCount),
			badges.map(({ name }) => name).join(" | "),
			badges.map(({ id }) => id).join(" | "),
		]),
	);
	return [HEADINGS[locale], ...lines];
}
