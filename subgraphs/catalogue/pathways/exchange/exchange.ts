import { ArgsType, Field, ID, ObjectType, registerEnumType } from "type-graphql";

export enum PathwayFormat {
	CTDL = "CTDL",
	CLR = "CLR",
	OPEN_BADGE_FACTORY = "OPEN_BADGE_FACTORY",
}
registerEnumType(PathwayFormat, {
	name: "PathwayFormat",
	description:
		"`CTDL`: a Pathway of the Credential Transparency Description Language, as JSON-LD. `CLR`: achievements and associations of a 1EdTech Comprehensive Learner Record 2.0. `OPEN_BADGE_FACTORY`: a milestone badge of that platform.",
});

export enum PathwayLoss {
	COUNTS = "COUNTS",
	GROUPS = "GROUPS",
	CONDITIONS = "CONDITIONS",
	COMPETENCIES = "COMPETENCIES",
	UNKNOWN_BADGES = "UNKNOWN_BADGES",
}
registerEnumType(PathwayLoss, {
	name: "PathwayLoss",
	description:
		"What a format cannot say: how many are enough, groups within groups, conditions on badges, any badge for a competency, badges that no member knows.",
});

@ObjectType({ simpleResolvers: true, description: "A metabadge, with all that leads to it, in a format of others." })
export class PathwayDocument {
	@Field(() => String)
	mediaType: string;

	@Field(() => String, { description: "JSON." })
	document: string;

	@Field(() => [PathwayLoss], { description: "What of it the format cannot say. Empty when a reader can have the whole of it." })
	lost: PathwayLoss[];
}

@ObjectType({ simpleResolvers: true, description: "A document of others, read as the rule of a metabadge." })
export class ReadPathway {
	@Field(() => String, { nullable: true, description: "IRI of the metabadge. Null where the document could not be read." })
	goalIri: string | null;

	@Field(() => ID, { nullable: true, description: "The metabadge, where a member has it." })
	goalId: string | null;

	@Field(() => String, {
		nullable: true,
		description:
			"JSON: `extensions:requirement` of a badge file. Null where the document could not be read, or names no badge of any member.",
	})
	requirement: string | null;

	@Field(() => [String], { description: "IRIs of badges that no member has: they are left out." })
	unknownBadges: string[];

	@Field(() => String, { nullable: true, description: "Why the document could not be read, and where." })
	problem: string | null;
}

@ArgsType()
export class DocumentArguments {
	@Field(() => ID)
	badgeClassId: string;

	@Field(() => PathwayFormat)
	format: PathwayFormat;

	@Field(() => String, { description: "Address of the hub's pages, which the document's own addresses begin with." })
	base: string;
}
