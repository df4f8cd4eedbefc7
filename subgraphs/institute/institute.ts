import { Directive, Field, ID, ObjectType } from "type-graphql";

/** How the institute presents itself: from its configuration, not from the database. */
@Directive('@key(fields: "slug")')
@Directive('@owned(by: "slug")')
@ObjectType({ simpleResolvers: true, description: "A training institute: a member of the network." })
export class Institute {
	@Field(() => ID)
	slug: string;

	@Field(() => String)
	name: string;

	@Field(() => String, { nullable: true })
	description: string | null;

	@Field(() => String, { nullable: true })
	website: string | null;

	@Field(() => String, { nullable: true })
	email: string | null;

	@Field(() => String, { nullable: true })
	logo: string | null;
}
