import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { Job } from "../job.ts";

/** A skills operator of branches. Its agreements, activities and jobs are resolved. */
@Entity()
@ObjectType({ simpleResolvers: true, description: "A skills operator (opérateur de compétences)." })
export class Opco {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID)
	code: string;

	@Column({ type: "text" })
	@Field(() => String)
	name: string;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	officialName: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	site: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true, description: "What branches it is for, in words." })
	scope: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	description: string | null;

	@Column({ type: "text", array: true })
	@Field(() => [String])
	aliases: string[];
}

/** A collective agreement of an OPCO: what decides to which OPCO an employer belongs. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class Agreement {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID, { description: "IDCC, four digits." })
	idcc: string;

	@Column({ type: "text" })
	@Field(() => String)
	label: string;

	@Column({ type: "text" })
	opcoCode: string;
}

/** A NAF code that is mostly an OPCO's: indicative, as the agreement decides. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class Activity {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID)
	naf: string;

	@PrimaryColumn({ type: "text" })
	opcoCode: string;

	@Column({ type: "text" })
	@Field(() => String)
	label: string;

	@Column({ type: "text" })
	@Field(() => String, { description: "What the link rests on." })
	basis: string;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	confidence: string | null;
}

/** A job that is found in an OPCO's branches, by NAF divisions: no official table says so. */
@ObjectType({ simpleResolvers: true })
export class OpcoJob {
	@Field(() => Job) job: Job;
	@Field(() => [String], { description: "NAF divisions that the job and the OPCO share." }) divisions: string[];
	@Field(() => Float, { description: "Of the NAF divisions in which ROME has the job, the part that is this OPCO's: from 0 to 1." })
	share: number;
	@Field(() => Int, { description: "How many OPCOs the job is found in." }) opcoCount: number;
}
