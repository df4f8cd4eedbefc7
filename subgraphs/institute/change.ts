import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

export enum ChangeKind {
	SAVED = "SAVED",
	REMOVED = "REMOVED",
}
registerEnumType(ChangeKind, { name: "ChangeKind" });

/** One step of the institute's history. The field `badgeClass` is resolved: it is the row as it is now. */
@Entity()
@ObjectType("BadgeClassChange", { simpleResolvers: true })
export class Change {
	/** Positions grow in the order of commits: writers take turns, see `record-change.ts`. */
	@PrimaryGeneratedColumn("increment", { type: "bigint" })
	@Field(() => String)
	position: string;

	@Column({ type: "text" })
	@Field(() => ChangeKind)
	kind: ChangeKind;

	@Column({ type: "text" })
	badgeClassId: string;

	@Column({ type: "timestamp with time zone", precision: 3 })
	@Field(() => GraphQLDateTime)
	at: Date;

	@Field(() => ID)
	get id(): string {
		return this.badgeClassId;
	}
}

@ObjectType({ simpleResolvers: true })
export class ChangePage {
	@Field(() => [Change])
	changes: Change[];

	@Field(() => String)
	position: string;

	@Field(() => Boolean)
	hasMore: boolean;
}
