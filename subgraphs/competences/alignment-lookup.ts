import type { EntityManager } from "typeorm";
import type { AlignmentClues } from "./alignment-clues.ts";

/** What the referentials know of the clues of many alignments, found in a few queries for all of them. */
export interface KnownTerms {
	/** ROME codes, those of retired jobs too. */
	jobs: ReadonlyMap<string, KnownJob>;
	/** OGR codes of jobs, appellations and competencies. */
	ogr: ReadonlyMap<string, Term>;
	/** Concepts of ESCO and entries of regional referentials, by scheme and code. */
	terms: ReadonlyMap<string, Term[]>;
	/** What is called so, by folded label. */
	labels: ReadonlyMap<string, Labelled[]>;
	/** What is called nearly so, the nearest first, for labels that nothing is called. */
	similar: ReadonlyMap<string, (Labelled & { similarity: number })[]>;
	/** What terms of ESCO and of regional referentials are in ROME, by {@link termKey}. */
	links: ReadonlyMap<string, Term[]>;
}

export interface Term {
	/** `JOB` and `COMPETENCY` of ROME, `ESCO`, or the name of a regional referential. */
	scheme: string;
	code: string;
	label: string;
}

export interface Labelled extends Term {
	/** Whether it is the main label of what it means. */
	main: boolean;
}

interface KnownJob extends Term {
	/** The job to which it points when it is retired: itself otherwise. Null when it has no successor. */
	current: Term | null;
}

export const termKey = ({ scheme, code }: Pick<Term, "scheme" | "code">) => `${scheme} ${code}`;

const SHORTEST_SIMILAR = 10;
const LEAST_SIMILAR = 0.72;
const MOST_SUCCESSIONS = 10;

export async function lookUp(manager: EntityManager, clues: readonly AlignmentClues[]): Promise<KnownTerms> {
	const codes = (...kinds: string[]) => [
		...new Set(clues.flatMap((one) => one.codes.filter(({ kind }) => kinds.includes(kind)).map(({ code }) => code))),
	];
	const labels = [...new Set(clues.map(({ label }) => label).filter((label) => label !== ""))];
	const ogr = codes("OGR");
	// One after the other: they may be in one transaction, and on one connection.
	const known = await findLabels(manager, labels);
	const found = {
		jobs: await findJobs(manager, codes("ROME")),
		ogr: new Map((await query<Term & { ogr: string }>(manager, OGR_SQL, [ogr])).map(({ ogr: number, ...term }) => [number, term])),
		terms: group(
			await query<Term & { key: string }>(
				manager,
				`SELECT scheme, code, label, upper(code) AS key FROM term WHERE upper(code) = ANY ($1) AND "retiredIn" IS NULL`,
				[codes("ESCO", "TERM").map((code) => code.toUpperCase())],
			),
			({ key }) => key,
		),
		labels: known,
		similar: await findSimilar(
			manager,
			labels.filter((label) => !known.has(label) && label.length >= SHORTEST_SIMILAR),
		),
	};
	const named = [...found.terms.values(), ...known.values()].flat().filter(({ scheme }) => scheme !== "JOB" && scheme !== "COMPETENCY");
	const links = await query<Term & { key: string }>(manager, LINKS_SQL, [named.map(({ scheme }) => scheme), named.map(({ code }) => code)]);
	return { ...found, links: group(links, ({ key }) => key) };
}

const OGR_SQL = `
	SELECT ogr, 'JOB' AS scheme, code, label FROM job WHERE ogr = ANY ($1) AND "retiredIn" IS NULL
	UNION ALL SELECT name.code, 'JOB', job.code, job.label FROM appellation AS name JOIN job ON job.code = name."jobCode"
		WHERE name.code = ANY ($1) AND job."retiredIn" IS NULL
	UNION ALL SELECT code, 'COMPETENCY', code, label FROM competency WHERE code = ANY ($1)`;

const LABELS_SQL = `
	SELECT form AS key, 'JOB' AS scheme, job.code, job.label, name.main FROM appellation AS name JOIN job ON job.code = name."jobCode", unnest(name.forms) AS form
		WHERE name.forms && $1 AND form = ANY ($1) AND job."retiredIn" IS NULL AND name."retiredIn" IS NULL
	UNION ALL SELECT form, 'COMPETENCY', code, label, true FROM competency, unnest(forms) AS form
		WHERE forms && $1 AND form = ANY ($1) AND "retiredIn" IS NULL
	UNION ALL SELECT form, scheme, code, label, form = forms[1] FROM term, unnest(forms) AS form
		WHERE forms && $1 AND form = ANY ($1) AND "retiredIn" IS NULL`;

