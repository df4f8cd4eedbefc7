import { formatYes } from "../i18n/format.ts";
import { type Locale, textsOf } from "../i18n/locale.ts";
import type { Gap, GapCompetency } from "./read-gap.ts";

const HEADINGS = {
	fr: [
		"Code métier",
		"Métier",
		"Code compétence",
		"Compétence",
		"Nature",
		"Cœur",
		"Émergente",
		"Couverte",
		"Badges",
		"Identifiants",
		"Dans le plus court chemin",
	],
	en: [
		"Job code",
		"Job",
		"Competency code",
		"Competency",
		"Kind",
		"Core",
		"Emerging",
		"Covered",
		"Badges",
		"Identifiers",
		"On the shortest way",
	],
};

/** A gap as rows of a spreadsheet, the headings first: what is missing, then what is covered, core first in each. */
export function gapRows({ job, missing, covered, shortest }: Gap, locale: Locale): string[][] {
	const { kinds } = textsOf(locale).job;
	const advised = new Set(shortest.badges.map(({ id }) => id));
	const line = ({ competency, core, emerging, badges }: GapCompetency, isCovered: boolean) => [
		job.code,
		job.label,
		competency.code,
		competency.label,
		kinds[competency.kind],
		formatYes(locale, core),
		formatYes(locale, emerging),
		formatYes(locale, isCovered),
		badges.map(({ name }) => name).join(" | "),
		badges.map(({ id }) => id).join(" | "),
		// Only what is missing has a way to it.
		isCovered
			? ""
			: badges
					.filter(({ id }) => advised.has(id))
					.map(({ name }) => name)
					.join(" | "),
	];
	return [HEADINGS[locale], ...missing.map((one) => line(one, false)), ...covered.map((one) => line(one, true))];
}
