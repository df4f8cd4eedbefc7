import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryGeneratedColumn } from "typeorm";

export enum RecognitionScope {
	/** The member as a whole, with every badge class of it. */
	INSTITUTE = "INSTITUTE",
	ISSUER = "ISSUER",
	BADGE_CLASS = "BADGE_CLASS",
	/** The member, for a field of competencies. */
	FIELD = "FIELD",
}
registerEnumType(RecognitionScope, {
	name: "RecognitionScope",
	valuesConfig: {
		INSTITUTE: { description: "The member as a whole, with every badge class of it." },
		FIELD: { description: "The member, for a field of competencies." },
	},
});

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

	@Column({ type: "text", nullable: true })
	@Field(() => ID, { nullable: true, description: "Set when the scope is `ISSUER`." })
	issuerId: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true, description: "Set when the scope is `FIELD`." })
	field: string | null;

	@Column({ type: "timestamp with time zone", precision: 3 })
	@Field(() => GraphQLDateTime)
	since: Date;

	@Column({ type: "timestamp with time zone", precision: 3, nullable: true })
	@Field(() => GraphQLDateTime, { nullable: true, description: "When it ends by itself." })
	expiresAt: Date | null;

	@Column({ type: "text" })
	@Field(() => String)
	reason: string;

	@Column({ type: "timestamp with time zone", precision: 3, nullable: true })
	revokedAt: Date | null;

	/** The signed statement that it comes from; null for one that was recorded without. */
	@Column({ type: "text", nullable: true })
	statementId: string | null;
}
