import { type EntityManager, In, IsNull, type SelectQueryBuilder } from "typeorm";
import { isGlobalId, ownerOf } from "../../schema/global-id.ts";
import { OperatorError } from "../kit/errors.ts";
import { announce } from "./directory-service.ts";
import { Member, MemberStatus } from "./member.ts";
import { Recognition, RecognitionScope } from "./recognition.ts";

/** What members say of each other. Those that are signed come by `trust/publish.ts`; what is recorded here is not, and says so. */

export interface RecognitionStatement {
	/** Slug of the member that recognises. */
	by: string;
	/** Slug of a member, or id of one of its badge classes. */
	subject: string;
	reason: string;
	/** Now when absent. */
	since?: Date;
}

/** Records that a member recognises another, or one badge class of another. One already in force stays as it is. Returns the one in force. */
export async function recordRecognition(manager: EntityManager, statement: RecognitionStatement): Promise<Recognition> {
	const target = subjectOf(statement.subject);
	if (target.memberSlug === statement.by) throw new OperatorError(`"${statement.by}" cannot recognise itself.`);
	if (statement.reason.trim() === "") throw new OperatorError("A recognition says why: the reason is empty.");
	await checkMembers(manager, [statement.by, target.memberSlug]);
	await manager
		.createQueryBuilder()
		.insert()
		.into(Recognition)
		.values({ bySlug: statement.by, ...target, since: statement.since ?? new Date(), reason: statement.reason, revokedAt: null })
		.orIgnore()
		.execute();
	await announce(manager);
	return manager.findOneByOrFail(Recognition, { ...lookUp(statement.by, target), revokedAt: IsNull() });
}

/** Ends a recognition; it stays as history. Returns false when none is in force. */
export async function revokeRecognition(manager: EntityManager, by: string, subject: string): Promise<boolean> {
	const { affected } = await manager.update(
		Recognition,
		{ ...lookUp(by, subjectOf(subject)), revokedAt: IsNull() },
		{ revokedAt: new Date() },
	);
	await announce(manager);
	return (affected ?? 0) > 0;
}

/** Whether this was ever recorded, in force or not. */
export async function wasRecognised(manager: EntityManager, by: string, subject: string): Promise<boolean> {
	return manager.existsBy(Recognition, lookUp(by, subjectOf(subject)));
}

/**
 * Recognitions in force, newest first: begun, neither revoked nor expired, between members that are both admitted. A row
 * whose times are none, which no statement says, is left out: what a statement says is missed by who verifies the hub.
 */
export function recognitionsInForce(manager: EntityManager): SelectQueryBuilder<Recognition> {
	return manager
		.createQueryBuilder(Recognition, "recognition")
		.innerJoin(Member, "by", `by.slug = recognition."bySlug" AND by.status = :admitted`)
		.innerJoin(Member, "of", `of.slug = recognition."memberSlug" AND of.status = :admitted`)
		.where(`recognition."revokedAt" IS NULL`)
		.andWhere(`(recognition."expiresAt" IS NULL OR (recognition."expiresAt" > now() AND isfinite(recognition."expiresAt")))`)
		.andWhere(`recognition.since <= now() AND isfinite(recognition.since)`)
		.setParameter("admitted", MemberStatus.ADMITTED)
		.orderBy("recognition.since", "DESC")
		.addOrderBy("recognition.id", "ASC");
}

type Target = Pick<Recognition, "scope" | "memberSlug" | "badgeClassId">;

function subjectOf(subject: string): Target {
	const memberSlug = ownerOf(subject);
	if (memberSlug === undefined) throw new OperatorError(`"${subject}" names no member and no badge class.`);
	if (subject === memberSlug) return { scope: RecognitionScope.INSTITUTE, memberSlug, badgeClassId: null };
	if (!isGlobalId(subject)) throw new OperatorError(`"${subject}" is not an id of a badge class: <slug>:<local id>.`);
	return { scope: RecognitionScope.BADGE_CLASS, memberSlug, badgeClassId: subject };
}

function lookUp(bySlug: string, { scope, memberSlug, badgeClassId }: Target) {
	return { bySlug, scope, memberSlug, badgeClassId: badgeClassId ?? IsNull() };
}

async function checkMembers(manager: EntityManager, slugs: readonly string[]): Promise<void> {
	const known = new Set((await manager.findBy(Member, { slug: In([...slugs]), status: MemberStatus.ADMITTED })).map(({ slug }) => slug));
	const unknown = slugs.find((slug) => !known.has(slug));
	if (unknown !== undefined) throw new OperatorError(`The network has no admitted member "${unknown}".`);
}
