import { Directive, Field, ID, ObjectType } from "type-graphql";

/** Rows of members, of which the catalogue contributes fields. What it says of them is resolved. */

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class BadgeClass {
	@Field(() => ID)
	id: string;

	static of(id: string): BadgeClass {
		return Object.assign(new BadgeClass(), { id });
	}
}

@Directive('@key(fields: "slug")')
@ObjectType({ simpleResolvers: true })
export class Institute {
	@Field(() => ID)
	slug: string;

	static of(slug: string): Institute {
		return Object.assign(new Institute(), { slug });
	}
}
