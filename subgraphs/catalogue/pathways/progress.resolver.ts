import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import { isGlobalId, ownerOf } from "../../../schema/global-id.ts";
import type { CatalogueContext } from "../context.ts";
import { BadgeClass } from "../member-rows.ts";
import { NextStep, Progress, ProgressPart, ShortestWay, WayBadge, WayConditions } from "./answers.ts";
import { stepsFrom, stepsTowards } from "./next-steps.ts";
import { evaluate } from "./progress.ts";
import { partsOf } from "./progress-parts.ts";
import { readHolding } from "./read-holding.ts";
import { metabadgesOver, type PathwayWorld, readWorld } from "./read-world.ts";
import { shortestWay } from "./shortest-way.ts";
import { unlocked } from "./unlocks.ts";
import { wayBadge } from "./way-badge.ts";

const EARNED_ON = "When each of them was earned, in their order. Without it, what must not be too old is not met.";
const HOLDING = "Ids of the badge classes that are held. Nothing of it is kept.";

@Resolver(() => ProgressPart)
export class ProgressResolver {
	@Query(() => Progress, { nullable: true, description: "How far a holding is from a badge; null when the catalogue does not know it." })
	async progress(
		@Arg("badgeClassId", () => ID) badgeClassId: string,
		@Arg("holding", () => [ID], { description: HOLDING }) held: string[],
		@Arg("earnedOn", () => [GraphQLDateTime], { nullable: true, description: EARNED_ON }) earnedOn: Date[] | null | undefined,
		@Ctx() { database }: CatalogueContext,
	): Promise<Progress | null> {
		const holding = readHolding(held, earnedOn);
		if (!isGlobalId(badgeClassId)) return null;
		const world = await readWorld(database, [badgeClassId]);
		if (!world.isKnown(badgeClassId)) return null;
		const rule = world.ruleOf(badgeClassId);
		const isHeld = holding.has(badgeClassId);
		const progress = rule && evaluate(rule, holding, world);
		return Object.assign(new Progress(), {
			badgeClassId,
			met: isHeld || (progress?.met ?? false),
			share: isHeld ? 1 : (progress?.share ?? 0),
			parts: progress ? partsOf(progress, world) : [],
		});
	}

	@Query(() => ShortestWay, {
		nullable: true,
		description: "The shortest way to a badge for somebody who holds certain badges; null when there is none under these conditions.",
	})
	async shortestWay(
		@Arg("badgeClassId", () => ID) badgeClassId: string,
		@Arg("holding", () => [ID], { description: HOLDING }) held: string[],
		@Arg("within", () => WayConditions, { nullable: true }) conditions: WayConditions | null | undefined,
		@Arg("earnedOn", () => [GraphQLDateTime], { nullable: true, description: EARNED_ON }) earnedOn: Date[] | null | undefined,
		@Ctx() { database }: CatalogueContext,
	): Promise<ShortestWay | null> {
		const holding = readHolding(held, earnedOn);
		if (!isGlobalId(badgeClassId)) return null;
		const world = await readWorld(database, [badgeClassId]);
		const way = shortestWay(badgeClassId, holding, world, { mayEarn: mayEarn(world, conditions) });
		if (!way.found) return null;
		const { exact, atLeast } = way;
		return Object.assign(new ShortestWay(), { badges: way.badges.map((id) => wayBadge(id, world)), exact, atLeast });
	}

	@Query(() => [NextStep], {
		description: "What to earn next: on the way to a goal, or to the metabadges that have been begun. The most useful first.",
	})
	async nextSteps(
		@Arg("holding", () => [ID], { description: HOLDING }) held: string[],
		@Arg("goal", () => ID, { nullable: true }) goal: string | null | undefined,
		@Arg("within", () => WayConditions, { nullable: true }) conditions: WayConditions | null | undefined,
		@Ctx() { database }: CatalogueContext,
	): Promise<NextStep[]> {
		const holding = readHolding(held);
		if (goal != null && !isGlobalId(goal)) return [];
		const goals = goal == null ? await metabadgesOver(database, held) : [goal];
		const world = await readWorld(database, goals);
		const options = { mayEarn: mayEarn(world, conditions) };
		const steps = goal == null ? stepsFrom(goals, holding, world, options) : stepsTowards(goal, holding, world, options);
		return steps.map(({ id, towards, completes }) => Object.assign(new NextStep(), { badge: wayBadge(id, world), towards, completes }));
	}

	@Query(() => [WayBadge], { description: "The metabadges that what is held suffices for, and that are not held yet." })
	async unlocks(
		@Arg("holding", () => [ID], { description: HOLDING }) held: string[],
		@Ctx() { database }: CatalogueContext,
	): Promise<WayBadge[]> {
		const holding = readHolding(held);
		const over = await metabadgesOver(database, held);
		const world = await readWorld(database, over);
		return unlocked(over, holding, world).map((id) => wayBadge(id, world));
	}

	@FieldResolver(() => BadgeClass, { nullable: true })
	badgeClass(@Root() { id, name }: ProgressPart) {
		return id === null || name === null ? null : BadgeClass.of(id);
	}
}

@Resolver(() => WayBadge)
export class WayBadgeResolver {
	@FieldResolver(() => BadgeClass, { nullable: true })
	badgeClass(@Root() { id }: WayBadge) {
		return BadgeClass.of(id);
	}
}

/** What may be advised: retired badges never. */
function mayEarn({ badges, ruleOf }: PathwayWorld, conditions: WayConditions | null | undefined): (id: string) => boolean {
	const { departement, requestable, withoutInstitutes } = conditions ?? {};
	return (id) => {
		const badge = badges.get(id);
		if (!badge || badge.retired || withoutInstitutes?.includes(ownerOf(id) ?? "")) return false;
		if (departement != null && badge.departements.length > 0 && !badge.departements.includes(departement)) return false;
		return !requestable || badge.requestable || ruleOf(id) !== undefined;
	};
}
