import { Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { BadgeHit, TextMatch, TextSegment } from "./badge-hit.ts";
import type { CatalogueContext } from "./context.ts";
import { BadgeClass } from "./member-rows.ts";
import { RequiredBadge, RequiringBadge } from "./required-badge.ts";
import { showExcerpt, showName, whyFound } from "./search/show-matches.ts";

@Resolver(() => BadgeHit)
export class BadgeHitResolver {
	@Query(() => [BadgeHit], { description: "Every metabadge, by name." })
	metabadges(@Ctx() { database }: CatalogueContext) {
		return database.manager.find(BadgeHit, { where: { metabadge: true }, order: { nameCursor: "ASC" } });
	}

	@FieldResolver(() => [TextSegment], { description: "The name, cut where words match the search." })
	highlightedName(@Root() badge: BadgeHit) {
		return showName(badge);
	}

	@FieldResolver(() => [TextSegment], { description: "The part of the description or criteria that matches best, cut likewise." })
	excerpt(@Root() badge: BadgeHit, @Ctx() { database, stems }: CatalogueContext) {
		return showExcerpt(database.manager, stems, badge);
	}

	@FieldResolver(() => [TextMatch], { description: "Why the search found it; empty where nothing was searched for." })
	whyFound(@Root() badge: BadgeHit, @Ctx() { database, stems }: CatalogueContext) {
		return whyFound(database.manager, stems, badge);
	}

	@FieldResolver(() => String)
	async instituteName(@Root() { instituteSlug }: BadgeHit, @Ctx() { harvests }: CatalogueContext) {
		return (await harvests.load(instituteSlug))?.name ?? instituteSlug;
	}

	@FieldResolver(() => BadgeClass, {
		nullable: true,
		description: "The badge class itself, from its institute; null while that one does not answer.",
	})
	badgeClass(@Root() { id }: BadgeHit) {
		return BadgeClass.of(id);
	}
}

@Resolver(() => BadgeClass)
export class BadgeClassResolver {
	@FieldResolver(() => [RequiredBadge], {
		nullable: true,
		description: "What this metabadge requires, across institutes; empty for other badges. Null while the catalogue cannot be reached.",
	})
	async requires(@Root() { id }: BadgeClass, @Ctx() { requirementsOf, badges }: CatalogueContext) {
		return Promise.all(
			(await requirementsOf.load(id)).map(async ({ requiredId }) => {
				const badge = await badges.load(requiredId);
				return Object.assign(new RequiredBadge(), { id: requiredId, known: badge !== null, name: badge?.name ?? null });
			}),
		);
	}

	@FieldResolver(() => [RequiringBadge], {
		nullable: true,
		description: "The metabadges that this badge feeds. Null while the catalogue cannot be reached.",
	})
	async requiredBy(@Root() { id }: BadgeClass, @Ctx() { requirementsFor, badges }: CatalogueContext) {
		const metabadges = await Promise.all((await requirementsFor.load(id)).map(({ metabadgeId }) => badges.load(metabadgeId)));
		return metabadges
			.filter((badge) => badge !== null)
			.sort((left, right) => (left.nameCursor < right.nameCursor ? -1 : 1))
			.map((badge) => Object.assign(new RequiringBadge(), { id: badge.id, name: badge.name }));
	}
}

@Resolver(() => RequiredBadge)
export class RequiredBadgeResolver {
	@FieldResolver(() => BadgeClass, { nullable: true })
	badgeClass(@Root() { id, known }: RequiredBadge) {
		return known ? BadgeClass.of(id) : null;
	}
}

@Resolver(() => RequiringBadge)
export class RequiringBadgeResolver {
	@FieldResolver(() => BadgeClass, { nullable: true })
	badgeClass(@Root() { id }: RequiringBadge) {
		return BadgeClass.of(id);
	}
}
