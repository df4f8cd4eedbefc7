import { GraphQLDateTime } from "graphql-scalars";
import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from "typeorm";
import { Alignment, BadgeClassStatus, BadgeRequest, Criteria, Requirement } from "./badge-class.parts.ts";
import { Issuer } from "./issuer.ts";

/** A badge that can be earned. Open Badges 2.0 BadgeClass, 3.0 Achievement. */
@Entity()
@Directive('@key(fields: "id")')
@Directive('@owned(by: "id")')
@ObjectType({
	simpleResolvers: true,
	description: "A badge that can be earned: what it proves, how, and who issues it. Open Badges 2.0 BadgeClass, 3.0 Achievement.",
})
export class BadgeClass {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID)
	id: string;

	@Column({ type: "text", unique: true })
	@Field(() => String)
	iri: string;

	@Column({ type: "text" })
	@Field(() => String)
	name: string;

	@Column({ type: "text" })
	@Field(() => String)
	description: string;

	/** An address, or a file of the institute: the field `image` is resolved to an address. */
	@Column({ type: "text", nullable: true })
	image: string | null;

	@Column({ type: "jsonb" })
	@Field(() => Criteria)
	criteria: Criteria;

	@Column({ type: "text", array: true })
	@Field(() => [String])
	tags: string[];

	@Column({ type: "text" })
	@Field(() => String)
	language: string;

	@Column({ type: "jsonb" })
	@Field(() => [Alignment])
	alignments: Alignment[];

	@ManyToOne(() => Issuer)
	@JoinColumn({ name: "issuerId" })
	issuerRow?: Relation<Issuer>;

	@Column({ type: "text" })
	issuerId: string;

	@Column({ type: "text" })
	@Field(() => BadgeClassStatus)
	status: BadgeClassStatus;

	@Column({ type: "timestamp with time zone", precision: 3 })
	@Field(() => GraphQLDateTime)
	createdAt: Date;

	@Column({ type: "timestamp with time zone", precision: 3 })
	@Field(() => GraphQLDateTime)
	updatedAt: Date;

	@Column({ type: "jsonb" })
	@Field(() => BadgeRequest)
	request: BadgeRequest;

	@Column({ type: "jsonb", nullable: true })
	@Field(() => Requirement, { nullable: true })
	requirement: Requirement | null;

	@Column({ type: "text", array: true })
	@Field(() => [ID])
	exactMatches: string[];

	/** Places in the three orders of the contract, compared by code point. See `schema/cursor.ts`. */
	@Column({ type: "text", collation: "C" })
	nameCursor: string;

	@Column({ type: "text", collation: "C" })
	createdCursor: string;

	@Column({ type: "text", collation: "C" })
	updatedCursor: string;

	/** Digest of the entry of the badge file that this row was last loaded from; null when it came another way. */
	@Column({ type: "text", nullable: true })
	sourceDigest: string | null;
}
