import type { DataSource } from "typeorm";
import { departementFacts } from "../../network/territory.ts";
import { BadgeFacets, FacetCount } from "./badge-search.ts";
import { PASSES, PASSES_ALL, type Search } from "./search.ts";

/** How many badges the whole result holds. */
export async function countFound(database: DataSource, { sql, parameters }: Search): Promise<number> {
	const [row] = await database.query(`${sql} SELECT count(*)::integer AS "count" FROM "matching" WHERE ${PASSES_ALL}`, parameters);
	return (row as { count: number }).count;
}

interface Counts {
	institutes: { value: string; label: string; count: number }[] | null;
	departements: { value: string; count: number }[] | null;
	collectives: { value: string; label: string; count: number }[] | null;
	requestable: number;
	metabadges: number;
}

/** Counts of the result by each facet, each as if its own filter were not set. */
export async function countFacets(database: DataSource, { sql, parameters }: Search): Promise<BadgeFacets> {
	const [counts] = (await database.query(
		`${sql} SELECT
			(SELECT json_agg(facet) FROM (SELECT "instituteSlug" AS "value", min("instituteName") AS "label", count(*)::integer AS "count" FROM "matching" WHERE ${without("institutes")} GROUP BY 1) facet) AS "institutes",
			(SELECT json_agg(facet) FROM (SELECT "value", count(*)::integer AS "count" FROM "matching", unnest("departements") AS "value" WHERE ${without("departements")} GROUP BY 1) facet) AS "departements",
			(SELECT json_agg(facet) FROM (
				SELECT "value", coalesce(min("collective_name"."name"), "value") AS "label", count(*)::integer AS "count"
				FROM "matching" CROSS JOIN unnest("collectives") AS "value" LEFT JOIN "collective_name" ON "collective_name"."id" = "value" WHERE ${without("collectives")} GROUP BY "value"
			) facet) AS "collectives",
			(SELECT count(*)::integer FROM "matching" WHERE "requestable" AND ${without("requestable")}) AS "requestable",
			(SELECT count(*)::integer FROM "matching" WHERE "metabadge" AND ${without("metabadge")}) AS "metabadges"`,
		parameters,
	)) as [Counts];
	return Object.assign(new BadgeFacets(), {
		institutes: sorted(counts.institutes),
		departements: sorted(counts.departements?.map(({ value, count }) => ({ value, count, label: departementFacts(value)?.name ?? value }))),
		collectives: sorted(counts.collectives),
		requestable: counts.requestable,
		metabadges: counts.metabadges,
	});
}

function without(filter: keyof typeof PASSES): string {
	return Object.entries(PASSES)
		.flatMap(([name, column]) => (name === filter ? [] : [column]))
		.join(" AND ");
}

/** The most frequent first, then by name. */
function sorted(counts: { value: string; label: string; count: number }[] | null | undefined): FacetCount[] {
	return (counts ?? [])
		.map((one) => Object.assign(new FacetCount(), one))
		.sort((left, right) => right.count - left.count || left.label.localeCompare(right.label, "fr") || (left.value < right.value ? -1 : 1));
}
