import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { Recognition } from "../recognition.ts";
import { alignmentTo, type BadgeReach, type KnownBadge, reachOf } from "./badge-reach.ts";
import { TrustPath } from "./questions.ts";
import type { Path } from "./trust-graph.ts";

/** Who recognises one badge class, and how. Members are resolved from their slugs. */

type Through = BadgeReach | "CHAIN";
const RecognisedThrough: Record<Through, Through> = {
	BADGE_CLASS: "BADGE_CLASS",
	ISSUER: "ISSUER",
	INSTITUTE: "INSTITUTE",
	FIELD: "FIELD",
	CHAIN: "CHAIN",
};
registerEnumType(RecognisedThrough, {
	name: "RecognisedThrough",
	valuesConfig: {
		BADGE_CLASS: { description: "It recognises this badge class." },
		ISSUER: { description: "It recognises the issuer of it." },
		INSTITUTE: { description: "It recognises the institute of it as a whole." },
		FIELD: { description: "It recognises the institute for a field of competencies that an alignment of the badge class names." },
		CHAIN: { description: "It recognises as a whole a member that does, directly or through others." },
	},
});

@ObjectType({ simpleResolvers: true, description: "A member that recognises a badge class, and how." })
export class BadgeRecogniser {
	slug: string;

	@Field(() => RecognisedThrough)
	through: Through;

	@Field(() => TrustPath, { description: "Its shortest way to the badge class." })
	path: TrustPath;

	@Field(() => String, {
		nullable: true,
		description:
			"Where the last recognition of the way is for a field: the alignment by which the badge class is in it, as its issuer names it.",
	})
	alignment: string | null;

	/** Slugs of the members in between. */
	via: string[];

	static of(slug: string, path: Path, badge: KnownBadge): BadgeRecogniser {
		const last = path.at(-1) as Recognition;
		return Object.assign(new BadgeRecogniser(), {
			slug,
			through: path.length > 1 ? ("CHAIN" as const) : (reachOf(last, badge) as BadgeReach),
			path: TrustPath.of(path),
			alignment: alignmentTo(last.field, badge)?.targetName ?? null,
			via: path.slice(1).map(({ bySlug }) => bySlug),
		});
	}
}

@ObjectType({ simpleResolvers: true, description: "Who recognises a badge class: each member once, by its shortest way." })
export class BadgeRecognisers {
	@Field(() => Int)
	totalCount: number;

	@Field(() => Int, { description: "Members that recognise the badge class itself." })
	direct: number;

	@Field(() => Int, { description: "Members that recognise its issuer." })
	throughIssuer: number;

	@Field(() => Int, { description: "Members that recognise its institute as a whole." })
	throughInstitute: number;

	@Field(() => Int, { description: "Members that recognise its institute for a field that an alignment of it names." })
	throughField: number;

	@Field(() => Int, { description: "Members that do so through others." })
	throughChain: number;

	@Field(() => [BadgeRecogniser], { description: "Shortest ways first." })
	nodes: BadgeRecogniser[];

	@Field(() => [Recognition], {
		description:
			"Recognitions of its institute for fields that none of its alignments names, newest first. Whether they cover this badge class is for people to judge: they are counted nowhere.",
	})
	otherFields: Recognition[];
}
