import { answerForms } from "../forms/answer-forms.ts";
import { describeInstitute, describeList, nameBadge } from "../forms/schema-org.ts";
import { formatYes } from "../i18n/format.ts";
import { textsOf } from "../i18n/locale.ts";
import { badgePath } from "../ui/paths.ts";
import { type ListedBadge, readList, recognisersOf } from "./read-list.ts";
import { parseSearch, savedPath } from "./search-params.ts";

const MOST = 5000;

const HEADINGS = {
	fr: [
		"Badge",
		"Établissement",
		"Extrait",
		"Mots-clés",
		"Métabadge",
		"Demandable",
		"Retiré",
		"Reconnu par",
		"Créé le",
		"Modifié le",
		"Relevé le",
		"Page",
		"Identifiant",
	],
	en: [
		"Badge",
		"Institute",
		"Excerpt",
		"Tags",
		"Metabadge",
		"Can be requested",
		"Retired",
		"Recognised by",
		"Created on",
		"Changed on",
		"Harvested on",
		"Page",
		"Identifier",
	],
};

/** The list of `/badges` with the same address, whole: same filters, same order, every page. */
export const loader = answerForms({
	async read(hub, { url }) {
		const state = parseSearch(url.searchParams);
		return { state, ...(await readList(hub, state, MOST)) };
	},
	cut: ({ badges, total }) => (total > badges.length ? { listed: badges.length, total } : null),
	name: () => "badges",
	rows: ({ badges }, { locale, address }) => [
		HEADINGS[locale],
		...badges.map((badge) => [
			badge.name,
			badge.instituteName,
			textOf(badge),
			badge.tags.join(", "),
			...[badge.metabadge, badge.requestable, badge.retired].map((value) => formatYes(locale, value)),
			recognisersOf(badge)
				?.map(({ name }) => name)
				.join(" | ") ?? "",
			...[badge.badgeClass?.createdAt, badge.badgeClass?.updatedAt, badge.harvestedAt].map((instant) => instant?.slice(0, 10) ?? ""),
			address(badgePath(badge.id)),
			badge.id,
		]),
	],
	json: ({ badges, total }) => ({ totalCount: total, badges: badges.map((badge) => ({ ...badge, excerpt: textOf(badge) })) }),
	describe: ({ state, badges, total }, { locale, origin, address }) => {
		const { search: t } = textsOf(locale);
		const described = badges.map((badge) => ({
			...nameBadge(origin, badge),
			description: badge.badgeClass?.description ?? textOf(badge),
			keywords: badge.tags.length > 0 ? badge.tags.join(", ") : undefined,
			publisher: describeInstitute(origin, badge.instituteSlug, badge.instituteName),
			recognizedBy: recognisersOf(badge)?.map(({ slug, name }) => describeInstitute(origin, slug, name)),
		}));
		return [describeList(state.words ? t.titleFor(state.words) : t.title, address(savedPath(state)), described, total)];
	},
});

const textOf = ({ excerpt }: ListedBadge): string => excerpt.map(({ text }) => text).join("");
