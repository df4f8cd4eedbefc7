import { type DataSource, type EntityManager, In } from "typeorm";
import { isGlobalId } from "../../../schema/global-id.ts";
import type { Caller } from "../../kit/caller.ts";
import { Badge } from "../aligned-badge.ts";
import { Competency } from "../competency.ts";
import { Job } from "../job.ts";
import { saveUnderstood } from "../understand-badges.ts";
import { type MappedAlignment, Mapping, MappingEvent, MappingImport, MappingStatus, type MappingTarget, subjectOf } from "./mapping.ts";
import { readMappings, writeMappings } from "./mapping-csv.ts";

/** That a badge class, or an alignment wherever it is written so, means a job or a competency. */
export interface MappingProposal {
	badgeId: string | null;
	raw: MappedAlignment | null;
	targetKind: MappingTarget;
	targetCode: string;
}

export type RefusalCode = "UNKNOWN_BADGE" | "UNKNOWN_TARGET" | "UNKNOWN_MAPPING" | "WRONG_SUBJECT" | "WRONG_FILE";

/** An expected reason for which nothing was done. */
export class Refused {
	constructor(
		readonly code: RefusalCode,
		readonly message: string,
	) {}
}

/** Proposes a mapping; one that is known stays as it is, with the note added to its history. */
export function proposeMapping(
	database: DataSource,
	by: Caller,
	proposal: MappingProposal,
	note: string | null,
): Promise<Mapping | Refused> {
	return database.transaction(async (manager) => {
		const refused = await refuse(manager, proposal);
		if (refused) return refused;
		const { mapping } = await keep(manager, by, proposal, MappingStatus.PROPOSED, note, false);
		return mapping;
	});
}

/** Accepts or rejects a mapping, or makes it a proposal again. Badges are understood anew at once. */
export function decideMapping(
	database: DataSource,
	by: Caller,
	id: string,
	status: MappingStatus,
	note: string | null,
): Promise<Mapping | Refused> {
	return database.transaction(async (manager) => {
		const known = /^[0-9a-f-]{36}$/i.test(id) ? await manager.findOneBy(Mapping, { id }) : null;
		if (!known) return new Refused("UNKNOWN_MAPPING", "id: no mapping has it");
		const { mapping } = await keep(manager, by, known, status, note, true);
		await understandSubjects(manager, [mapping]);
		return mapping;
	});
}

/** Imports mappings from a table: all of it, or nothing. */
export function importMappings(database: DataSource, by: Caller, text: string): Promise<MappingImport | Refused> {
	return database
		.transaction(async (manager) => {
			const read = readMappings(text);
			if (!Array.isArray(read))
				return new Refused("WRONG_FILE", `line ${read.line}${read.column ? `, column ${read.column}` : ""}: ${read.problem}`);
			const done = Object.assign(new MappingImport(), { added: 0, changed: 0, unchanged: 0 });
			const touched: Mapping[] = [];
			for (const { line, proposal, status, note } of read) {
				const refused = await refuse(manager, proposal);
				// Thrown, to take back what the lines before have done.
				if (refused) throw new ImportStopped(new Refused("WRONG_FILE", `line ${line}: ${refused.message}`));
				const { mapping, was } = await keep(manager, by, proposal, status, note, true);
				if (was === status) done.unchanged += 1;
				else {
					done[was === null ? "added" : "changed"] += 1;
					touched.push(mapping);
				}
			}
			await understandSubjects(manager, touched);
			return done;
		})
		.catch((error: unknown) => {
			if (error instanceof ImportStopped) return error.refusal;
			throw error;
		});
}

class ImportStopped extends Error {
	constructor(readonly refusal: Refused) {
		super(refusal.message);
	}
}

/** Every mapping as a table, with the last note on each. */
export async function exportMappings({ manager }: DataSource): Promise<string> {
	const mappings = await manager.find(Mapping, { order: { subject: "ASC", targetKind: "ASC", targetCode: "ASC" } });
	const notes: { mappingId: string; note: string | null }[] = await manager.query(
		`SELECT DISTINCT ON ("mappingId") "mappingId", note FROM mapping_event ORDER BY "mappingId", id DESC`,
	);
	const last = new Map(notes.map(({ mappingId, note }) => [mappingId, note]));
	return writeMappings(mappings.map((mapping) => ({ ...mapping, note: last.get(mapping.id) ?? null })));
}

async function refuse(manager: EntityManager, { badgeId, raw, targetKind, targetCode }: MappingProposal): Promise<Refused | undefined> {
	if ((badgeId === null) === (raw === null)) return new Refused("WRONG_SUBJECT", "give either a badge class or an alignment");
	if (badgeId !== null && !(isGlobalId(badgeId) && (await manager.existsBy(Badge, { id: badgeId }))))
		return new Refused("UNKNOWN_BADGE", "badgeId: no badge class known here has it");
	const known =
		/^[A-Z0-9]{1,12}$/.test(targetCode) &&
		(await (targetKind === "JOB" ? manager.existsBy(Job, { code: targetCode }) : manager.existsBy(Competency, { code: targetCode })));
	return known ? undefined : new Refused("UNKNOWN_TARGET", `targetCode: no ${targetKind === "JOB" ? "job" : "competency"} of ROME has it`);
}

/** Keeps a mapping and the step in its history. `decide` sets the status of one that is known. `was` is null for a new one. */
async function keep(
	manager: EntityManager,
	by: Caller,
	{ badgeId, raw, targetKind, targetCode }: MappingProposal,
	status: MappingStatus,
	note: string | null,
	decide: boolean,
): Promise<{ mapping: Mapping; was: MappingStatus | null }> {
	const subject = badgeId === null ? subjectOf({ raw: raw as MappedAlignment }) : subjectOf({ badgeId });
	const [{ inserted }] = await manager.query(
		`WITH new AS (
			INSERT INTO mapping ("subject", "badgeId", "raw", "targetKind", "targetCode", "status") VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT ("subject", "targetKind", "targetCode") DO NOTHING RETURNING id
		) SELECT EXISTS (SELECT FROM new) AS inserted`,
		[subject, badgeId, raw, targetKind, targetCode, status],
	);
	const where = { subject, targetKind, targetCode };
	const mapping = await manager.findOneOrFail(Mapping, { where, lock: { mode: "pessimistic_write" } });
	const was = inserted ? null : mapping.status;
	if (was !== null && decide && was !== status) {
		await manager.query(`UPDATE mapping SET status = $2, "changedAt" = now() WHERE id = $1`, [mapping.id, status]);
		mapping.status = status;
	}
	if (was !== mapping.status || note !== null)
		await manager.insert(MappingEvent, { mappingId: mapping.id, issuer: by.issuer, curator: by.subject, status: mapping.status, note });
	return { mapping, was };
}

/** Understands anew the badges that mappings are about. */
async function understandSubjects(manager: EntityManager, mappings: readonly Mapping[]): Promise<void> {
	if (mappings.length === 0) return;
	const ids = new Set(mappings.flatMap(({ badgeId }) => (badgeId === null ? [] : [badgeId])));
	const subjects = new Set(mappings.flatMap(({ raw, subject }) => (raw === null ? [] : [subject])));
	if (subjects.size > 0)
		for (const { id, alignments } of await manager.find(Badge, { select: { id: true, alignments: true } }))
			if (alignments.some((raw) => subjects.has(subjectOf({ raw })))) ids.add(id);
	if (ids.size > 0) await saveUnderstood(manager, await manager.findBy(Badge, { id: In([...ids]) }));
}
