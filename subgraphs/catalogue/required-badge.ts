import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** That a metabadge requires a badge. The required one may be of another member, and may not exist. */
@Entity()
export class Requirement {
	@PrimaryColumn({ type: "text" })
	metabadgeId: string;

	@PrimaryColumn({ type: "text" })
	requiredId: string;

	/** Place in the institute's order. */
	@Column({ type: "integer" })
	place: number;

	/** Set when it would close a cycle, which it names: it is then not in force. */
	@Column({ type: "text", nullable: true })
	cycle: string | null;
}

/** The field `badgeClass` is resolved. */
@ObjectType({ simpleResolvers: true })
export class RequiredBadge {
	@Field(() => ID, { description: "Id of the required badge class." })
	id: string;

	@Field(() => Boolean, { description: "False when no member knows it." })
	known: boolean;

	@Field(() => String, { nullable: true, description: "Its name as last harvested." })
	name: string | null;
}

/** The field `badgeClass` is resolved. */
@ObjectType({ simpleResolvers: true })
export class RequiringBadge {
	@Field(() => ID, { description: "Id of the metabadge." })
	id: string;

	@Field(() => String)
	name: string;
}
