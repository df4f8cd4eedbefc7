import { badInput } from "../../kit/errors.ts";
import { FACET_LETTERS, type ListedFacet } from "./badge-facets.ts";
import type { BadgeSearchFilter } from "./badge-search.ts";

/** The filters of a search, checked, and as conditions on "search_document". */
export interface CheckedFilter {
	institutes: string[];
	departements: string[];
	collectives: string[];
	languages: string[];
	listed: Record<ListedFacet, string[]>;
	requestable: boolean | null;
	metabadge: boolean | null;
	retired: boolean;
}

const MOST_VALUES = 100;
const LONGEST_VALUE = 300;
const LISTED = Object.keys(FACET_LETTERS) as ListedFacet[];

/** Throws `BAD_USER_INPUT` for too many or too long values. A value that nothing has is fine: it finds nothing. */
export function checkFilter(filter: BadgeSearchFilter | null | undefined): CheckedFilter {
	const values = (name: Exclude<keyof BadgeSearchFilter, "retired" | "requestable" | "metabadge">): string[] => {
		const given = filter?.[name] ?? [];
		if (given.length > MOST_VALUES) throw badInput(`filter.${name}`, `must hold at most ${MOST_VALUES} values, and holds ${given.length}`);
		if (given.some((value) => value.length > LONGEST_VALUE))
			throw badInput(`filter.${name}`, `must hold values of at most ${LONGEST_VALUE} characters`);
		// No value holds a null byte, which PostgreSQL refuses.
		return [...new Set(given.map((value) => value.replaceAll("\u0000", "\ufffd")))];
	};
	return {
		institutes: values("institutes"),
		departements: values("departements"),
		collectives: values("collectives"),
		languages: values("languages"),
		listed: Object.fromEntries(LISTED.map((name) => [name, values(name)])) as Record<ListedFacet, string[]>,
		requestable: filter?.requestable ?? null,
		metabadge: filter?.metabadge ?? null,
		retired: filter?.retired ?? false,
	};
}

/** An empty list is a filter of which nothing has been chosen. */
function either(values: readonly string[], condition: (values: readonly string[]) => string): string[] {
	return values.length === 0 ? [] : [condition(values)];
}

/** Conditions on what each badge, or its institute, has one value of. */
export function singleConditions(filter: CheckedFilter, put: (value: unknown) => string): string {
	const ofHarvest = (column: string) => (values: readonly string[]) =>
		`"instituteSlug" = ANY (ARRAY(SELECT "instituteSlug" FROM "harvest" WHERE "${column}" && ${put(values)}::text[]))`;
	return joined([
		...either(filter.institutes, (values) => `"instituteSlug" = ANY (${put(values)}::text[])`),
		...either(filter.departements, ofHarvest("departements")),
		...either(filter.collectives, ofHarvest("collectives")),
		...either(filter.languages, (values) => `"language" = ANY (${put(values)}::text[])`),
		...(filter.requestable === null ? [] : [`"requestable" = ${put(filter.requestable)}`]),
		...(filter.metabadge === null ? [] : [`"metabadge" = ${put(filter.metabadge)}`]),
	]);
}

/** Which of the listed facets' filters a badge fails: a bit for each, 0 for none. */
export function listedFailures({ listed }: CheckedFilter, put: (value: unknown) => string): string {
	const bits = LISTED.flatMap((name, index) =>
		either(
			listed[name],
			(values) => `CASE WHEN "facets" && ${put(values.map((value) => FACET_LETTERS[name] + value))}::text[] THEN 0 ELSE ${1 << index} END`,
		),
	);
	return bits.length === 0 ? "0" : bits.join(" + ");
}

/** The bit of the facet that a listed value belongs to, by the value's first letter. */
export const BIT_OF_LETTER = `CASE left("value", 1) ${LISTED.map((name, index) => `WHEN '${FACET_LETTERS[name]}' THEN ${1 << index}`).join(" ")} END`;

function joined(conditions: readonly string[]): string {
	return conditions.length === 0 ? "TRUE" : conditions.join(" AND ");
}
