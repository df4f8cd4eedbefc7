import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** Who signs badges. Open Badges: Profile. The field `institute` is resolved: it is the same for every row here. */
@Entity()
@Directive('@key(fields: "id")')
@Directive('@owned(by: "id")')
@ObjectType({ simpleResolvers: true, description: "Who signs the badges: an institute has one or several (a pole, a site, a project)." })
export class Issuer {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID)
	id: string;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	iri: string | null;

	@Column({ type: "text" })
	@Field(() => String)
	name: string;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	description: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	url: string | null;

	@Column({ type: "text", nullable: true })
	@Field(() => String, { nullable: true })
	email: string | null;

	/** An address, or a file of the institute: the field `image` is resolved to an address. */
	@Column({ type: "text", nullable: true })
	image: string | null;
}
