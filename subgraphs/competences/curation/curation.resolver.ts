import { Arg, Args, ArgsType, Ctx, Directive, Field, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { MoreThan } from "typeorm";
import { isGlobalId } from "../../../schema/global-id.ts";
import { badInput } from "../../kit/errors.ts";
import { pageOf, pageRequest } from "../../kit/paging.ts";
import { Badge } from "../aligned-badge.ts";
import type { CompetencesContext } from "../context.ts";
import { BadgeClass } from "../member-rows.ts";
import {
	AlignmentReading,
	AlignmentSuggestion,
	MappingImportResult,
	MappingInput,
	MappingPage,
	MappingRefused,
	MappingResult,
	UnalignedBadges,
} from "./curation.ts";
import { Mapping, MappingEvent, MappingStatus } from "./mapping.ts";
import { decideMapping, exportMappings, importMappings, proposeMapping, Refused } from "./mapping-service.ts";
import { requireCurator } from "./require-scope.ts";
import { suggestFor } from "./suggest.ts";

const LONGEST_NOTE = 2000;
const LONGEST_TEXT = 4000;
const LONGEST_TABLE = 1_000_000;
const MOST_SUGGESTIONS = 50;
const CURATORS = '@requiresScopes(scopes: [["alignments:curate"]])';

@ArgsType()
class PageArguments {
	@Field(() => Int, { defaultValue: 20 }) first: number;
	@Field(() => String, { nullable: true }) after?: string | null;
}

@Resolver(() => Mapping)
export class CurationResolver {
	@Directive(CURATORS)
	@Mutation(() => MappingResult, { description: "Proposes what a badge class, or an alignment, means. For curators." })
	async proposeMapping(@Arg("mapping", () => MappingInput) input: MappingInput, @Ctx() { database, caller }: CompetencesContext) {
		const by = requireCurator(caller);
		const { badgeId = null, alignment, targetKind, targetCode, note = null } = input;
		const raw = alignment && {
			targetName: alignment.targetName,
			targetUrl: alignment.targetUrl ?? null,
			targetFramework: alignment.targetFramework ?? null,
			targetCode: alignment.targetCode ?? null,
		};
		for (const text of Object.values(raw ?? {})) checkText("alignment", text, LONGEST_TEXT);
		return told(
			await proposeMapping(
				database,
				by,
				{ badgeId, raw: raw ?? null, targetKind, targetCode: targetCode.trim().toUpperCase() },
				checkText("note", note, LONGEST_NOTE),
			),
		);
	}

	@Directive(CURATORS)
	@Mutation(() => MappingResult, { description: "Accepts a mapping, rejects it, or makes it a proposal again. For curators." })
	async decideMapping(
		@Arg("id", () => ID) id: string,
		@Arg("status", () => MappingStatus) status: MappingStatus,
		@Arg("note", () => String, { nullable: true }) note: string | null | undefined,
		@Ctx() { database, caller }: CompetencesContext,
	) {
		const by = requireCurator(caller);
		return told(await decideMapping(database, by, id, status, checkText("note", note ?? null, LONGEST_NOTE)));
	}

	@Directive(CURATORS)
	@Mutation(() => MappingImportResult, { description: "Imports the table that `mappingsCsv` gives: all of it, or nothing. For curators." })
	async importMappings(@Arg("csv", () => String) csv: string, @Ctx() { database, caller }: CompetencesContext) {
		const by = requireCurator(caller);
		return told(await importMappings(database, by, checkText("csv", csv, LONGEST_TABLE) as string));
	}

	@Query(() => MappingPage)
	async mappings(
		@Args(() => PageArguments) args: PageArguments,
		@Arg("status", () => MappingStatus, { nullable: true }) status: MappingStatus | null | undefined,
		@Ctx() { database: { manager } }: CompetencesContext,
	) {
		const request = pageRequest(args);
		const query = manager
			.createQueryBuilder(Mapping, "mapping")
			.orderBy("mapping.changedAt", "DESC")
			.addOrderBy("mapping.id")
			.limit(request.size + 1);
		if (status) query.andWhere("mapping.status = :status", { status });
		if (request.after !== undefined) {
			const id = Buffer.from(request.after, "base64url").toString("utf8");
			if (!/^[0-9a-f-]{36}$/.test(id) || !(await manager.existsBy(Mapping, { id })))
				throw badInput("after", "is not a cursor of this list: leave it out to start again");
			query.andWhere(
				`(mapping."changedAt" < (SELECT "changedAt" FROM mapping WHERE id = :id) OR (mapping."changedAt" = (SELECT "changedAt" FROM mapping WHERE id = :id) AND mapping.id > :id))`,
				{ id },
			);
		}
		const { rows, pageInfo } = pageOf(await query.getMany(), request, ({ id }) => Buffer.from(id).toString("base64url"));
		return Object.assign(new MappingPage(), { nodes: rows, pageInfo });
	}

	@Query(() => String, { description: "Every mapping as a table for spreadsheets: UTF-8, `;` between the cells." })
	mappingsCsv(@Ctx() { database }: CompetencesContext) {
		return exportMappings(database);
	}

	@Query(() => UnalignedBadges, { description: "Badge classes that are not known to correspond to anything. Nothing requires it of them." })
	async unalignedBadges(@Args(() => PageArguments) args: PageArguments, @Ctx() { database: { manager } }: CompetencesContext) {
		const request = pageRequest(args);
		const after = request.after === undefined ? "" : Buffer.from(request.after, "base64url").toString("utf8").replaceAll("\0", "");
		const found = await manager
			.createQueryBuilder(Badge, "badge")
			.where({ nameCursor: MoreThan(after) })
			.andWhere(
				`NOT EXISTS (SELECT FROM badge_job WHERE "badgeId" = badge.id) AND NOT EXISTS (SELECT FROM badge_competency WHERE "badgeId" = badge.id)`,
			)
			.orderBy("badge.nameCursor")
			.limit(request.size + 1)
			.getMany();
		const { rows, pageInfo } = pageOf(found, request, ({ nameCursor }) => Buffer.from(nameCursor).toString("base64url"));
		return Object.assign(new UnalignedBadges(), {
			nodes: rows.map(({ id }) => BadgeClass.of(id)),
			pageInfo,
		});
	}

	@FieldResolver(() => [MappingEvent], { description: "What was done to it, and by whom: the last first." })
	async history(@Root() { id }: Mapping, @Ctx() { historyOfMapping }: CompetencesContext) {
		return historyOfMapping.load(id);
	}
}

@Resolver(() => BadgeClass)
export class AlignmentReadingResolver {
	@FieldResolver(() => [AlignmentReading], {
		nullable: true,
		description: "Each alignment as its issuer wrote it, and what it was understood to mean. Null where the badge class is not known.",
	})
	alignmentReadings(@Root() { id }: BadgeClass, @Ctx() { readingsOfBadge }: CompetencesContext) {
		return readingsOfBadge.load(id);
	}

	@FieldResolver(() => [AlignmentSuggestion], {
		nullable: true,
		description: "What the badge class may correspond to, by its words: for curators to judge.",
	})
	async alignmentSuggestions(
		@Root() { id }: BadgeClass,
		@Arg("first", () => Int, { defaultValue: 10 }) first: number,
		@Ctx() { database }: CompetencesContext,
	) {
		if (first < 0 || first > MOST_SUGGESTIONS) throw badInput("first", `must be between 0 and ${MOST_SUGGESTIONS}, and is ${first}`);
		const found = isGlobalId(id) ? await suggestFor(database.manager, id, first) : null;
		return found?.map(({ score, ...meaning }) => Object.assign(new AlignmentSuggestion(), { score, meaning }));
	}
}

/** A text without what PostgreSQL and pages cannot hold. Throws `BAD_USER_INPUT` where it is too long. */
function checkText(field: string, text: string | null, longest: number): string | null {
	if (text !== null && text.length > longest) throw badInput(field, `must have at most ${longest} characters`);
	if (text?.includes("\0")) throw badInput(field, "holds a null character");
	return text;
}

function told<Result extends object>(result: Result | Refused): Result | MappingRefused {
	return result instanceof Refused ? Object.assign(new MappingRefused(), { code: result.code, message: result.message }) : result;
}
