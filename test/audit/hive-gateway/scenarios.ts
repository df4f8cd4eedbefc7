import { BADGE, LIST, SEARCH } from "../../bench/region/queries.ts";

/** What clients of the hub ask, as another router must answer it with the members endpoint behind it. */
export interface Scenario {
	id: string;
	title: string;
	query: string;
	variables: Record<string, unknown>;
	/** How many names the answer holds at the least: two empty answers are the same too. */
	names: number;
	/** Where the answer holds the cursor of the next page, which is then read too. */
	next?: { cursor: string; variable: string; pages: number };
}

const PAGES = `query Pages($first: Int!, $after: String) {
	badgeClasses(first: $first, after: $after, orderBy: CREATED) {
		totalCount
		edges { cursor node { id name institute { name } recognisedBy { by { slug } } } }
		pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
	}
}`;

const ROUTED = `query Routed($id: ID!, $slug: ID!, $short: Boolean!) {
	here: badgeClass(id: $id) { ...B }
	institute(slug: $slug) { slug name issuers { id name } membership { name departements { code } } }
	members { slug institute { name @skip(if: $short) website } }
	badgeClassCount
}
fragment B on BadgeClass { __typename id name tags alignments { targetName } issuer { name institute { slug } } requirement { rule needed badgeClassIds } }`;

/** `id` is a badge class of the region that is a metabadge, `slug` its institute. */
export function scenarios(id: string, slug: string): Scenario[] {
	return [
		{
			id: "41d7",
			title: "The request of the README: a sorted list over every member, with what others say of its rows",
			query: LIST,
			variables: { first: 20 },
			names: 60,
		},
		{
			id: "9b62",
			title: "The badge page: one badge class, from every subgraph that knows something of it",
			query: BADGE,
			variables: { id },
			names: 8,
		},
		{
			id: "e5c3",
			title: "A search: the catalogue's hits, filled in by the members that own them",
			query: SEARCH,
			variables: { q: "recherche emploi" },
			names: 20,
		},
		{
			id: "07fa",
			title: "Routed fields, references to institutes, a sum and conditions in one request",
			query: ROUTED,
			variables: { id, slug, short: true },
			names: 4,
		},
		{
			id: "d81e",
			title: "A list read forward to its end, the cursors of either router good for the other",
			query: PAGES,
			variables: { first: 40 },
			names: 80,
			next: { cursor: "badgeClasses.pageInfo.endCursor", variable: "after", pages: 8 },
		},
	];
}
