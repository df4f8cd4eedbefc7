import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import type { HarvestedBadge } from "./harvest/wire.ts";
import type { Finding } from "./search/show-matches.ts";

/** A piece of a text that is shown cut where words match a search. */
@ObjectType({ simpleResolvers: true })
export class TextSegment {
	@Field(() => String)
	text: string;

	@Field(() => Boolean)
	match: boolean;
}

export enum FieldMatched {
	NAME = "NAME",
	TAGS = "TAGS",
	ALIGNMENTS = "ALIGNMENTS",
	ISSUER = "ISSUER",
	DESCRIPTION = "DESCRIPTION",
	CRITERIA = "CRITERIA",
}
registerEnumType(FieldMatched, { name: "FieldMatched" });

export enum MatchKind {
	/** The word itself, or another form of it. */
	WORD = "WORD",
	/** A word of the same family. */
	FAMILY = "FAMILY",
	/** What was probably meant. */
	CORRECTION = "CORRECTION",
	/** A word that speaks of the same thing. */
	RELATED = "RELATED",
}
registerEnumType(MatchKind, {
	name: "MatchKind",
	description:
		"`WORD`: the word itself or another form of it; `FAMILY`: a word of its family; `CORRECTION`: what was probably meant; `RELATED`: a word that speaks of the same thing.",
});

/** Why a badge was found. */
@ObjectType({ simpleResolvers: true })
export class TextMatch {
	@Field(() => FieldMatched)
	field: FieldMatched;

	@Field(() => String, { description: "The word of the badge." })
	found: string;

	@Field(() => String, { nullable: true, description: "The word of the question; null for a related word." })
	asked: string | null;

	@Field(() => MatchKind)
	kind: MatchKind;

	@Field(() => String, { nullable: true, description: "Of a related word: the job, competency or badge through which it was reached." })
	through: string | null;
}

/** The snapshot of a badge class. Texts cut for a search, the institute's name and the badge class itself are resolved. */
@Entity("badge")
@ObjectType({ simpleResolvers: true, description: "A badge class as last harvested: it can be shown while its institute does not answer." })
export class BadgeHit {
	@PrimaryColumn({ type: "text" })
	@Field(() => ID, { description: "Id of the badge class." })
	id: string;

	@Column({ type: "text" })
	@Field(() => ID)
	instituteSlug: string;

	@Column({ type: "text" })
	iri: string;

	@Column({ type: "text" })
	@Field(() => String)
	name: string;

	@Column({ type: "text" })
	description: string;

	@Column({ type: "text", nullable: true })
	image: string | null;

	@Column({ type: "jsonb" })
	criteria: HarvestedBadge["criteria"];

	@Column({ type: "text", array: true })
	@Field(() => [String])
	tags: string[];

	@Column({ type: "text" })
	language: string;

	@Column({ type: "jsonb" })
	alignments: HarvestedBadge["alignments"];

	@Column({ type: "text" })
	issuerId: string;

	@Column({ type: "text" })
	issuerName: string;

	@Column({ type: "boolean" })
	@Field(() => Boolean)
	retired: boolean;

	@Column({ type: "boolean" })
	@Field(() => Boolean)
	requestable: boolean;

	@Column({ type: "text", nullable: true })
	requestUrl: string | null;

	@Column({ type: "jsonb", nullable: true })
	requirement: HarvestedBadge["requirement"];

	@Column({ type: "text", array: true })
	exactMatches: string[];

	@Column({ type: "boolean" })
	@Field(() => Boolean)
	metabadge: boolean;

	@Column({ type: "timestamp with time zone", precision: 3 })
	createdAt: Date;

	@Column({ type: "timestamp with time zone", precision: 3 })
	updatedAt: Date;

	@Column({ type: "timestamp with time zone", precision: 3 })
	@Field(() => GraphQLDateTime)
	harvestedAt: Date;

	/** Places in the three orders of the member contract, compared by code point. See `schema/cursor.ts`. */
	@Column({ type: "text", collation: "C" })
	nameCursor: string;

	@Column({ type: "text", collation: "C" })
	createdCursor: string;

	@Column({ type: "text", collation: "C" })
	updatedCursor: string;

	/** What a search found it by; not set on rows that were not searched for. */
	finding?: Finding;
}