const SIMILAR_SQL = `
	SELECT asked.label AS key, found.* FROM unnest($1::text[]) AS asked (label), LATERAL (
		(SELECT 'JOB' AS scheme, job.code, job.label, name.main, similarity(name.forms[1], asked.label) AS similarity
			FROM appellation AS name JOIN job ON job.code = name."jobCode"
			WHERE name.forms[1] % asked.label AND job."retiredIn" IS NULL AND name."retiredIn" IS NULL ORDER BY similarity DESC, job.code LIMIT 3)
		UNION ALL
		(SELECT 'COMPETENCY', code, label, true, similarity(forms[1], asked.label) AS similarity FROM competency
			WHERE forms[1] % asked.label AND "retiredIn" IS NULL ORDER BY similarity DESC, code LIMIT 3)
	) AS found WHERE found.similarity >= $2 ORDER BY found.similarity DESC, found.code`;

const LINKS_SQL = `
	SELECT DISTINCT link.scheme || ' ' || link.code AS key, link."targetKind" AS scheme, link."targetCode" AS code, coalesce(job.label, competency.label) AS label
	FROM unnest($1::text[], $2::text[]) AS asked (scheme, code) JOIN term_link AS link USING (scheme, code)
	LEFT JOIN job ON link."targetKind" = 'JOB' AND job.code = link."targetCode" AND job."retiredIn" IS NULL
	LEFT JOIN competency ON link."targetKind" = 'COMPETENCY' AND competency.code = link."targetCode"
	WHERE coalesce(job.code, competency.code) IS NOT NULL ORDER BY key, scheme, code`;

async function findJobs(manager: EntityManager, codes: readonly string[]): Promise<Map<string, KnownJob>> {
	const rows = await query<{ asked: string; label: string; code: string | null; currentLabel: string | null }>(
		manager,
		`WITH RECURSIVE chain AS (
			SELECT code AS asked, label, code, "successorCode", "retiredIn", 0 AS step FROM job WHERE code = ANY ($1)
			UNION ALL
			SELECT chain.asked, chain.label, next.code, next."successorCode", next."retiredIn", step + 1
			FROM chain JOIN job AS next ON next.code = chain."successorCode" WHERE chain."retiredIn" IS NOT NULL AND step < ${MOST_SUCCESSIONS}
		)
		SELECT DISTINCT ON (asked) asked, chain.label, current.code, current.label AS "currentLabel"
		FROM chain LEFT JOIN job AS current ON current.code = chain.code AND current."retiredIn" IS NULL ORDER BY asked, step DESC`,
		[codes],
	);
	return new Map(
		rows.map(({ asked, label, code, currentLabel }) => [
			asked,
			{ scheme: "JOB", code: asked, label, current: code === null ? null : { scheme: "JOB", code, label: currentLabel as string } },
		]),
	);
}

async function findLabels(manager: EntityManager, labels: readonly string[]): Promise<Map<string, Labelled[]>> {
	const rows = await query<Labelled & { key: string }>(manager, LABELS_SQL, [labels]);
	return group(rows, ({ key }) => key);
}

async function findSimilar(manager: EntityManager, labels: readonly string[]): Promise<Map<string, (Labelled & { similarity: number })[]>> {
	if (labels.length === 0) return new Map();
	// In a transaction, for the index to look for what is as like as it must be, and not for all that is a little like.
	return manager.transaction(async (inner) => {
		await inner.query("SELECT set_config('pg_trgm.similarity_threshold', $1, true), set_config('enable_seqscan', 'off', true)", [
			String(LEAST_SIMILAR),
		]);
		const rows = await query<Labelled & { key: string; similarity: number }>(inner, SIMILAR_SQL, [labels, LEAST_SIMILAR]);
		await inner.query("SELECT set_config('enable_seqscan', 'on', true)");
		return group(rows, ({ key }) => key);
	});
}

async function query<Row>(manager: EntityManager, sql: string, values: [readonly string[], ...unknown[]]): Promise<Row[]> {
	return values[0].length === 0 ? [] : ((await manager.query(sql, values as unknown[])) as Row[]);
}

function group<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const key = keyOf(row);
		const list = groups.get(key);
		if (list) list.push(row);
		else groups.set(key, [row]);
	}
	return groups;
}
