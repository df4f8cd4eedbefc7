import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from "typeorm";
import { Competency } from "./competency.ts";

/** A job of the referential. Its competencies and badge classes are resolved. */
@Entity()
@Directive('@key(fields: "code")')
@ObjectType({ simpleResolvers: true, description: "A job of ROME 4.0." })
export class Job {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID, { description: "ROME code: `K1801`." })
	code: string;

	@Column({ type: "text" })
	@Field(() => String)
	label: string;

	@Column({ type: "text" })
	@Field(() => String)
	domain: string;

	@Column({ type: "text", array: true })
	@Field(() => [String])
	appellations: string[];

	/** The label and the appellations, folded, as words are looked for in them. */
	@Column({ type: "text", array: true })
	foldedLabels: string[];

	/** OGR number of the job itself. */
	@Column({ type: "text", nullable: true })
	ogr: string | null;

	@Column({ type: "text", nullable: true })
	domainCode: string | null;

	@Column({ type: "text", nullable: true })
	parentCode: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true, description: "What one does in it, one sentence a line." })
	definition: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true, description: "How one comes to it: training, permits." })
	access: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true, description: "The version of ROME that no longer has it; null for a job in force." })
	retiredIn: string | null;

	@Column({ type: "text", nullable: true })
	successorCode: string | null;

	/** Place in lists by label, compared by code point. */
	@Column({ type: "text", collation: "C" })
	labelCursor: string;
}

/** That a job asks for a competency. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class JobCompetency {
	@PrimaryColumn({ type: "text" })
	jobCode: string;

	@PrimaryColumn({ type: "text" })
	competencyCode: string;

	@ManyToOne(() => Job)
	@JoinColumn({ name: "jobCode" })
	job: Relation<Job>;

	@ManyToOne(() => Competency)
	@JoinColumn({ name: "competencyCode" })
	@Field(() => Competency)
	competency: Relation<Competency>;

	@Column({ type: "boolean" })
	@Field(() => Boolean, { description: "At the heart of the job." })
	core: boolean;

	@Column({ type: "boolean" })
	@Field(() => Boolean, { description: "Newly asked for." })
	emerging: boolean;
}

/** That people go from one job to another. */
@Entity()
export class NearJob {
	@PrimaryColumn({ type: "text" })
	jobCode: string;

	@PrimaryColumn({ type: "text" })
	nearCode: string;

	@ManyToOne(() => Job)
	@JoinColumn({ name: "nearCode" })
	near: Relation<Job>;

	/** 1 for the nearest. */
	@Column({ type: "integer" })
	rank: number;
}

/** The same, seen from the competency. */
@ObjectType({ simpleResolvers: true })
export class JobReference {
	@Field(() => Job)
	job: Job;

	@Field(() => Boolean)
	core: boolean;
}
