import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type pg from "pg";
import type { EntityManager } from "typeorm";
import { z } from "zod";
import { parseJson, parseSettings } from "../../kit/config.ts";
import { noteReferential } from "../import/note-referential.ts";
import { Referential } from "../referential.ts";
import { Activity, Agreement, Opco } from "./opco.ts";

const EXTRACT = new URL("./extract.json", import.meta.url);

const extractSchema = z.object({
	source: z.string(),
	version: z.string(),
	licence: z.string(),
	opcos: z.array(
		z.object({
			code: z.string().regex(/^[a-z0-9-]{1,40}$/),
			name: z.string(),
			site: z.url(),
			scope: z.string(),
			divisions: z.array(z.string().regex(/^\d{1,2}$/)),
		}),
	),
});

/** Loads the OPCOs that ship, in a transaction of the caller's, where none have been imported. */
export async function loadOpcos(manager: EntityManager): Promise<void> {
	const text = readFileSync(EXTRACT, "utf8");
	const digest = createHash("sha256").update(text).digest("hex");
	await manager.query("SELECT pg_advisory_xact_lock(hashtext('referential'))");
	const kept = await manager.findOneBy(Referential, { kind: "OPCO" });
	if (kept && (kept.whole || kept.digest === digest)) return;
	const { source, version, licence, opcos } = parseSettings(extractSchema, parseJson(text, EXTRACT.pathname), EXTRACT.pathname);
	for (const entity of [Activity, Agreement, Opco]) await manager.deleteAll(entity);
	await manager.insert(
		Opco,
		opcos.map(({ code, name, site, scope }) => ({ code, name, site, scope, officialName: null, description: null, aliases: [] })),
	);
	const named: { code: string; label: string }[] = await manager.query("SELECT code, label FROM job_group WHERE kind = 'NAF'");
	const labels = new Map(named.map(({ code, label }) => [code, label]));
	await manager.insert(
		Activity,
		opcos.flatMap(({ code, divisions }) =>
			divisions.map((division) => ({
				naf: division.padStart(2, "0"),
				opcoCode: code,
				label: labels.get(division) ?? `NAF ${division}`,
				basis: "division",
				confidence: null,
			})),
		),
	);
	const client = (await manager.queryRunner?.connect()) as pg.ClientBase;
	await noteReferential(client, { kind: "OPCO", source, version, licence, whole: false, digest });
}
