import { FACET_LETTERS, type ListedFacet } from "./badge-facets.ts";
import { BIT_OF_LETTER, type CheckedFilter } from "./filter.ts";

/**
 * What every facet is counted from, read in one pass over the badges found: how many there are of each combination of
 * what a badge has one value of, and of each listed value. Institutes bring their départements and collectives.
 */
export interface FacetCells {
	ones: OneCell[];
	listed: ListedCell[];
	institutes: InstituteCell[];
}

export interface OneCell {
	instituteSlug: string;
	requestable: boolean;
	metabadge: boolean;
	language: string;
	/** Among those that pass the filters of listed facets. */
	count: number;
}

interface ListedCell {
	/** With its facet's letter before it. */
	value: string;
	count: number;
}

export interface InstituteCell {
	instituteSlug: string;
	name: string;
	departements: string[];
	collectives: string[];
}

/** The row that {@link cellsSql} selects. */
export interface Cells {
	ones: OneCell[] | null;
	listed: ListedCell[] | null;
	institutes: InstituteCell[] | null;
}

/** Most values of a facet that are told, those that were chosen aside. */
const MOST_VALUES = 200;

/** Columns of a query over "matching". */
export function cellsSql({ listed }: CheckedFilter): string {
	const isFiltered = (Object.keys(FACET_LETTERS) as ListedFacet[]).some((name) => listed[name].length > 0);
	const own = isFiltered ? ` AND ("failures" & ~(${BIT_OF_LETTER})) = 0` : "";
	return `(SELECT json_agg("cell") FROM (
			SELECT "instituteSlug", "requestable", "metabadge", "language", count(*)::integer AS "count" FROM "matching" WHERE "failures" = 0 GROUP BY 1, 2, 3, 4
		) AS "cell") AS "ones",
		(SELECT json_agg(json_build_object('value', "value", 'count', "count")) FROM (
			SELECT "value", count(*)::integer AS "count", row_number() OVER (PARTITION BY left("value", 1) ORDER BY count(*) DESC, "value") AS "place"
			FROM "matching", unnest("facets") AS "value" WHERE "single"${own} GROUP BY 1
		) AS "counted" WHERE "place" <= ${MOST_VALUES}) AS "listed",
		(SELECT json_agg("harvest") FROM (SELECT "instituteSlug", "name", "departements", "collectives" FROM "harvest") AS "harvest") AS "institutes"`;
}
