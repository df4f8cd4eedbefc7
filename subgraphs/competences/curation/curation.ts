import { createUnionType, Field, Float, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { PageInfo } from "../../kit/paging.ts";
import { AlignmentProvenance } from "../aligned-badge.ts";
import { BadgeClass } from "../member-rows.ts";
import { AlignmentReason } from "../understand-alignments.ts";
import { MappedAlignment, Mapping, MappingImport, MappingTarget } from "./mapping.ts";
import type { RefusalCode } from "./mapping-service.ts";

registerEnumType(AlignmentReason, {
	name: "AlignmentReason",
	description: "Why an alignment was understood as it was, or was not.",
	valuesConfig: {
		RETIRED_CODE: { description: "The code of a job that has been retired: its successor is meant." },
		CODE_ALONE: { description: "A code that can be no other's, with no framework named." },
		SIMILAR_LABEL: { description: "A label that is nearly the same, as with a typing error." },
		OTHER_FRAMEWORK: { description: "Of a framework that is not known here." },
		AMBIGUOUS_LABEL: { description: "A label that several things have." },
	},
});

/** A job or a competency of ROME, a concept of ESCO, a certification, an entry of a regional referential. */
@ObjectType({ simpleResolvers: true })
export class AlignmentMeaning {
	@Field(() => String, { description: "`JOB` and `COMPETENCY` of ROME, `ESCO`, `RNCP`, `RS`, or the name of a regional referential." })
	scheme: string;
	@Field(() => ID) code: string;
	@Field(() => String) label: string;
}

/** An alignment as its issuer wrote it, and what it was understood to mean. */
@ObjectType({ simpleResolvers: true })
export class AlignmentReading {
	@Field(() => MappedAlignment) raw: MappedAlignment;
	@Field(() => AlignmentMeaning, { nullable: true }) meaning: AlignmentMeaning | null;
	@Field(() => AlignmentProvenance, { nullable: true }) provenance: AlignmentProvenance | null;
	@Field(() => Float, { description: "From 0 to 1; below 0.5 it is told and not relied on." }) confidence: number;
	@Field(() => AlignmentReason) reason: AlignmentReason;
	@Field(() => [AlignmentMeaning], { description: "What that is in ROME: itself, or through a crosswalk." }) rome: AlignmentMeaning[];
}

/** What a badge class may correspond to, for curators to judge. */
@ObjectType({ simpleResolvers: true })
export class AlignmentSuggestion {
	@Field(() => AlignmentMeaning) meaning: AlignmentMeaning;
	@Field(() => Float, { description: "To compare suggestions with each other." }) score: number;
}

@ObjectType({ simpleResolvers: true })
export class UnalignedBadges {
	@Field(() => [BadgeClass], { description: "By name." }) nodes: BadgeClass[];
	@Field(() => PageInfo) pageInfo: PageInfo;
}

@ObjectType({ simpleResolvers: true })
export class MappingPage {
	@Field(() => [Mapping], { description: "Those that changed last first." }) nodes: Mapping[];
	@Field(() => PageInfo) pageInfo: PageInfo;
}

@InputType()
export class MappedAlignmentInput {
	@Field(() => String, { defaultValue: "" }) targetName: string;
	@Field(() => String, { nullable: true }) targetUrl?: string | null;
	@Field(() => String, { nullable: true }) targetFramework?: string | null;
	@Field(() => String, { nullable: true }) targetCode?: string | null;
}

@InputType()
export class MappingInput {
	@Field(() => ID, { nullable: true, description: "The badge class that is mapped; or" }) badgeId?: string | null;
	@Field(() => MappedAlignmentInput, { nullable: true, description: "the alignment that is mapped, wherever it is written so." })
	alignment?: MappedAlignmentInput | null;
	@Field(() => MappingTarget) targetKind: MappingTarget;
	@Field(() => ID) targetCode: string;
	@Field(() => String, { nullable: true }) note?: string | null;
}

enum MappingRefusal {
	UNKNOWN_BADGE = "UNKNOWN_BADGE",
	UNKNOWN_TARGET = "UNKNOWN_TARGET",
	UNKNOWN_MAPPING = "UNKNOWN_MAPPING",
	WRONG_SUBJECT = "WRONG_SUBJECT",
	WRONG_FILE = "WRONG_FILE",
}
registerEnumType(MappingRefusal, { name: "MappingRefusal" });

/** Nothing was done, and why. */
@ObjectType({ simpleResolvers: true })
export class MappingRefused {
	@Field(() => MappingRefusal) code: RefusalCode;
	@Field(() => String) message: string;
}

export const MappingResult = createUnionType({ name: "MappingResult", types: () => [Mapping, MappingRefused] as const });
export const MappingImportResult = createUnionType({ name: "MappingImportResult", types: () => [MappingImport, MappingRefused] as const });
