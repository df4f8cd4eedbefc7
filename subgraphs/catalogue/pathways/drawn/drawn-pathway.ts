import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from "typeorm";

/** The fields `name` and `badgeClass` are resolved. */
@Entity()
@ObjectType({
	simpleResolvers: true,
	description: "A step of a pathway that a steward drew: a badge class, or any badge for a competency.",
})
export class DrawnStep {
	@PrimaryColumn({ type: "uuid" })
	pathwayId: string;

	@PrimaryColumn({ type: "integer" })
	@Field(() => Int, { description: "From 0, in the steward's order." })
	place: number;

	@Column({ type: "text", nullable: true })
	@Field(() => ID, { nullable: true })
	badgeClassId: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true, description: "Code or address." })
	competency: string | null;

	@Column({ type: "boolean" })
	@Field(() => Boolean, { description: "Whether the pathway is done without it." })
	optional: boolean;

	@Column({ type: "text" })
	@Field(() => String, { description: "What the steward says of it; may be empty." })
	note: string;
}

/** The fields `steps` and `history` are resolved. */
@Entity()
@ObjectType({ simpleResolvers: true, description: "Badges in an order that a steward advises, without being a metabadge." })
export class DrawnPathway {
	@PrimaryGeneratedColumn("uuid")
	@Field(() => ID)
	id: string;

	@Column({ type: "text" })
	@Field(() => String)
	name: string;

	@Column({ type: "text" })
	@Field(() => String)
	description: string;

	@Column({ type: "integer" })
	@Field(() => Int, { description: "Grows by 1 with each change: give it back when you change it." })
	version: number;

	@Column({ type: "timestamptz", insert: false })
	@Field(() => GraphQLDateTime)
	createdAt: Date;

	@Column({ type: "timestamptz", insert: false })
	@Field(() => GraphQLDateTime)
	changedAt: Date;

	@Column({ type: "timestamptz", nullable: true })
	removedAt: Date | null;
}

export enum DrawnPathwayAction {
	DRAWN = "DRAWN",
	CHANGED = "CHANGED",
	REMOVED = "REMOVED",
}
registerEnumType(DrawnPathwayAction, { name: "DrawnPathwayAction" });

/** One step in the life of a drawn pathway. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class DrawnPathwayEvent {
	@PrimaryColumn({ type: "bigint", insert: false })
	id: string;

	@Column({ type: "uuid" })
	pathwayId: string;

	@Column({ type: "timestamptz", insert: false })
	@Field(() => GraphQLDateTime)
	at: Date;

	@Column({ type: "text" })
	@Field(() => String, { description: "Who vouches for the steward." })
	issuer: string;

	@Column({ type: "text" })
	@Field(() => String, { description: "Who did it: their name at the issuer." })
	steward: string;

	@Column({ type: "text" })
	@Field(() => DrawnPathwayAction)
	action: DrawnPathwayAction;

	@Column({ type: "integer" })
	@Field(() => Int, { description: "The version that came of it." })
	version: number;

	/** The whole pathway as it was then. */
	@Column({ type: "jsonb" })
	content: object;
}
