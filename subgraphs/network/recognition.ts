import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

export enum RecognitionScope {
	INSTITUTE = "INSTITUTE",
	BADGE_CLASS = "BADGE_CLASS",
}
registerEnumType(RecognitionScope, { name: "RecognitionScope" });

/** Directed: nothing follows from it in the other direction. The members and the badge class are resolved. */
@Entity()
@ObjectType({
	simpleResolvers: true,
	description: "One member says that it recognises another, or one badge class of another: directed, dated, reasoned.",
})
export class Recognition {
	@PrimaryGeneratedColumn("uuid")
	@Field(() => ID)
	id: string;

	@Column({ type: "text" })
	bySlug: string;

	@Column({ type: "text" })
	@Field(() => RecognitionScope)
	scope: RecognitionScope;

	@Column({ type: "text" })
	memberSlug: string;

	@Column({ type: "text", nullable: true })
	@Field(() => ID, { nullable: true, description: "Set when the scope is `BADGE_CLASS`." })
	badgeClassId: string | null;

	@Column({ type: "timestamp with time zone", precision: 3 })
	@Field(() => GraphQLDateTime)
	since: Date;

	@Column({ type: "text" })
	@Field(() => String)
	reason: string;

	@Column({ type: "timestamp with time zone", precision: 3, nullable: true })
	revokedAt: Date | null;
}
