import { Any, type EntityManager, In } from "typeorm";
import { AlignmentProvenance, Badge, BadgeCompetency, BadgeJob } from "./aligned-badge.ts";
import type { RawAlignment } from "./alignment-clues.ts";
import { Mapping, MappingStatus, subjectOf } from "./curation/mapping.ts";
import { insertRows } from "./insert-rows.ts";
import { AlignmentReason, RELIABLE, type Understanding, understandAlignments } from "./understand-alignments.ts";

type Subject = Pick<Badge, "id" | "alignments">;

/** A job or competency of ROME that a badge class was understood to correspond to. */
interface Correspondence {
	scheme: string;
	code: string;
	provenance: AlignmentProvenance;
	confidence: number;
}

export interface UnderstoodBadge {
	id: string;
	/** Each alignment as it was written, with what it was understood to mean. */
	readings: { raw: RawAlignment; understanding: Understanding }[];
	/** Each job and competency once, with the surest way in which it was understood. */
	correspondences: Correspondence[];
}

/** Understands badges' alignments, with what curators have decided about them. */
export async function understandBadges(manager: EntityManager, badges: readonly Subject[]): Promise<UnderstoodBadge[]> {
	const distinct = new Map<string, RawAlignment>();
	for (const { alignments } of badges) for (const raw of alignments) distinct.set(subjectOf({ raw }), raw);
	const understood = await understandAlignments(manager, [...distinct.values()]);
	const bySubject = new Map([...distinct.keys()].map((subject, index) => [subject, understood[index] as Understanding]));
	const decisions = await decisionsOn(manager, [...distinct.keys(), ...badges.map(({ id }) => subjectOf({ badgeId: id }))]);
	const curated = new Map([...bySubject].map(([subject, found]) => [subject, curate(found, decisions.get(subject) ?? [])]));
	return badges.map(({ id, alignments }) => {
		const readings = alignments.map((raw) => ({ raw, understanding: curated.get(subjectOf({ raw })) as Understanding }));
		return { id, readings, correspondences: correspondencesOf(readings, decisions.get(subjectOf({ badgeId: id })) ?? []) };
	});
}

type Decision = Pick<Mapping, "targetKind" | "targetCode" | "status"> & { label: string };

async function decisionsOn(manager: EntityManager, subjects: readonly string[]): Promise<Map<string, Decision[]>> {
	if (subjects.length === 0) return new Map();
	const rows: (Decision & { subject: string })[] = await manager.query(
		`SELECT mapping.subject, mapping."targetKind", mapping."targetCode", mapping.status, coalesce(job.label, competency.label) AS label FROM mapping
		LEFT JOIN job ON mapping."targetKind" = 'JOB' AND job.code = mapping."targetCode"
		LEFT JOIN competency ON mapping."targetKind" = 'COMPETENCY' AND competency.code = mapping."targetCode"
		WHERE mapping.subject = ANY ($1) AND mapping.status <> $2 AND coalesce(job.code, competency.code) IS NOT NULL
		ORDER BY mapping."changedAt", mapping.id`,
		[subjects, MappingStatus.PROPOSED],
	);
	const decisions = new Map<string, Decision[]>();
	for (const { subject, ...decision } of rows) decisions.set(subject, [...(decisions.get(subject) ?? []), decision]);
	return decisions;
}

/** What curators accepted stands in the place of what was understood; what they rejected is taken away from it. */
function curate(found: Understanding, decisions: readonly Decision[]): Understanding {
	const accepted = decisions.filter(({ status }) => status === MappingStatus.ACCEPTED);
	const [first] = accepted;
	if (first) {
		const rome = accepted.map(({ targetKind, targetCode, label }) => ({ scheme: targetKind, code: targetCode, label, confidence: 1 }));
		const meaning = { scheme: first.targetKind, code: first.targetCode, label: first.label };
		return { meaning, provenance: AlignmentProvenance.CURATED, confidence: 1, reason: AlignmentReason.CURATED, rome };
	}
	const rome = found.rome.filter(
		(one) => !decisions.some(({ targetKind, targetCode }) => targetKind === one.scheme && targetCode === one.code),
	);
	if (rome.length === found.rome.length) return found;
	if (rome.length > 0) return { ...found, rome };
	return { meaning: null, provenance: null, confidence: 0, reason: AlignmentReason.REJECTED, rome };
}

function correspondencesOf(readings: UnderstoodBadge["readings"], decisions: readonly Decision[]): Correspondence[] {
	const best = new Map<string, Correspondence>();
	const keep = (one: Correspondence) => {
		const key = `${one.scheme} ${one.code}`;
		const known = best.get(key);
		if (!known || known.confidence < one.confidence) best.set(key, one);
	};
	for (const { understanding } of readings)
		for (const { scheme, code, confidence } of understanding.rome)
			if (confidence >= RELIABLE && understanding.provenance) keep({ scheme, code, confidence, provenance: understanding.provenance });
	for (const { targetKind, targetCode, status } of decisions) {
		if (status === MappingStatus.ACCEPTED)
			keep({ scheme: targetKind, code: targetCode, confidence: 1, provenance: AlignmentProvenance.CURATED });
		else best.delete(`${targetKind} ${targetCode}`);
	}
	return [...best.values()];
}

const AT_ONCE = 500;

/** Understands every kept alignment again, for a referential that has changed. */
export async function understandAgain(manager: EntityManager): Promise<void> {
	const ids = (await manager.find(Badge, { select: { id: true } })).map(({ id }) => id);
	for (let start = 0; start < ids.length; start += AT_ONCE)
		await saveUnderstood(manager, await manager.findBy(Badge, { id: In(ids.slice(start, start + AT_ONCE)) }));
}

/** Keeps what badges are understood to correspond to, in the place of what was understood before. */
export async function saveUnderstood(manager: EntityManager, badges: readonly Subject[]): Promise<void> {
	if (badges.length === 0) return;
	const badgeId = Any(badges.map(({ id }) => id));
	const understood = await understandBadges(manager, badges);
	const of = (scheme: string) =>
		understood.flatMap(({ id, correspondences }) =>
			correspondences.filter((one) => one.scheme === scheme).map((one) => ({ badgeId: id, ...one })),
		);
	await manager.delete(BadgeJob, { badgeId });
	await manager.delete(BadgeCompetency, { badgeId });
	await insertRows(
		manager,
		BadgeJob,
		of("JOB").map(({ badgeId: badge, code, provenance, confidence }) => ({ badgeId: badge, jobCode: code, provenance, confidence })),
	);
	await insertRows(
		manager,
		BadgeCompetency,
		of("COMPETENCY").map(({ badgeId: badge, code, provenance, confidence }) => ({
			badgeId: badge,
			competencyCode: code,
			provenance,
			confidence,
		})),
	);
}
