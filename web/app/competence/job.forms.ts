import { answerForms } from "../forms/answer-forms.ts";
import { describeCompetency, describeJob, nameBadge, refer } from "../forms/schema-org.ts";
import { formatYes } from "../i18n/format.ts";
import { textsOf } from "../i18n/locale.ts";
import { readJob } from "./read-job.ts";

const HEADINGS = {
	fr: [
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
	en: ["Job code", "Job", "Competency code", "Competency", "Kind", "Core", "Emerging", "Number of badges", "Badges", "Identifiers"],
};

/** `/metiers/<code>`: a row for each competency of the job, those of its core first. */
export const loader = answerForms({
	read: (hub, { params }) => readJob(hub, params.code ?? ""),
	name: ({ job }) => `metier-${job.code}`,
	rows({ job }, { locale }) {
		const { kinds } = textsOf(locale).job;
		const line = ({ core, emerging, competency }: (typeof job.competencies)[number]) => [
			job.code,
			job.label,
			competency.code,
			competency.label,
			kinds[competency.kind],
			formatYes(locale, core),
			formatYes(locale, emerging),
			String(competency.badgeClasses.length),
			competency.badgeClasses.map(({ name }) => name).join(" | "),
			competency.badgeClasses.map(({ id }) => id).join(" | "),
		];
		return [HEADINGS[locale], ...job.competencies.toSorted((a, b) => Number(b.core) - Number(a.core)).map(line)];
	},
	json: ({ job, referential }) => ({ job, referential }),
	describe({ job }, { origin }) {
		const occupation = describeJob(origin, job);
		const skills = job.competencies.map(({ competency }) => describeCompetency(origin, competency));
		const badges = new Map(
			[...job.badgeClasses, ...job.competencies.flatMap(({ competency }) => competency.badgeClasses)].map((one) => [one.id, one]),
		);
		const recognisedBy = (id: string) =>
			job.competencies.filter(({ competency }) => competency.badgeClasses.some((one) => one.id === id)).map((one) => one.competency);
		return [
			{ ...occupation, description: job.domain, alternateName: job.appellations, skills },
			...[...badges.values()].map((badge) => ({
				...nameBadge(origin, badge),
				about: job.badgeClasses.some(({ id }) => id === badge.id) ? refer(occupation) : undefined,
				competencyRequired: recognisedBy(badge.id).map((competency) => refer(describeCompetency(origin, competency))),
			})),
		];
	},
});
