import type { Dataset } from "schema-dts";
import { answerForms } from "../forms/answer-forms.ts";
import { ENDINGS, FORM_TYPES, withEnding } from "../forms/endings.ts";
import { describeCompetency, describeJob, describeList, nameBadge, refer } from "../forms/schema-org.ts";
import { textsOf } from "../i18n/locale.ts";
import { opcoPath } from "../ui/paths.ts";
import { coverageRows } from "./coverage-rows.ts";
import { readCoverage, type WholeCoverage } from "./read-coverage.ts";

/** The table of `/opco/<code>`, whole: every job, every competency. */
export const loader = answerForms({
	read: (hub, { params }) => readCoverage(hub, params.code ?? ""),
	name: ({ opco }) => `opco-${opco.code}`,
	rows: (coverage, { locale }) => coverageRows(coverage, locale),
	json: (coverage) => coverage,
	describe(coverage, { locale, origin, address }) {
		const { opco, rows, referential } = coverage;
		const { coverage: t } = textsOf(locale);
		const page = address(opcoPath(opco.code));
		const dataset = {
			"@type": "Dataset",
			"@id": page,
			url: page,
			name: t.title(opco.name),
			description: t.lead,
			about: { "@type": "Organization", name: opco.name },
			isBasedOn: { "@type": "CreativeWork", name: referential.source, version: referential.version },
			distribution: ENDINGS.map((ending) => ({
				"@type": "DataDownload",
				encodingFormat: FORM_TYPES[ending],
				contentUrl: address(withEnding(opcoPath(opco.code), ending)),
			})),
		} satisfies Dataset;
		const jobs = rows.map(({ job, cells }) => ({
			...describeJob(origin, job),
			skills: cells.map(({ competency }) => refer(describeCompetency(origin, competency))),
		}));
		return [dataset, describeList(t.jobs, `${page}#carte`, jobs), ...competenciesOf(coverage, origin), ...badgesOf(coverage, origin)];
	},
});

/** Each competency once: jobs refer to it. */
function competenciesOf({ rows }: WholeCoverage, origin: string) {
	const terms = rows.flatMap(({ cells }) => cells.map(({ competency }) => describeCompetency(origin, competency)));
	return [...new Map(terms.map((term) => [term["@id"], term])).values()];
}

/** Each badge once, with the competencies of the table that it recognises. */
function badgesOf({ rows }: WholeCoverage, origin: string) {
	const badges = new Map<string, { name: string; competencies: Map<string, { "@id": string }> }>();
	for (const { competency, badges: recognising } of rows.flatMap(({ cells }) => cells)) {
		for (const { id, name } of recognising) {
			const known = badges.get(id) ?? { name, competencies: new Map() };
			known.competencies.set(competency.code, refer(describeCompetency(origin, competency)));
			badges.set(id, known);
		}
	}
	return [...badges].map(([id, { name, competencies }]) => ({
		...nameBadge(origin, { id, name }),
		competencyRequired: [...competencies.values()],
	}));
}
