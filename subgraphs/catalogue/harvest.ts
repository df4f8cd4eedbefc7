import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import type { HarvestedPresentation } from "./harvest/presentation.ts";

/** A member as the directory names it, and how far it has been harvested. Counts and refusals are resolved. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class Harvest {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID)
	instituteSlug: string;

	@Column({ type: "text" })
	name: string;

	/** INSEE codes. */
	@Column({ type: "text", array: true })
	departements: string[];

	/** Ids. */
	@Column({ type: "text", array: true })
	collectives: string[];

	/** How far the member's history has been applied, in the member's own terms. */
	@Column({ type: "text", nullable: true })
	position: string | null;

	/** How the member presents itself; null until it has been heard. */
	@Column({ type: "jsonb", nullable: true })
	presentation: HarvestedPresentation | null;

	@Column({ type: "timestamp with time zone", precision: 3, nullable: true })
	@Field(() => GraphQLDateTime, { nullable: true, description: "When the catalogue last heard from this member." })
	heardAt: Date | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true, description: "Why the member cannot be read now; null when it can." })
	problem: string | null;
}

/** A row that a member sent and that was not accepted. */
@Entity()
export class Refusal {
	@PrimaryColumn({ type: "text" })
	instituteSlug: string;

	@PrimaryColumn({ type: "text" })
	rowId: string;

	@Column({ type: "text" })
	reason: string;
}

/** What a collective is called; its members are in their directory entries. */
@Entity()
export class CollectiveName {
	@PrimaryColumn({ type: "text" })
	id: string;

	@Column({ type: "text" })
	name: string;
}
