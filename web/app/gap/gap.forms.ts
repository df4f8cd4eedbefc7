import { answerForms } from "../forms/answer-forms.ts";
import { describeCompetency, describeJob, describeList, nameBadge } from "../forms/schema-org.ts";
import { textsOf } from "../i18n/locale.ts";
import { gapPath } from "../ui/paths.ts";
import { readGapQuestion } from "./gap-address.ts";
import { gapRows } from "./gap-rows.ts";
import { type GapCompetency, readGap } from "./read-gap.ts";

/** `/ecart` with the same address: the two columns as one table; for programs under the names of the hub's GraphQL. */
export const loader = answerForms({
	async read(hub, { url }) {
		const question = readGapQuestion(url.searchParams);
		return { question, ...(await readGap(hub, question)) };
	},
	personal: ({ question }) => question.held.length > 0,
	name: ({ gap }) => `ecart-${gap.job.code}`,
	rows: ({ gap }, { locale }) => gapRows(gap, locale),
	json: ({ gap, referential }) => ({ gap, referential }),
	describe: ({ gap, question }, { locale, origin, address }) => {
		const { gap: t } = textsOf(locale);
		const page = address(gapPath(question.job, question.held));
		const terms = (list: readonly GapCompetency[]) => list.map(({ competency }) => describeCompetency(origin, competency));
		return [
			describeJob(origin, gap.job),
			describeList(t.covered, `${page}#couvert`, terms(gap.covered)),
			describeList(t.missing, `${page}#manquant`, terms(gap.missing)),
			describeList(
				t.route,
				`${page}#chemin`,
				gap.shortest.badges.map((badge) => nameBadge(origin, badge)),
			),
		];
	},
});
