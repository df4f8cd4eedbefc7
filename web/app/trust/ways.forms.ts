import { answerForms } from "../forms/answer-forms.ts";
import { describeInstitute, describeList } from "../forms/schema-org.ts";
import { readFragment } from "../graphql.ts";
import { notFound } from "../hub-client.ts";
import { formatDate } from "../i18n/format.ts";
import { trustTextsOf } from "../i18n/trust-texts.ts";
import { statementPath } from "../ui/paths.ts";
import { readWays } from "./read-ways.ts";
import { StatementMark_Recognition } from "./statement-mark.tsx";
import { ToldRecognition } from "./told-recognition.ts";
import { wayPath } from "./way-address.ts";

const HEADINGS = {
	fr: ["Chemin", "Étape", "Qui reconnaît", "Qui est reconnu", "Depuis", "Raison", "Déclaration signée"],
	en: ["Way", "Step", "Who recognises", "Who is recognised", "Since", "Reason", "Signed statement"],
};

/** The ways of `/reseau/chemin` with the same address, hop by hop. */
export const loader = answerForms({
	async read(hub, { url }) {
		const { from, to, names, ways } = await readWays(hub, url.searchParams);
		if (!ways || !from || !to) throw notFound();
		const paths = ways.paths.map(({ hops }) =>
			readFragment(ToldRecognition, hops).map((hop) => {
				const { id, by, member, since, reason } = hop;
				return { id, by, member, since, reason, statement: readFragment(StatementMark_Recognition, hop).statement };
			}),
		);
		return { from, to, names, paths, isWhole: ways.isWhole };
	},
	name: ({ from, to }) => `chemin-${from}-${to}`,
	rows: ({ paths }, { locale, address }) => [
		HEADINGS[locale],
		...paths.flatMap((hops, place) =>
			hops.map(({ by, member, since, reason, statement }, step) => [
				String(place + 1),
				String(step + 1),
				by.name,
				member.name,
				formatDate(locale, since),
				reason,
				statement ? address(statementPath(statement.id)) : trustTextsOf(locale).statement.unsigned,
			]),
		),
	],
	json: ({ from, to, paths, isWhole }) => ({ from, to, isWhole, paths }),
	describe: ({ from, to, names, paths }, { locale, origin, address }) => [
		describeList(
			trustTextsOf(locale).ways.titleOf(names.from ?? from, names.to ?? to),
			address(wayPath(from, to)),
			(paths[0] ?? []).map(({ member }) => describeInstitute(origin, member.slug, member.name)),
		),
	],
});
