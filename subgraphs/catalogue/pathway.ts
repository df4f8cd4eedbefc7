import { Field, ID, Int, ObjectType } from "type-graphql";

/** The field `badgeClass` is resolved. */
@ObjectType({ simpleResolvers: true })
export class PathwayNode {
	@Field(() => ID)
	id: string;

	@Field(() => String, { nullable: true, description: "Null when no member knows this badge: the requirement points nowhere." })
	name: string | null;

	@Field(() => ID)
	instituteSlug: string;

	@Field(() => String, { nullable: true })
	instituteName: string | null;

	@Field(() => Int, { description: "0 for the goal, 1 for what it requires, and so on (longest way)." })
	level: number;

	@Field(() => Boolean, { description: "Whether it is earned by holding others: it has a rule." })
	metabadge: boolean;

	@Field(() => Int, { description: "How many of its required badges are needed; 0 for a badge that is not a metabadge." })
	needed: number;

	@Field(() => Int, { description: "How many badges it names." })
	outOf: number;
}

@ObjectType({ simpleResolvers: true })
export class PathwayEdge {
	@Field(() => ID)
	from: string;

	@Field(() => ID)
	to: string;
}

@ObjectType({ simpleResolvers: true, description: "A metabadge with all that leads to it: a graph without cycles." })
export class Pathway {
	@Field(() => ID)
	badgeClassId: string;

	@Field(() => String)
	name: string;

	@Field(() => [PathwayNode], { description: "Every badge of the pathway, the goal first, then by level." })
	nodes: PathwayNode[];

	@Field(() => [PathwayEdge], { description: "From a required badge to the metabadge that requires it." })
	edges: PathwayEdge[];
}
