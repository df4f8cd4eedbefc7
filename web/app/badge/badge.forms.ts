import { compareRows } from "../compare/compare-rows.ts";
import { compareBadges } from "../compare/facts.ts";
import { readCompared, readInstitutes } from "../compare/read-compared.ts";
import { answerForms } from "../forms/answer-forms.ts";
import { notFound, unreachable } from "../hub-client.ts";
import { badgePath } from "../ui/paths.ts";
import { isBadgeId, ownerOf } from "./badge-id.ts";
import { describeBadge } from "./json-ld.ts";

/** `/badges/<id>` for spreadsheets and programs: a comparison of one. */
export const loader = answerForms({
	async read(hub, { params }) {
		const id = params.id ?? "";
		if (!isBadgeId(id)) throw notFound();
		const { badges, silent } = await readCompared(hub, [id]);
		const [badge] = badges;
		if (badge) return { badge, names: (await readInstitutes(hub, badges)).names };
		const { missing } = await hub.absence();
		throw silent.length > 0 || missing.some(({ slug }) => slug === ownerOf(id)) ? unreachable() : notFound();
	},
	name: ({ badge }) => `badge-${badge.id}`,
	rows: ({ badge, names }, { locale, address }) => compareRows([badge], compareBadges([badge], names, locale), address, locale),
	json: ({ badge }) => ({ badgeClass: badge }),
	describe: ({ badge }, { origin }) => [describeBadge(badge, origin + badgePath(badge.id), origin)],
});
