import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { EntityManager } from "typeorm";
import { z } from "zod";
import { nameCursor } from "../../schema/cursor.ts";
import { fold } from "../../schema/global-id.ts";
import { parseJson, parseSettings } from "../kit/config.ts";
import { Competency, CompetencyKind } from "./competency.ts";
import { insertRows } from "./insert-rows.ts";
import { Job, JobCompetency } from "./job.ts";
import { Referential } from "./referential.ts";

const EXTRACT = new URL("./rome/extract.json", import.meta.url);

const code = z.string().regex(/^[A-Z0-9]{1,12}$/);
const extractSchema = z.object({
	source: z.string(),
	version: z.string(),
	licence: z.string(),
	jobs: z.array(
		z.object({
			code,
			label: z.string(),
			domain: z.string(),
			appellations: z.array(z.string()),
			competencies: z.array(z.object({ code, core: z.boolean() })),
		}),
	),
	competencies: z.array(z.object({ code, label: z.string(), kind: z.enum(CompetencyKind) })),
});

/** Brings the referential in line with its file, in a transaction of the caller's. Returns whether anything changed. */
export async function loadReferential(manager: EntityManager): Promise<boolean> {
	const text = readFileSync(EXTRACT, "utf8");
	const digest = createHash("sha256").update(text).digest("hex");
	await manager.query("SELECT pg_advisory_xact_lock(hashtext('referential'))");
	if (await manager.existsBy(Referential, { digest })) return false;
	const { source, version, licence, jobs, competencies } = parseSettings(
		extractSchema,
		parseJson(text, EXTRACT.pathname),
		EXTRACT.pathname,
	);
	// What badges were aligned with goes too: the caller has it understood again.
	for (const entity of [Referential, Job, Competency]) await manager.deleteAll(entity);
	await insertRows(manager, Competency, competencies);
	await insertRows(
		manager,
		Job,
		jobs.map(({ code, label, domain, appellations }) => ({
			code,
			label,
			domain,
			appellations,
			foldedLabels: [label, ...appellations].map(fold),
			labelCursor: nameCursor(label, code),
		})),
	);
	await insertRows(
		manager,
		JobCompetency,
		jobs.flatMap((job) => job.competencies.map(({ code, core }) => ({ jobCode: job.code, competencyCode: code, core }))),
	);
	await manager.insert(Referential, { source, version, licence, digest });
	return true;
}
