import { Directive, Field, ID, ObjectType } from "type-graphql";
import { z } from "zod";
import type { FieldAlignment } from "./graph/badge-reach.ts";

/** Rows of members, of which the network only knows the key. What it says of them is resolved. */

@Directive('@key(fields: "slug")')
@ObjectType({ simpleResolvers: true })
export class Institute {
	@Field(() => ID)
	slug: string;

	static of(slug: string): Institute {
		return Object.assign(new Institute(), { slug });
	}
}

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType({ simpleResolvers: true })
class Issuer {
	@Field(() => ID)
	id: string;
}

@ObjectType({ simpleResolvers: true })
class Alignment implements FieldAlignment {
	@Directive("@external")
	@Field(() => String)
	targetName: string;

	@Directive("@external")
	@Field(() => String, { nullable: true })
	targetCode?: string | null;

	@Directive("@external")
	@Field(() => String, { nullable: true })
	targetUrl?: string | null;
}

/** What is its member's to say is there where the router has asked the member for it, and then as the member says it. */
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class BadgeClass {
	@Field(() => ID)
	id: string;

	@Directive("@external")
	@Field(() => Issuer)
	issuer?: Issuer;

	@Directive("@external")
	@Field(() => [Alignment])
	alignments?: Alignment[];

	static of(id: string): BadgeClass {
		return Object.assign(new BadgeClass(), { id });
	}

	/** As the router represents it. Members' answers are not trusted: what is not as the contract has it counts as not known. */
	static represented(representation: Record<string, unknown>): BadgeClass {
		const { issuer, alignments } = saidSchema.parse(representation);
		return Object.assign(BadgeClass.of(String(representation.id)), { issuer, alignments });
	}
}

const word = z.string().nullish();
const saidSchema = z.object({
	issuer: z.object({ id: z.string() }).optional().catch(undefined),
	alignments: z
		.array(z.object({ targetName: z.string(), targetCode: word, targetUrl: word }))
		.optional()
		.catch(undefined),
});
