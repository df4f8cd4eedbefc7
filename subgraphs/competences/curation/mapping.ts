import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";
import { fold } from "../../../schema/global-id.ts";
import type { RawAlignment } from "../alignment-clues.ts";

export enum MappingStatus {
	PROPOSED = "PROPOSED",
	ACCEPTED = "ACCEPTED",
	REJECTED = "REJECTED",
}
registerEnumType(MappingStatus, { name: "MappingStatus" });

export enum MappingTarget {
	JOB = "JOB",
	COMPETENCY = "COMPETENCY",
}
registerEnumType(MappingTarget, { name: "MappingTarget", description: "What a mapping leads to, in ROME." });

/** What tells an alignment apart, as its issuer wrote it: every badge that has the same is mapped with it. */
@ObjectType({ simpleResolvers: true })
export class MappedAlignment {
	@Field(() => String) targetName: string;
	@Field(() => String, { nullable: true }) targetUrl: string | null;
	@Field(() => String, { nullable: true }) targetFramework: string | null;
	@Field(() => String, { nullable: true }) targetCode: string | null;
}

/** What a curator says that an alignment, or a badge class, means. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class Mapping {
	@PrimaryGeneratedColumn("uuid")
	@Field(() => ID)
	id: string;

	/** {@link subjectOf}. */
	@Column({ type: "text" })
	subject: string;

	@Column({ type: "text", nullable: true })
	@Field(() => ID, { nullable: true, description: "The badge class that is mapped; null where an alignment is." })
	badgeId: string | null;

	@Column({ type: "jsonb", nullable: true })
	@Field(() => MappedAlignment, { nullable: true, description: "The alignment that is mapped, wherever it is written so." })
	raw: MappedAlignment | null;

	@Column({ type: "text" })
	@Field(() => MappingTarget)
	targetKind: MappingTarget;

	@Column({ type: "text" })
	@Field(() => ID)
	targetCode: string;

	@Column({ type: "text" })
	@Field(() => MappingStatus)
	status: MappingStatus;

	@Column({ type: "timestamptz", insert: false })
	createdAt: Date;

	@Column({ type: "timestamptz", insert: false })
	changedAt: Date;
}

/** One step in the life of a mapping. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class MappingEvent {
	@PrimaryColumn({ type: "bigint", insert: false })
	id: string;

	@Column({ type: "uuid" })
	mappingId: string;

	@Column({ type: "timestamptz", insert: false })
	@Field(() => GraphQLDateTime)
	at: Date;

	/** Who vouches for the curator. */
	@Column({ type: "text" })
	@Field(() => String)
	issuer: string;

	@Column({ type: "text" })
	@Field(() => String, { description: "Who did it: their name at the issuer." })
	curator: string;

	@Column({ type: "text" })
	@Field(() => MappingStatus)
	status: MappingStatus;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	note: string | null;
}

/** What an import of mappings did. */
@ObjectType({ simpleResolvers: true })
export class MappingImport {
	@Field(() => Int) added: number;
	@Field(() => Int) changed: number;
	@Field(() => Int) unchanged: number;
}

/** The key of what is mapped: case, accents and blanks of an alignment do not matter. */
export function subjectOf(of: { badgeId: string } | { raw: MappedAlignment | RawAlignment }): string {
	if ("badgeId" in of) return `badge ${of.badgeId}`;
	const { targetFramework, targetCode, targetUrl, targetName } = of.raw;
	const address = (targetUrl ?? "")
		.trim()
		.replace(/^https?:\/\//i, "")
		.replace(/\/+$/, "")
		.toLowerCase();
	return JSON.stringify([fold(targetFramework ?? ""), (targetCode ?? "").trim().toUpperCase(), address, fold(targetName)]);
}
