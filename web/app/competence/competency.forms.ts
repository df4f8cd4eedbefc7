import { ownerOf } from "../badge/badge-id.ts";
import { answerForms } from "../forms/answer-forms.ts";
import { describeCompetency, describeJob, nameBadge, refer } from "../forms/schema-org.ts";
import { formatYes } from "../i18n/format.ts";
import { textsOf } from "../i18n/locale.ts";
import { badgePath, jobPath } from "../ui/paths.ts";
import { readCompetency } from "./read-competency.ts";

const HEADINGS = {
	fr: ["Code compétence", "Compétence", "Nature", "Lien", "Code ou identifiant", "Nom", "Établissement", "Au cœur du métier", "Page"],
	en: ["Competency code", "Competency", "Kind", "Link", "Code or identifier", "Name", "Institute", "At the heart of the job", "Page"],
};

/** `/competences/<code>`: a row for each badge that recognises it, then one for each job that uses it. */
export const loader = answerForms({
	read: (hub, { params }) => readCompetency(hub, params.code ?? ""),
	name: ({ competency }) => `competence-${competency.code}`,
	rows({ competency, names }, { locale, address }) {
		const t = textsOf(locale);
		const own = [competency.code, competency.label, t.job.kinds[competency.kind]];
		return [
			HEADINGS[locale],
			...competency.badgeClasses.map(({ id, name }) => [
				...own,
				t.forms.badge,
				id,
				name,
				names[ownerOf(id)] ?? ownerOf(id),
				"",
				address(badgePath(id)),
			]),
			...competency.jobs.map(({ core, job }) => [
				...own,
				t.forms.job,
				job.code,
				job.label,
				"",
				formatYes(locale, core),
				address(jobPath(job.code)),
			]),
		];
	},
	json: ({ competency, referential }) => ({ competency, referential }),
	describe({ competency }, { origin }) {
		const term = describeCompetency(origin, competency);
		return [
			term,
			...competency.badgeClasses.map((badge) => ({ ...nameBadge(origin, badge), competencyRequired: refer(term) })),
			...competency.jobs.map(({ job }) => ({ ...describeJob(origin, job), skills: refer(term) })),
		];
	},
});
