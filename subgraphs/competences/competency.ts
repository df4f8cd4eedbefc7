import { Directive, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

export enum CompetencyKind {
	KNOW_HOW = "KNOW_HOW",
	MACRO = "MACRO",
	SOFT_SKILL = "SOFT_SKILL",
	KNOWLEDGE = "KNOWLEDGE",
}
registerEnumType(CompetencyKind, {
	name: "CompetencyKind",
	valuesConfig: { MACRO: { description: "A know-how that gathers others." } },
});

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

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true, description: "The category under which ROME has it." })
	category: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	definition: string | null;

	/** The macro-competency to which a know-how belongs. */
	@Column({ type: "text", nullable: true })
	macroCode: string | null;

	/** How others write its label: see `labelForms`. */
	@Column({ type: "text", array: true })
	forms: string[];

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true, description: "The version of ROME that no longer has it." })
	retiredIn: string | null;
}
