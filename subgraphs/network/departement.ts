import { Field, ID, ObjectType } from "type-graphql";
import { departementFacts } from "./territory.ts";

@ObjectType({ simpleResolvers: true })
export class Departement {
	@Field(() => ID)
	code: string;

	@Field(() => String)
	name: string;

	@Field(() => String)
	region: string;
}

/** The département of an INSEE code (`25`, `2A`, `974`); undefined when there is none. */
export function departementOf(code: string): Departement | undefined {
	const facts = departementFacts(code);
	return facts && Object.assign(new Departement(), facts);
}
