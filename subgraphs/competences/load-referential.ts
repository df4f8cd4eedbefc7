import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type pg from "pg";
import type { EntityManager } from "typeorm";
import { z } from "zod";
import { nameCursor } from "../../schema/cursor.ts";
import { fold } from "../../schema/global-id.ts";
import { parseJson, parseSettings } from "../kit/config.ts";
import { CompetencyKind } from "./competency.ts";
import { type CopyValue, copyRows } from "./import/copy-rows.ts";
import { stageTable } from "./import/merge-table.ts";
import { noteReferential } from "./import/note-referential.ts";
import { mergeRome, ROME_TABLES } from "./import/rome-stage.ts";
import { labelForms } from "./label-forms.ts";
import { Referential } from "./referential.ts";

const EXTRACT = new URL("./rome/extract.json", import.meta.url);

const code = z.string().regex(/^[A-Z0-9]{1,12}$/);
const labelled = z.object({ code, label: z.string() });
const extractSchema = z.object({
	source: z.string(),
	version: z.string(),
	licence: z.string(),
	domains: z.array(labelled),
	nafDivisions: z.array(labelled),
	jobs: z.array(
		z.object({
			code,
			ogr: code,
			label: z.string(),
			domain: code,
			parent: code.nullable(),
			definition: z.string(),
			access: z.string().nullable(),
			appellations: z.array(labelled.extend({ main: z.boolean() })),
			competencies: z.array(z.object({ code, core: z.boolean().default(false), emerging: z.boolean().default(false) })),
			near: z.array(code),
			naf: z.array(code),
		}),
	),
	competencies: z.array(
		labelled.extend({
			kind: z.enum(CompetencyKind),
			category: z.string().nullable(),
			definition: z.string().nullable(),
			macro: code.nullable(),
		}),
	),
});

type Extract = z.output<typeof extractSchema>;

/**
 * Loads the extract that ships, in a transaction of the caller's, where no whole referential has been imported.
 * Returns whether anything changed.
 */
export async function loadReferential(manager: EntityManager): Promise<boolean> {
	const text = readFileSync(EXTRACT, "utf8");
	const digest = createHash("sha256").update(text).digest("hex");
	await manager.query("SELECT pg_advisory_xact_lock(hashtext('referential'))");
	const kept = await manager.findOneBy(Referential, { kind: "ROME" });
	if (kept && (kept.whole || kept.digest === digest)) return false;
	const extract = parseSettings(extractSchema, parseJson(text, EXTRACT.pathname), EXTRACT.pathname);
	const client = (await manager.queryRunner?.connect()) as pg.ClientBase;
	for (const table of ROME_TABLES) {
		await stageTable(client, table);
		const { columns, rows } = rowsOf(extract)[table];
		const copy = copyRows(client, `stage_${table}`, columns);
		for (const row of rows) await copy.write(row);
		await copy.end();
	}
	await mergeRome(client, extract.version);
	const { source, version, licence } = extract;
	await noteReferential(client, { kind: "ROME", source, version, licence, whole: false, digest });
	return true;
}

function rowsOf({
	domains,
	nafDivisions,
	jobs,
	competencies,
}: Extract): Record<(typeof ROME_TABLES)[number], { columns: string[]; rows: CopyValue[][] }> {
	const labels = new Map(domains.map(({ code, label }) => [code, label]));
	return {
		domain: {
			columns: ["code", "label", "parentCode"],
			rows: domains.map(({ code, label }) => [code, label, code.length > 1 ? code.slice(0, 1) : null]),
		},
		job: {
			columns: [
				"code",
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
			],
			rows: jobs.map((job) => {
				const names = job.appellations.map(({ label }) => label);
				return [
					job.code,
					job.label,
					labels.get(job.domain) ?? job.domain,
					names,
					names.map(fold),
					nameCursor(job.label, job.code),
					job.ogr,
					job.domain,
					job.parent,
					job.definition,
					job.access,
				];
			}),
		},
		appellation: {
			columns: ["code", "jobCode", "label", "main", "forms"],
			rows: jobs.flatMap((job) => job.appellations.map(({ code, label, main }) => [code, job.code, label, main, labelForms(label)])),
		},
		competency: {
			columns: ["code", "label", "kind", "category", "definition", "macroCode", "forms"],
			rows: competencies.map(({ code, label, kind, category, definition, macro }) => [
				code,
				label,
				kind,
				category,
				definition,
				macro,
				labelForms(label),
			]),
		},
		job_competency: {
			columns: ["jobCode", "competencyCode", "core", "emerging"],
			rows: jobs.flatMap((job) => job.competencies.map(({ code, core, emerging }) => [job.code, code, core, emerging])),
		},
		near_job: {
			columns: ["jobCode", "nearCode", "rank"],
			rows: jobs.flatMap((job) => job.near.map((near, index) => [job.code, near, index + 1])),
		},
		job_group: { columns: ["kind", "code", "label"], rows: nafDivisions.map(({ code, label }) => ["NAF", code, label]) },
		job_in_group: {
			columns: ["jobCode", "kind", "code", "main"],
			rows: jobs.flatMap((job) => job.naf.map((division) => [job.code, "NAF", division, false])),
		},
	};
}
