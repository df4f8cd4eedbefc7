import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

export enum CompetencyKind {
	KNOW_HOW = "KNOW_HOW",
	SOFT_SKILL = "SOFT_SKILL",
	KNOWLEDGE = "KNOWLEDGE",
}
registerEnumType(CompetencyKind, { name: "CompetencyKind" });

/** A competency of the referential. Its jobs and badge classes are resolved. */
@Entity()
@Directive('@key(fields: "code")')
@ObjectType({ simpleResolvers: true })
export class Competency {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID, { description: "ROME code (OGR)." })
	code: string;

	@Column({ type: "text" })
	@Field(() => String)
	label: string;

	@Column({ type: "text" })
	@Field(() => CompetencyKind)
	kind: CompetencyKind;
}
