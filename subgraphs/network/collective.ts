import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from "typeorm";
import { Member } from "./member.ts";

/** Institutes that agreed on how they read each other's badges. Its members are resolved. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class Collective {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID)
	id: string;

	@Column({ type: "text" })
	@Field(() => String)
	name: string;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	description: string | null;
}

/** A member's place in a collective. */
@Entity()
export class Membership {
	@PrimaryColumn({ type: "text" })
	collectiveId: string;

	@PrimaryColumn({ type: "text" })
	memberSlug: string;

	@ManyToOne(() => Collective)
	@JoinColumn({ name: "collectiveId" })
	collective: Relation<Collective>;

	@ManyToOne(() => Member)
	@JoinColumn({ name: "memberSlug" })
	member: Relation<Member>;
}
