import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { IsNull } from "typeorm";
import type { CatalogueContext } from "../../context.ts";
import { BadgeClass } from "../../member-rows.ts";
import { readHolding } from "../read-holding.ts";
import { DrawnPathwayInput, DrawnPathwayResult, DrawnProgress } from "./drawn-answers.ts";
import { DrawnPathway, DrawnPathwayEvent, DrawnStep } from "./drawn-pathway.ts";
import { drawnProgress } from "./drawn-progress.ts";
import { requireSteward } from "./require-steward.ts";
import { isDrawnId, removeDrawn, saveDrawn } from "./save-drawn.ts";

const STEWARDS = '@requiresScopes(scopes: [["pathways:draw"]])';
const MOST_PATHWAYS = 500;

@Resolver(() => DrawnPathway)
export class DrawnPathwayResolver {
	@Query(() => [DrawnPathway], { description: "The pathways that stewards drew, by name." })
	drawnPathways(@Ctx() { database: { manager } }: CatalogueContext) {
		return manager.find(DrawnPathway, { where: { removedAt: IsNull() }, order: { name: "ASC" }, take: MOST_PATHWAYS });
	}

	@Query(() => DrawnPathway, { nullable: true, description: "Null for one that is not there, or not any more." })
	drawnPathway(@Arg("id", () => ID) id: string, @Ctx() { database: { manager } }: CatalogueContext) {
		return isDrawnId(id) ? manager.findOneBy(DrawnPathway, { id, removedAt: IsNull() }) : null;
	}

	@Query(() => DrawnProgress, { nullable: true, description: "How far a holding is on a drawn pathway; null where there is none." })
	async drawnProgress(
		@Arg("pathwayId", () => ID) id: string,
		@Arg("holding", () => [ID], { description: "Ids of the badge classes that are held. Nothing of it is kept." }) held: string[],
		@Arg("earnedOn", () => [GraphQLDateTime], { nullable: true }) earnedOn: Date[] | null | undefined,
		@Ctx() { database, drawnSteps }: CatalogueContext,
	) {
		const holding = readHolding(held, earnedOn);
		const pathway = isDrawnId(id) ? await database.manager.findOneBy(DrawnPathway, { id, removedAt: IsNull() }) : null;
		return pathway && drawnProgress(database, id, await drawnSteps.load(id), holding);
	}

	@Directive(STEWARDS)
	@Mutation(() => DrawnPathwayResult, { description: "Draws a pathway, or changes one: the whole of it. For stewards." })
	saveDrawnPathway(@Arg("pathway", () => DrawnPathwayInput) input: DrawnPathwayInput, @Ctx() { database, caller }: CatalogueContext) {
		return saveDrawn(database, requireSteward(caller), input);
	}

	@Directive(STEWARDS)
	@Mutation(() => DrawnPathwayResult, { description: "Removes a pathway; its history is kept. For stewards." })
	removeDrawnPathway(
		@Arg("id", () => ID) id: string,
		@Arg("version", () => Int, { description: "The version that was read." }) version: number,
		@Ctx() { database, caller }: CatalogueContext,
	) {
		return removeDrawn(database, requireSteward(caller), id, version);
	}

	@FieldResolver(() => [DrawnStep], { description: "In their order." })
	steps(@Root() { id }: DrawnPathway, @Ctx() { drawnSteps }: CatalogueContext) {
		return drawnSteps.load(id);
	}

	@FieldResolver(() => [DrawnPathwayEvent], { description: "What was done to it, when and by whom: the last first." })
	history(@Root() { id }: DrawnPathway, @Ctx() { drawnHistory }: CatalogueContext) {
		return drawnHistory.load(id);
	}
}

@Resolver(() => DrawnStep)
export class DrawnStepResolver {
	@FieldResolver(() => String, {
		nullable: true,
		description: "Of a badge: its name, null when no member knows it any more. Else the competency.",
	})
	async name(@Root() { badgeClassId, competency }: DrawnStep, @Ctx() { badges }: CatalogueContext) {
		return badgeClassId === null ? competency : ((await badges.load(badgeClassId))?.name ?? null);
	}

	@FieldResolver(() => BadgeClass, { nullable: true })
	badgeClass(@Root() { badgeClassId }: DrawnStep) {
		return badgeClassId === null ? null : BadgeClass.of(badgeClassId);
	}
}
