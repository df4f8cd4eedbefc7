import { badInput } from "../../kit/errors.ts";
import { FACET_LETTERS, type ListedFacet } from "./badge-facets.ts";
import type { BadgeSearchFilter } from "./badge-search.ts";

/** The filters of a search, checked. */
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

/** The filters of what a badge, or its institute, has one value of: a bit for each. */
export const SINGLE_BITS = { institutes: 1, departements: 2, collectives: 4, languages: 8, requestable: 16, metabadge: 32 } as const;

/** Whether any of them is set. */
export function filtersSingles({ institutes, departements, collectives, languages, requestable, metabadge }: CheckedFilter): boolean {
	return requestable !== null || metabadge !== null || [institutes, departements, collectives, languages].some(({ length }) => length > 0);
}

/** Those that a badge does not pass, as bits of {@link SINGLE_BITS}. An empty list is a filter of which nothing has been chosen. */
export function failedFilters(
	badge: { instituteSlug: string; language: string; requestable: boolean; metabadge: boolean },
	institute: { departements: ReadonlySet<string>; collectives: ReadonlySet<string> } | undefined,
	filter: CheckedFilter,
): number {
	const none = (chosen: readonly string[], values: ReadonlySet<string> | undefined) =>
		chosen.length > 0 && !chosen.some((value) => values?.has(value));
	const other = (chosen: readonly string[], value: string) => chosen.length > 0 && !chosen.includes(value);
	return (
		(other(filter.institutes, badge.instituteSlug) ? SINGLE_BITS.institutes : 0) |
		(none(filter.departements, institute?.departements) ? SINGLE_BITS.departements : 0) |
		(none(filter.collectives, institute?.collectives) ? SINGLE_BITS.collectives : 0) |
		(other(filter.languages, badge.language) ? SINGLE_BITS.languages : 0) |
		(filter.requestable !== null && filter.requestable !== badge.requestable ? SINGLE_BITS.requestable : 0) |
		(filter.metabadge !== null && filter.metabadge !== badge.metabadge ? SINGLE_BITS.metabadge : 0)
	);
}

/** The bit of the facet that a listed value belongs to, by the value's first letter. */
export const LETTER_BITS: Readonly<Record<string, number>> = Object.fromEntries(
	LISTED.map((name, index) => [FACET_LETTERS[name], 1 << index]),
);

/** Which of the listed facets' filters a badge with these values fails: a bit for each, 0 for none. */
export function listedFailures({ listed }: CheckedFilter, values: readonly string[]): number {
	let failures = 0;
	for (const [index, name] of LISTED.entries()) {
		const chosen = listed[name];
		if (chosen.length > 0 && !chosen.some((value) => values.includes(FACET_LETTERS[name] + value))) failures |= 1 << index;
	}
	return failures;
}
