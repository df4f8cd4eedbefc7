import { Field, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";

export enum ReferentialKind {
	ROME = "ROME",
	ESCO = "ESCO",
	OPCO = "OPCO",
	DEPARTEMENTS = "DEPARTEMENTS",
	REGIONAL = "REGIONAL",
}
registerEnumType(ReferentialKind, { name: "ReferentialKind" });

/** A referential that is loaded. How much of ROME there is, is resolved. */
@Entity()
@ObjectType({ simpleResolvers: true })
export class Referential {
	@PrimaryColumn({ type: "text" })
	@Field(() => ReferentialKind)
	kind: ReferentialKind | `${ReferentialKind}`;

	@Column({ type: "text" })
	@Field(() => String)
	source: string;

	@Column({ type: "text" })
	@Field(() => String)
	version: string;

	@Column({ type: "text" })
	@Field(() => String)
	licence: string;

	@Column({ type: "boolean" })
	@Field(() => Boolean, { description: "False for the extract that ships: `npm run import` brings the whole." })
	whole: boolean;

	/** Digest of what it was loaded from: the same version may be corrected. */
	@Column({ type: "text" })
	digest: string;

	@Column({ type: "timestamptz" })
	importedAt: Date;
}
