import { Field, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

/** The one referential that is loaded. How much it holds is resolved. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class Referential {
	@PrimaryColumn({ type: "text" })
	@Field(() => String)
	source: string;

	@Column({ type: "text" })
	@Field(() => String)
	version: string;

	@Column({ type: "text" })
	@Field(() => String)
	licence: string;

	/** Digest of the file it was loaded from: the same version may be corrected. */
	@Column({ type: "text" })
	digest: string;
}
