import type { EntityManager } from "typeorm";
import type { BadgeHit } from "../badge-hit.ts";
import { groupBy } from "./group-by.ts";

/**
 * What a badge is filtered by beside its own columns, as one list of texts, each with the letter of its facet: jobs of
 * the thesaurus that its alignments name, their domains, the frameworks aligned with, and who recognises it.
 */
export const FACET_LETTERS = { jobs: "j", domains: "d", frameworks: "f", recognisedBy: "r" } as const;
export type ListedFacet = keyof typeof FACET_LETTERS;

/** A competency at the heart of more jobs than this says little about any of them. */
const MOST_JOBS = 12;

export interface AlignedFacets {
	/** By what an alignment may hold: a code, in capitals, or a label, in lower case. */
	jobs: ReadonlyMap<string, readonly { code: string; domain: string | null }[]>;
	/** By id of a badge class or slug of an institute: the slugs of those that recognise it. */
	recognised: ReadonlyMap<string, readonly string[]>;
}

/** Reads once what the alignments and ids of many badges mean. */
export async function alignedFacets(
	manager: EntityManager,
	badges: readonly Pick<BadgeHit, "id" | "instituteSlug" | "alignments">[],
): Promise<AlignedFacets> {
	const alignments = badges.flatMap((badge) => badge.alignments);
	const [codes, labels] = [new Set(alignments.flatMap(codesOf)), new Set(alignments.map(({ targetName }) => targetName.trim()))];
	const found: { key: string; code: string; domain: string | null }[] =
		alignments.length === 0
			? []
			: await manager.query(
					`WITH "named" AS (
						SELECT "code" AS "key", "code" FROM "thesaurus_concept" WHERE "code" = ANY ($1)
						UNION SELECT "label", "code" FROM "thesaurus_label" WHERE "label" = ANY ($2)
					), "job" AS (
						SELECT "key", "code" FROM "named"
						UNION SELECT "key", "job" FROM "named" JOIN "thesaurus_link" ON "competency" = "code" AND "core"
					)
					SELECT "key", "code", "domain" FROM "job" JOIN "thesaurus_concept" USING ("code") WHERE "kind" = 'JOB'`,
					[[...codes], [...labels]],
				);
	const targets = [...new Set(badges.flatMap(({ id, instituteSlug }) => [id, instituteSlug]))];
	const recognitions: { target: string; by: string }[] = await manager.query(
		`SELECT "target", "by" FROM "recognised" WHERE "target" = ANY ($1) ORDER BY 2`,
		[targets],
	);
	return {
		jobs: new Map([...groupBy(found, ({ key }) => key)].filter(([, jobs]) => jobs.length <= MOST_JOBS)),
		recognised: new Map(
			[...groupBy(recognitions, ({ target }) => target)].map(([target, rows]) => [target, rows.map(({ by }) => by)] as const),
		),
	};
}

/** The facets of one badge, and how much it is preferred among equals. */
export function facetsOf(
	{ id, instituteSlug, alignments, updatedAt }: Pick<BadgeHit, "id" | "instituteSlug" | "alignments" | "updatedAt">,
	{ jobs, recognised }: AlignedFacets,
): { facets: string[]; boost: number } {
	const found = alignments.flatMap((alignment) =>
		[...codesOf(alignment), alignment.targetName.trim()].flatMap((key) => jobs.get(key) ?? []),
	);
	const by = new Set([...(recognised.get(id) ?? []), ...(recognised.get(instituteSlug) ?? [])]);
	const facets = new Set([
		...found.map(({ code }) => `j${code}`),
		...found.flatMap(({ domain }) => (domain === null ? [] : [`d${domain}`])),
		...alignments.flatMap(({ targetFramework }) => (targetFramework?.trim() ? [`f${frameworkName(targetFramework)}`] : [])),
		...[...by].map((slug) => `r${slug}`),
	]);
	return { facets: [...facets], boost: boostOf(by.size, new Date(updatedAt)) };
}

const EPOCH = Date.UTC(2015, 0);
const YEAR = 365.25 * 24 * 3600 * 1000;

/** Between 0 and 0.08: enough to order equals, too little to lift anything over a better match. Does not change as time goes by. */
function boostOf(recognisers: number, updatedAt: Date): number {
	const recognition = 0.05 * (1 - 1 / (1 + recognisers));
	const freshness = 0.03 * Math.min(1, Math.max(0, (updatedAt.getTime() - EPOCH) / (25 * YEAR)));
	return Number((recognition + freshness).toFixed(5));
}

/** The codes that an alignment may hold: as its code, or as the last part of its address. */
function codesOf({ targetCode, targetUrl }: BadgeHit["alignments"][number]): string[] {
	const last = targetUrl?.split(/[?#]/)[0]?.replace(/\/+$/, "").split(/[/=:]/).at(-1);
	return [targetCode, last].flatMap((code) => (code?.trim() && code.length <= 40 ? [code.trim().toUpperCase()] : []));
}

/** One spelling of a framework's name: versions and case aside, `rome 4.0` and `ROME` are one. */
function frameworkName(name: string): string {
	const known = /\b(ROME|ESCO|RNCP|DigComp|CléA|CECRL|RECTEC)\b/i.exec(name)?.[1];
	if (known) return NAMES.find((one) => one.toLowerCase() === known.toLowerCase()) ?? known;
	return name.replace(/\s+/g, " ").trim().slice(0, 200);
}
const NAMES = ["ROME", "ESCO", "RNCP", "DigComp", "CléA", "CECRL", "RECTEC"];
