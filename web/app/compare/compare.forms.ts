import { describeBadge } from "../badge/json-ld.ts";
import { answerForms } from "../forms/answer-forms.ts";
import { describeList } from "../forms/schema-org.ts";
import { textsOf } from "../i18n/locale.ts";
import { parseSearch } from "../search/search-params.ts";
import { badgePath } from "../ui/paths.ts";
import { comparisonPath, readChosen } from "./compare-address.ts";
import { compareRows } from "./compare-rows.ts";
import { compareBadges } from "./facts.ts";
import { readCompared, readInstitutes } from "./read-compared.ts";

/** `/comparer` for spreadsheets and programs: the same badges, in the same order. */
export const loader = answerForms({
	async read(hub, { url }) {
		const chosen = readChosen(parseSearch(url.searchParams));
		const compared = await readCompared(hub, chosen.compared);
		const { names } = await readInstitutes(hub, compared.badges);
		return { ...compared, ...chosen, names };
	},
	name: (_data, { locale }) => textsOf(locale).compare.file,
	rows: ({ badges, names }, { locale, address }) => compareRows(badges, compareBadges(badges, names, locale), address, locale),
	json: ({ badges, silent, unknown, beyond, malformed }) => ({ badges, silent, unknown: [...malformed, ...unknown], beyond }),
	describe: ({ badges, compared }, { locale, origin, address }) => [
		describeList(
			textsOf(locale).compare.title,
			address(comparisonPath(compared)),
			badges.map((badge) => describeBadge(badge, origin + badgePath(badge.id), origin)),
		),
	],
});
