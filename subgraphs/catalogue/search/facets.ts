import type { DataSource } from "typeorm";
import { departementFacts } from "../../network/territory.ts";
import { FACET_LETTERS, type ListedFacet } from "./badge-facets.ts";
import { BadgeFacets, FacetCount } from "./badge-search.ts";
import type { FacetCells } from "./cells.ts";
import { SINGLE_BITS } from "./filter.ts";
import { type Institute, memoryOf } from "./index-memory.ts";
import type { Search } from "./search.ts";

/** How many badges the whole result holds. */
export function countFound({ cells }: Search): number {
	return cells.ones.reduce((sum, { failures, count }) => sum + (failures === 0 ? count : 0), 0);
}

/** Counts of the result by each facet, each as if its own filter were not set. */
export function countFacets(database: DataSource, { cells }: Search): BadgeFacets {
	const { institutes } = cells;
	const counts = countSingles(cells);
	const listed = (name: ListedFacet) =>
		new Map(cells.listed.flatMap(({ value, count }) => (value[0] === FACET_LETTERS[name] ? [[value.slice(1), count]] : [])));
	const { collectiveNames, jobNames } = memoryOf(database);
	const instituteName = (slug: string) => institutes.get(slug)?.name ?? slug;
	return Object.assign(new BadgeFacets(), {
		institutes: sorted(counts.institutes, instituteName),
		departements: sorted(
			ofInstitutes(counts.departements, institutes, (one) => one.departements),
			(code) => departementFacts(code)?.name ?? code,
		),
		collectives: sorted(
			ofInstitutes(counts.collectives, institutes, (one) => one.collectives),
			(id) => collectiveNames.get(id) ?? id,
		),
		domains: sorted(listed("domains"), (domain) => domain),
		jobs: sorted(listed("jobs"), (code) => jobNames.get(code) ?? code),
		frameworks: sorted(listed("frameworks"), (framework) => framework),
		recognisedBy: sorted(listed("recognisedBy"), instituteName),
		languages: sorted(counts.languages, (language) => language),
		requestable: counts.requestable,
		metabadges: counts.metabadges,
	});
}

type Counts = Map<string, number>;

/** Badges that pass every filter, or fail that of the facet alone, by institute, by language and by kind. */
function countSingles({ ones }: FacetCells) {
	const byInstitute: Record<"passing" | "institutes" | "departements" | "collectives", Counts> = {
		passing: new Map(),
		institutes: new Map(),
		departements: new Map(),
		collectives: new Map(),
	};
	const languages: Counts = new Map();
	let [requestable, metabadges] = [0, 0];
	for (const { kind, failures, count } of ones) {
		const { instituteSlug, language } = kind;
		if (failures === 0) add(byInstitute.passing, instituteSlug, count);
		else if (failures === SINGLE_BITS.institutes) add(byInstitute.institutes, instituteSlug, count);
		else if (failures === SINGLE_BITS.departements) add(byInstitute.departements, instituteSlug, count);
		else if (failures === SINGLE_BITS.collectives) add(byInstitute.collectives, instituteSlug, count);
		if (failures === 0 || failures === SINGLE_BITS.languages) add(languages, language, count);
		if (kind.requestable && (failures === 0 || failures === SINGLE_BITS.requestable)) requestable += count;
		if (kind.metabadge && (failures === 0 || failures === SINGLE_BITS.metabadge)) metabadges += count;
	}
	const { passing, institutes, departements, collectives } = byInstitute;
	return {
		institutes: sum(passing, institutes),
		departements: sum(passing, departements),
		collectives: sum(passing, collectives),
		languages,
		requestable,
		metabadges,
	};
}

function add(counts: Counts, key: string, count: number): void {
	counts.set(key, (counts.get(key) ?? 0) + count);
}

function sum(left: Counts, right: Counts): Counts {
	if (right.size === 0) return left;
	const all = new Map(left);
	for (const [key, count] of right) add(all, key, count);
	return all;
}

/** Counts of what institutes bring to all their badges. */
function ofInstitutes(
	counts: Counts,
	institutes: ReadonlyMap<string, Institute>,
	pick: (institute: Institute) => ReadonlySet<string>,
): Counts {
	const all: Counts = new Map();
	for (const [slug, count] of counts) {
		const institute = institutes.get(slug);
		if (institute) for (const value of pick(institute)) add(all, value, count);
	}
	return all;
}

const BY_LABEL = new Intl.Collator("fr");

/** The most frequent first, then by name. */
function sorted(counts: ReadonlyMap<string, number>, labelOf: (value: string) => string): FacetCount[] {
	return [...counts]
		.map(([value, count]) => Object.assign(new FacetCount(), { value, label: labelOf(value), count }))
		.sort((left, right) => right.count - left.count || BY_LABEL.compare(left.label, right.label) || (left.value < right.value ? -1 : 1));
}
