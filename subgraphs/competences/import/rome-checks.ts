import type pg from "pg";
import { TableError } from "./read-table.ts";

/**
 * What no file can be found wrong by alone: codes that no other file knows, the same code twice, records that another
 * file says must be there. Each check finds the first offence, with its file and line.
 */

const KNOWN: [table: string, column: string, known: string, name: string, besides?: string][] = [
	["place", "job", "job.code", "code_rome"],
	["place", "domain", "domain.code", "code_domaine_professionel"],
	["appellation", "job", "job.code", "code_rome"],
	["appellation", "parent", "job.code", "code_rome_parent", "job"],
	["job", "parent", "job.code", "code_rome_parent", "job"],
	["link", "job", "job.code", "code_rome"],
	["linked", "job", "job.code", "code_rome"],
	["near", "job", "job.code", "code_rome"],
	["near", "target", "job.code", "code_rome_cible", "job"],
	["text", "job", "job.code", "code_rome"],
	["member", "job", "job.code", "code_rome"],
	["seen", "job", "job.code", "code_rome"],
	["competency", "macro", "competency.code", "code_ogr_macro_comp"],
];

const UNIQUE: [table: string, columns: string[], name: string][] = [
	["job", ["code"], "code_rome"],
	["domain", ["code"], "code"],
	["place", ["job"], "code_rome"],
	["appellation", ["code"], "code_ogr"],
	["competency", ["code"], "code_ogr"],
	["link", ["job", "code"], "code_ogr"],
	["near", ["job", "target"], "code_rome_cible"],
	["grp", ["kind", "code"], "code"],
];

interface Offence {
	file: string;
	line: number;
	value: string;
}

interface Lack {
	/** The file that is cut. */
	file: string;
	line: number;
	column: string;
	what: string;
	other: string;
	place: number;
}

/** Checks the raw tables against each other. `everyJob` are the files that name every job. Throws a {@link TableError}. */
export async function checkArchive(client: pg.ClientBase, everyJob: readonly { file: string; table: string }[]): Promise<void> {
	const first = async (sql: string) => (await client.query<Offence>(`${sql} ORDER BY line LIMIT 1`)).rows[0];
	for (const [table, columns, name] of UNIQUE) {
		const found = await first(`
			SELECT max(file) AS file, max(line) AS line, concat_ws(' ', ${columns.join(", ")}) AS value FROM raw_${table}
			GROUP BY ${columns.join(", ")} HAVING count(*) > 1`);
		if (found) throw new TableError(found.file, { line: found.line, column: name }, `${found.value} is there twice`);
	}
	// Before the codes: where a list is cut, every code that it lost would seem wrong elsewhere.
	await checkLists(client);
	for (const [table, column, known, name, besides] of KNOWN) {
		const [other, key] = known.split(".");
		const found = await first(`
			SELECT file, line, ${column} AS value FROM raw_${table} AS raw
			WHERE ${column} IS NOT NULL AND NOT EXISTS (SELECT FROM raw_${other} AS other WHERE other.${key} = raw.${column})
			${besides ? `AND NOT EXISTS (SELECT FROM ${besides} AS kept WHERE kept.code = raw.${column})` : ""}`);
		if (found) throw new TableError(found.file, { line: found.line, column: name }, `${found.value} is not a code that this archive has`);
	}
	const strange = await first(`
		SELECT file, line, code AS value FROM raw_link AS raw WHERE NOT EXISTS (SELECT FROM raw_competency AS known WHERE known.code = raw.code)
		AND NOT EXISTS (SELECT FROM raw_grp AS known WHERE known.kind = 'CONTEXT' AND known.code = raw.code)`);
	if (strange)
		throw new TableError(
			strange.file,
			{ line: strange.line, column: "code_ogr" },
			`${strange.value} is neither a competency nor a context of this archive`,
		);
	const stray = await first(`
		SELECT file, line, code AS value FROM raw_member AS raw
		WHERE NOT EXISTS (SELECT FROM raw_grp AS known WHERE known.kind = raw.kind AND known.code = raw.code)`);
	if (stray)
		throw new TableError(stray.file, { line: stray.line }, `the group ${stray.value} is not in the list of groups of this archive`);
	await checkLinks(client, everyJob);
}

/** The lists of jobs, appellations and competencies, each against a file that repeats it. */
async function checkLists(client: pg.ClientBase): Promise<void> {
	await refuseLack(
		client,
		"job",
		"code_rome",
		"TRUE",
		`SELECT job AS what, file AS other, line AS place FROM raw_place AS a
		WHERE NOT EXISTS (SELECT FROM raw_job AS b WHERE b.code = a.job)
		AND EXISTS (SELECT FROM raw_appellation AS b WHERE b.job = a.job) AND EXISTS (SELECT FROM raw_text AS b WHERE b.job = a.job)`,
	);
	const listed = (kind: string, table: string, where = "TRUE") =>
		`SELECT code AS what, file AS other, line AS place FROM raw_listed AS a
		WHERE kind = '${kind}' AND NOT EXISTS (SELECT FROM raw_${table} AS b WHERE b.code = a.code AND ${where})`;
	await refuseLack(client, "appellation", "code_ogr", "TRUE", listed("APPELLATION", "appellation"));
	await refuseLack(client, "competency", "code_ogr", "kind = 'KNOWLEDGE'", listed("KNOWLEDGE", "competency"));
	await refuseLack(client, "competency", "code_ogr", "kind <> 'KNOWLEDGE'", listed("SKILL", "competency"));
	await refuseLack(client, "grp", "code_ogr", "kind = 'CONTEXT'", listed("CONTEXT", "grp", "b.kind = 'CONTEXT'"));
}

/** What is said of jobs: the links, which two files have, and files that name every job. */
async function checkLinks(client: pg.ClientBase, everyJob: readonly { file: string; table: string }[]): Promise<void> {
	for (const [one, other] of [
		["link", "linked"],
		["linked", "link"],
	] as const)
		await refuseLack(
			client,
			one,
			"code_ogr",
			"TRUE",
			`SELECT job || ' ' || code AS what, file AS other, line AS place FROM raw_${other} AS a
			WHERE NOT EXISTS (SELECT FROM raw_${one} AS b WHERE b.job = a.job AND b.code = a.code)`,
		);
	for (const { file, table } of everyJob)
		await refuseLack(
			client,
			table,
			"code_rome",
			`file = '${file.replaceAll("'", "''")}'`,
			`SELECT code AS what, file AS other, line AS place FROM raw_job AS a
			WHERE NOT EXISTS (SELECT FROM raw_${table} AS b WHERE b.job = a.code AND b.file = '${file.replaceAll("'", "''")}')`,
		);
}

/** Refuses the file of `table` (its records `where`) when the query finds something that it should have. */
async function refuseLack(client: pg.ClientBase, table: string, column: string, where: string, sql: string): Promise<void> {
	const [lack] = (await client.query<Lack>(`${sql} ORDER BY line LIMIT 1`)).rows;
	if (!lack) return;
	const { rows } = await client.query<Lack>(`SELECT file, line FROM raw_${table} WHERE ${where} ORDER BY line DESC LIMIT 1`);
	throw new TableError(
		rows[0]?.file ?? table,
		{ line: rows[0]?.line, column },
		`ends here without ${lack.what}, which ${lack.other} has at line ${lack.place}: is the file cut?`,
	);
}
