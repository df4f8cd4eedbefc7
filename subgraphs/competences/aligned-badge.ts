import { Field, Float, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from "typeorm";
import type { HarvestedBadge } from "../catalogue/harvest/wire.ts";
import { Competency } from "./competency.ts";
import { Job } from "./job.ts";

export enum AlignmentProvenance {
	EXACT_CODE = "EXACT_CODE",
	URL = "URL",
	LABEL = "LABEL",
	CURATED = "CURATED",
}
registerEnumType(AlignmentProvenance, {
	name: "AlignmentProvenance",
	description: "How a raw alignment was understood.",
	valuesConfig: { CURATED: { description: "A curator has said so." } },
});

/** A member whose alignments are harvested, and how far. */
@Entity()
export class HarvestedMember {
	@PrimaryColumn({ type: "text" })
	slug: string;

	@Column({ type: "text", nullable: true })
	position: string | null;

	/** As the directory says: collectives and départements, by id and code. */
	@Column({ type: "text", array: true })
	collectives: string[];

	@Column({ type: "text", array: true })
	departements: string[];
}

/** What is kept of a badge class: enough to name it, and to understand its alignments again. */
@Entity()
export class Badge {
	@PrimaryColumn({ type: "text" })
	id: string;

	@Column({ type: "text" })
	slug: string;

	@Column({ type: "text" })
	name: string;

	@Column({ type: "text", collation: "C" })
	nameCursor: string;

	@Column({ type: "text" })
	description: string;

	@Column({ type: "text", array: true })
	tags: string[];

	@Column({ type: "jsonb" })
	alignments: HarvestedBadge["alignments"];
}

/** That a badge class corresponds to a job, as its issuer says. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class BadgeJob {
	@PrimaryColumn({ type: "text" })
	badgeId: string;

	@PrimaryColumn({ type: "text" })
	jobCode: string;

	@ManyToOne(() => Badge)
	@JoinColumn({ name: "badgeId" })
	badge: Relation<Badge>;

	@ManyToOne(() => Job)
	@JoinColumn({ name: "jobCode" })
	@Field(() => Job)
	job: Relation<Job>;

	@Column({ type: "text" })
	@Field(() => AlignmentProvenance)
	provenance: AlignmentProvenance;

	@Column({ type: "real" })
	@Field(() => Float, { description: "How sure that is, from 0 to 1." })
	confidence: number;
}

/** That a badge class corresponds to a competency, as its issuer says. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class BadgeCompetency {
	@PrimaryColumn({ type: "text" })
	badgeId: string;

	@PrimaryColumn({ type: "text" })
	competencyCode: string;

	@ManyToOne(() => Badge)
	@JoinColumn({ name: "badgeId" })
	badge: Relation<Badge>;

	@ManyToOne(() => Competency)
	@JoinColumn({ name: "competencyCode" })
	@Field(() => Competency)
	competency: Relation<Competency>;

	@Column({ type: "text" })
	@Field(() => AlignmentProvenance)
	provenance: AlignmentProvenance;

	@Column({ type: "real" })
	@Field(() => Float, { description: "How sure that is, from 0 to 1." })
	confidence: number;
}

/** Either of them, seen from the job or the competency. The field `badgeClass` is resolved. */
@ObjectType({ simpleResolvers: true })
export class AlignedBadge {
	@Field(() => ID, { description: "Id of the badge class." })
	id: string;

	@Field(() => String)
	name: string;

	@Field(() => AlignmentProvenance)
	provenance: AlignmentProvenance;

	@Field(() => Float, { description: "How sure that is, from 0 to 1." })
	confidence: number;

	static of({ badge, provenance, confidence }: BadgeJob | BadgeCompetency): AlignedBadge {
		return Object.assign(new AlignedBadge(), { id: badge.id, name: badge.name, provenance, confidence });
	}
}
