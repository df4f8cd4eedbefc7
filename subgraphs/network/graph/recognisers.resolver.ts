import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { isGlobalId, ownerOf } from "../../../schema/global-id.ts";
import type { NetworkContext } from "../context.ts";
import { Member } from "../member.ts";
import { BadgeClass } from "../member-rows.ts";
import { RecognitionScope } from "../recognition.ts";
import { type KnownBadge, reachOf } from "./badge-reach.ts";
import { checkRange } from "./check-range.ts";
import { BadgeRecogniser, BadgeRecognisers } from "./recognisers.ts";

const DEEPEST = 6;
const LARGEST_LIST = 500;

@Resolver(() => BadgeClass)
export class BadgeRecognisersResolver {
	@Directive('@requires(fields: "issuer { id } alignments { targetName targetCode targetUrl }")')
	@FieldResolver(() => BadgeRecognisers, {
		nullable: true,
		description:
			"Members that recognise this badge class: itself, its issuer, its institute, a field of competencies that it is aligned to, or through others, within so many hops. Null while the network, or the badge class itself, cannot be read.",
	})
	async recognisers(
		@Root() { id, issuer, alignments }: BadgeClass,
		@Arg("within", () => Int, { defaultValue: 3 }) within: number,
		@Arg("first", () => Int, { defaultValue: 50 }) first: number,
		@Ctx() { graph }: NetworkContext,
	) {
		checkRange("within", within, 1, DEEPEST);
		checkRange("first", first, 0, LARGEST_LIST);
		const owner = isGlobalId(id) ? ownerOf(id) : undefined;
		const current = await graph.current();
		const badge: KnownBadge = { id, owner: owner ?? "", issuer: issuer?.id, alignments };
		const found = owner === undefined ? [] : [...current.recognisersOf(badge, within)];
		const nodes = found.map(([slug, path]) => BadgeRecogniser.of(slug, path, badge));
		const count = (through: BadgeRecogniser["through"]) => nodes.filter((one) => one.through === through).length;
		return Object.assign(new BadgeRecognisers(), {
			totalCount: nodes.length,
			direct: count("BADGE_CLASS"),
			throughIssuer: count("ISSUER"),
			throughInstitute: count("INSTITUTE"),
			throughField: count("FIELD"),
			throughChain: count("CHAIN"),
			nodes: nodes.slice(0, first),
			otherFields: (current.of.get(badge.owner) ?? [])
				.filter((one) => one.scope === RecognitionScope.FIELD && reachOf(one, badge) === undefined)
				.slice(0, LARGEST_LIST),
		});
	}
}

@Resolver(() => BadgeRecogniser)
export class BadgeRecogniserResolver {
	@FieldResolver(() => Member)
	member(@Root() { slug }: BadgeRecogniser, @Ctx() { members }: NetworkContext) {
		return members.load(slug);
	}

	@FieldResolver(() => [Member], { description: "The members in between, from it to the badge class; none unless it is through a chain." })
	via(@Root() { via }: BadgeRecogniser, @Ctx() { members }: NetworkContext) {
		return members.loadMany(via);
	}
}
