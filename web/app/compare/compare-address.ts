import { isBadgeId } from "../badge/badge-id.ts";
import { formatSearch, type SearchState } from "../search/search-params.ts";

/** How many badges fit beside one another. */
export const MOST_COMPARED = 4;

/** What an address asks to compare. */
export interface Chosen {
	/** Ids of badges, at most four, in the order chosen. */
	compared: string[];
	/** Those after the fourth: told, and kept in the address. */
	beyond: string[];
	/** What is the id of no badge, whatever the network knows. */
	malformed: string[];
}

export function readChosen({ compared }: Pick<SearchState, "compared">): Chosen {
	const ids = compared.filter(isBadgeId);
	return {
		compared: ids.slice(0, MOST_COMPARED),
		beyond: ids.slice(MOST_COMPARED),
		malformed: compared.filter((id) => !isBadgeId(id)),
	};
}

/** `/comparer?badge=…`; the search that led there stays in the address, for the way back. */
export function comparePath(state: SearchState, compared: readonly string[] = state.compared): string {
	const query = formatSearch({ ...state, compared: [...compared] }).toString();
	return query ? `/comparer?${query}` : "/comparer";
}

/** The comparison alone, as it is sent to somebody and read by programs. */
export const comparisonPath = (compared: readonly string[]): string =>
	`/comparer?${new URLSearchParams(compared.map((id) => ["badge", id]))}`;
