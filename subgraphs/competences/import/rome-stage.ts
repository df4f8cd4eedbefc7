import type pg from "pg";
import { type MergeCount, type MergedTable, mergeTable } from "./merge-table.ts";

/**
 * From the raw tables to the tables of the graph. Staging tables have the columns of those they replace, so that the
 * archive and the extract that ships end in the same merge.
 */

/** Tables of ROME in the order in which they refer to each other. */
export const ROME_TABLES = [
	"domain",
	"job",
	"appellation",
	"competency",
	"job_competency",
	"near_job",
	"job_group",
	"job_in_group",
] as const;

/** Fills the staging tables from the raw ones. */
export async function assembleRome(client: pg.ClientBase): Promise<void> {
	await client.query(`
		INSERT INTO stage_domain ("code", "label", "parentCode")
		SELECT code, label, CASE WHEN length(code) > 1 THEN left(code, 1) END FROM raw_domain`);
	await client.query(`
		INSERT INTO stage_job ("code", "label", "domain", "appellations", "foldedLabels", "labelCursor", "ogr", "domainCode", "parentCode", "definition", "access")
		SELECT j.code, j.label, d.label, n.labels, n.folded, j.cursor, j.ogr, p.domain, NULLIF(j.parent, j.code), t.definition, t.access
		FROM raw_job AS j
		JOIN raw_place AS p ON p.job = j.code
		JOIN raw_domain AS d ON d.code = p.domain
		JOIN (
			SELECT job, array_agg(label ORDER BY main DESC, label COLLATE "C", code) AS labels,
				array_agg(forms[1] ORDER BY main DESC, label COLLATE "C", code) AS folded
			FROM raw_appellation GROUP BY job
		) AS n ON n.job = j.code
		LEFT JOIN (
			SELECT job, string_agg(sentence, E'\\n' ORDER BY place, line) FILTER (WHERE type = 'definition') AS definition,
				string_agg(sentence, E'\\n' ORDER BY place, line) FILTER (WHERE type = 'acces_metier') AS access
			FROM raw_text GROUP BY job
		) AS t ON t.job = j.code`);
	await client.query(`
		INSERT INTO stage_appellation ("code", "jobCode", "label", "main", "forms") SELECT code, job, label, main, forms FROM raw_appellation`);
	await client.query(`
		INSERT INTO stage_competency ("code", "label", "kind", "category", "definition", "macroCode", "forms")
		SELECT code, label, kind, category, definition, macro, forms FROM raw_competency`);
	await client.query(`
		INSERT INTO stage_job_competency ("jobCode", "competencyCode", "core", "emerging")
		SELECT l.job, l.code, l.heart = 'Principale', l.heart = 'Émergente' FROM raw_link AS l JOIN raw_competency AS c ON c.code = l.code`);
	await client.query(
		`INSERT INTO stage_near_job ("jobCode", "nearCode", "rank") SELECT job, target, rank FROM raw_near WHERE job <> target`,
	);
	await client.query(`INSERT INTO stage_job_group ("kind", "code", "label") SELECT kind, code, label FROM raw_grp`);
	await client.query(`
		INSERT INTO stage_job_in_group ("jobCode", "kind", "code", "main")
		SELECT job, kind, code, bool_or(main) FROM raw_member GROUP BY job, kind, code
		UNION ALL
		SELECT l.job, 'CONTEXT', l.code, false FROM raw_link AS l JOIN raw_grp AS g ON g.kind = 'CONTEXT' AND g.code = l.code`);
}

/** Of a job that was retired, what is said of it stays. */
const OF_CURRENT_JOB = `EXISTS (SELECT FROM stage_job AS current WHERE current.code = kept."jobCode")`;

function merged(version: string): MergedTable[] {
	return [
		{ table: "domain", key: ["code"], columns: ["label", "parentCode"], missing: { remove: "FALSE" } },
		{
			table: "job",
			key: ["code"],
			columns: [
				"label",
				"domain",
				"appellations",
				"foldedLabels",
				"labelCursor",
				"ogr",
				"domainCode",
				"parentCode",
				"definition",
				"access",
				"retiredIn",
				"successorCode",
			],
			missing: { retire: version },
		},
		{ table: "appellation", key: ["code"], columns: ["jobCode", "label", "main", "forms", "retiredIn"], missing: { retire: version } },
		{
			table: "competency",
			key: ["code"],
			columns: ["label", "kind", "category", "definition", "macroCode", "forms", "retiredIn"],
			missing: { retire: version },
		},
		{ table: "job_competency", key: ["jobCode", "competencyCode"], columns: ["core", "emerging"], missing: { remove: OF_CURRENT_JOB } },
		{ table: "near_job", key: ["jobCode", "nearCode"], columns: ["rank"], missing: { remove: OF_CURRENT_JOB } },
		{ table: "job_group", key: ["kind", "code"], columns: ["label"], missing: { remove: "FALSE" } },
		{ table: "job_in_group", key: ["jobCode", "kind", "code"], columns: ["main"], missing: { remove: OF_CURRENT_JOB } },
	];
}

/** Brings the tables of ROME in line with the staging tables. Returns what it did, by table. */
export async function mergeRome(client: pg.ClientBase, version: string): Promise<Map<string, MergeCount>> {
	const counts = new Map<string, MergeCount>();
	for (const table of merged(version)) {
		// Under whose names appellations were, before they move.
		if (table.table === "appellation")
			await client.query(`
				CREATE TEMP TABLE moving ON COMMIT DROP AS
				SELECT name."jobCode" AS "from", name.code, name.main FROM appellation AS name
				JOIN job AS old ON old.code = name."jobCode" WHERE old."retiredIn" IS NOT NULL AND old."successorCode" IS NULL`);
		counts.set(table.table, await mergeTable(client, table));
	}
	await nameSuccessors(client);
	return counts;
}

/**
 * Points retired jobs to their successors, where the archive says so: the job that has their OGR number now, else the
 * one to which their main appellation went, else the one to which most of their appellations went.
 */
async function nameSuccessors(client: pg.ClientBase): Promise<void> {
	await client.query(`
		WITH moved AS (
			SELECT moving."from", name."jobCode" AS "to", bool_or(moving.main) AS main, count(*) AS names
			FROM moving JOIN appellation AS name ON name.code = moving.code AND name."retiredIn" IS NULL
			JOIN job AS new ON new.code = name."jobCode" AND new."retiredIn" IS NULL
			GROUP BY moving."from", name."jobCode"
		), successor AS (
			SELECT old.code, coalesce(
				(SELECT new.code FROM job AS new WHERE new.ogr = old.ogr AND new."retiredIn" IS NULL LIMIT 1),
				(SELECT "to" FROM moved WHERE "from" = old.code AND main),
				(SELECT "to" FROM moved WHERE "from" = old.code AND 2 * names > (SELECT count(*) FROM moving WHERE "from" = old.code))
			) AS new
			FROM job AS old WHERE old."retiredIn" IS NOT NULL AND old."successorCode" IS NULL
		)
		UPDATE job SET "successorCode" = successor.new FROM successor WHERE job.code = successor.code AND successor.new IS NOT NULL`);
}
