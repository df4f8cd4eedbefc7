import { Directive, Field, ID, ObjectType } from "type-graphql";

/** A row of a member, to which jobs and competencies are contributed. */
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class BadgeClass {
	@Field(() => ID)
	id: string;

	static of(id: string): BadgeClass {
		return Object.assign(new BadgeClass(), { id });
	}
}
