import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** A domain of ROME: a letter, or a letter and two digits within it. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class Domain {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID, { description: "`K`, or `K18` within it." })
	code: string;

	@Column({ type: "text" })
	@Field(() => String)
	label: string;

	@Column({ type: "text", nullable: true })
	parentCode: string | null;
}
