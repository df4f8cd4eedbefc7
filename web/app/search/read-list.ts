import { graphql, type ResultOf, type VariablesOf } from "../graphql.ts";
import type { Hub } from "../hub-client.ts";
import { type SearchState, searchFilter } from "./search-params.ts";

const PAGE = 100;

/** `badgeClass` is the institute's word, for what the catalogue does not keep; null while the institute cannot be read. */
const SearchList_Query = graphql(`
	query SearchList_Query($query: String, $filter: BadgeSearchFilter, $order: BadgeSearchOrder, $first: Int!, $after: String) {
		searchBadges(query: $query, filter: $filter, order: $order, first: $first, after: $after) {
			totalCount
			edges {
				node {
					id
					name
					instituteSlug
					instituteName
					excerpt {
						text
					}
					tags
					metabadge
					requestable
					retired
					harvestedAt
					badgeClass {
						description
						language
						createdAt
						updatedAt
						recognisedBy {
							by {
								slug
								name
							}
						}
					}
				}
			}
			pageInfo {
				hasNextPage
				endCursor
			}
		}
	}
`);

type Page = ResultOf<typeof SearchList_Query>["searchBadges"];

export type ListedBadge = Page["edges"][number]["node"];

export interface List {
	/** In the order of the page. */
	badges: ListedBadge[];
	/** How many there are in all. */
	total: number;
}

/** What a search finds, page after page, each badge once; `most` at most. Throws the 503 answer when the hub cannot be read. */
export async function readList(hub: Pick<Hub, "need">, state: SearchState, most: number): Promise<List> {
	const badges = new Map<string, ListedBadge>();
	let total = 0;
	let after: string | null = null;
	do {
		const variables: VariablesOf<typeof SearchList_Query> = {
			query: state.words || null,
			filter: searchFilter(state),
			order: state.order,
			first: Math.min(PAGE, most),
			after,
		};
		const { searchBadges }: { searchBadges: Page } = await hub.need(SearchList_Query, variables);
		for (const { node } of searchBadges.edges) badges.set(node.id, node);
		total = searchBadges.totalCount;
		after = searchBadges.pageInfo.hasNextPage ? searchBadges.pageInfo.endCursor : null;
	} while (after !== null && badges.size < most);
	return { badges: [...badges.values()].slice(0, most), total };
}

/** Those who recognise a badge, by name, each once; null while the institute or the network cannot be read. */
export function recognisersOf({ badgeClass }: ListedBadge): { slug: string; name: string }[] | null {
	const recognitions = badgeClass?.recognisedBy;
	return recognitions ? [...new Map(recognitions.map(({ by }) => [by.slug, by])).values()] : null;
}
