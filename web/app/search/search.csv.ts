import type { LoaderFunctionArgs } from "react-router";
import { graphql, type ResultOf, type VariablesOf } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";
import { localeOf, localised } from "../i18n/locale.ts";
import { badgePath } from "../ui/link.tsx";
import { csvResponse } from "./csv.ts";
import { parseSearch, searchFilter } from "./search-params.ts";

const PAGE = 100;
const MAX_PAGES = 50;

const SearchCsv_Query = graphql(`
	query SearchCsv_Query($query: String, $filter: BadgeSearchFilter, $first: Int!, $after: String) {
		searchBadges(query: $query, filter: $filter, first: $first, after: $after) {
			edges {
				node {
					id
					name
					instituteName
					excerpt {
						text
					}
					tags
					metabadge
					requestable
					retired
					harvestedAt
				}
			}
			pageInfo {
				hasNextPage
				endCursor
			}
		}
	}
`);

const HEADINGS = {
	fr: ["Badge", "Établissement", "Extrait", "Mots-clés", "Métabadge", "Demandable", "Retiré", "Relevé le", "Page", "Identifiant"],
	en: ["Badge", "Institute", "Excerpt", "Tags", "Metabadge", "Can be requested", "Retired", "Harvested on", "Page", "Identifier"],
};

/** The list of `/badges` with the same address, whole: same filters, same order, every page. */
export async function loader(args: LoaderFunctionArgs) {
	const { url } = args;
	const locale = localeOf(url.pathname);
	const state = parseSearch(url.searchParams);
	const hub = openHub(args);
	const origin = publicOrigin(hub.settings, args.request);
	const yes = (value: boolean) => (value ? (locale === "fr" ? "oui" : "yes") : locale === "fr" ? "non" : "no");
	const rows: string[][] = [HEADINGS[locale]];
	let after: string | null = null;
	for (let page = 0; page < MAX_PAGES; page++) {
		const variables: VariablesOf<typeof SearchCsv_Query> = { query: state.words || null, filter: searchFilter(state), first: PAGE, after };
		const { searchBadges }: ResultOf<typeof SearchCsv_Query> = await hub.need(SearchCsv_Query, variables);
		for (const { node } of searchBadges.edges) {
			const excerpt = node.excerpt.map((segment) => segment.text).join("");
			const address = origin + localised(locale, badgePath(node.id));
			const flags = [yes(node.metabadge), yes(node.requestable), yes(node.retired)];
			rows.push([node.name, node.instituteName, excerpt, node.tags.join(", "), ...flags, node.harvestedAt.slice(0, 10), address, node.id]);
		}
		after = searchBadges.pageInfo.endCursor;
		if (!searchBadges.pageInfo.hasNextPage || after === null) break;
	}
	return csvResponse(rows, "badges");
}
