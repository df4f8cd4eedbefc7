import type { DataSource } from "typeorm";
import { departementFacts } from "../../network/territory.ts";
import { FACET_LETTERS, type ListedFacet } from "./badge-facets.ts";
import { BadgeFacets, FacetCount } from "./badge-search.ts";
import { failedFilters, SINGLE, type Single } from "./filter.ts";
import { memoryOf } from "./index-memory.ts";
import type { Search } from "./search.ts";

/** How many badges the whole result holds. */
export function countFound({ cells, filter }: Search): number {
	const institutes = new Map(cells.institutes.map((one) => [one.instituteSlug, one]));
	return cells.ones.reduce(
		(sum, cell) => sum + (failedFilters(cell, institutes.get(cell.instituteSlug), filter).length === 0 ? cell.count : 0),
		0,
	);
}

/** Counts of the result by each facet, each as if its own filter were not set. */
export function countFacets(database: DataSource, { cells, filter }: Search): BadgeFacets {
	const institutes = new Map(cells.institutes.map((one) => [one.instituteSlug, one]));
	const counts = Object.fromEntries(SINGLE.map((name) => [name, new Map<string, number>()])) as Record<Single, Map<string, number>>;
	for (const cell of cells.ones) {
		const institute = institutes.get(cell.instituteSlug);
		const failures = failedFilters(cell, institute, filter);
		if (failures.length > 1) continue;
		const add = (name: Single, value: string) => {
			if (failures.length === 0 || failures[0] === name) counts[name].set(value, (counts[name].get(value) ?? 0) + cell.count);
		};
		add("institutes", cell.instituteSlug);
		for (const code of new Set(institute?.departements)) add("departements", code);
		for (const id of new Set(institute?.collectives)) add("collectives", id);
		add("languages", cell.language);
		add("requestable", String(cell.requestable));
		add("metabadge", String(cell.metabadge));
	}
	const listed = (name: ListedFacet) =>
		new Map(cells.listed.flatMap(({ value, count }) => (value[0] === FACET_LETTERS[name] ? [[value.slice(1), count]] : [])));
	const jobs = listed("jobs");
	const { collectiveNames, jobNames } = memoryOf(database);
	const instituteName = (slug: string) => institutes.get(slug)?.name ?? slug;
	return Object.assign(new BadgeFacets(), {
		institutes: sorted(counts.institutes, instituteName),
		departements: sorted(counts.departements, (code) => departementFacts(code)?.name ?? code),
		collectives: sorted(counts.collectives, (id) => collectiveNames.get(id) ?? id),
		domains: sorted(listed("domains"), (domain) => domain),
		jobs: sorted(jobs, (code) => jobNames.get(code) ?? code),
		frameworks: sorted(listed("frameworks"), (framework) => framework),
		recognisedBy: sorted(listed("recognisedBy"), instituteName),
		languages: sorted(counts.languages, (language) => language),
		requestable: counts.requestable.get("true") ?? 0,
		metabadges: counts.metabadge.get("true") ?? 0,
	});
}

/** The most frequent first, then by name. */
function sorted(counts: ReadonlyMap<string, number>, labelOf: (value: string) => string): FacetCount[] {
	return [...counts]
		.map(([value, count]) => Object.assign(new FacetCount(), { value, label: labelOf(value), count }))
		.sort((left, right) => right.count - left.count || left.label.localeCompare(right.label, "fr") || (left.value < right.value ? -1 : 1));
}
