import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { PageInfo } from "../../kit/paging.ts";
import { BadgeHit } from "../badge-hit.ts";
import type { Search } from "./search.ts";

@InputType()
export class BadgeSearchFilter {
	@Field(() => [ID], { nullable: true }) institutes?: string[] | null;
	@Field(() => [ID], { nullable: true }) departements?: string[] | null;
	@Field(() => [ID], { nullable: true }) collectives?: string[] | null;
	@Field(() => [ID], { nullable: true, description: "ROME codes." }) jobs?: string[] | null;
	@Field(() => [ID], { nullable: true, description: "Domains of jobs, by name." }) domains?: string[] | null;
	@Field(() => [ID], { nullable: true, description: "Referentials that badges are aligned with." }) frameworks?: string[] | null;
	@Field(() => [ID], { nullable: true, description: "Slugs of members that recognise the badge, or its institute." })
	recognisedBy?: string[] | null;
	@Field(() => [ID], { nullable: true }) languages?: string[] | null;
	@Field(() => Boolean, { nullable: true }) requestable?: boolean | null;
	@Field(() => Boolean, { nullable: true }) metabadge?: boolean | null;
	@Field(() => Boolean, { defaultValue: false, description: "Retired badges are left out unless asked for." }) retired: boolean;
}

export enum BadgeSearchOrder {
	BEST = "BEST",
	NEWEST = "NEWEST",
	NAME = "NAME",
}
registerEnumType(BadgeSearchOrder, {
	name: "BadgeSearchOrder",
	description: "`BEST`: best match first; without `query`, by name. `NEWEST`: the badge class that was made last first. `NAME`: by name.",
});

@ArgsType()
export class SearchArguments {
	@Field(() => String, { nullable: true }) query?: string | null;
	@Field(() => BadgeSearchFilter, { nullable: true }) filter?: BadgeSearchFilter | null;
	@Field(() => BadgeSearchOrder, { defaultValue: BadgeSearchOrder.BEST }) order?: BadgeSearchOrder;
	@Field(() => Int, { defaultValue: 20 }) first: number;
	@Field(() => String, { nullable: true }) after?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class BadgeSearchEdge {
	@Field(() => BadgeHit) node: BadgeHit;

	constructor(
		node: BadgeHit,
		private readonly writeCursor: () => string,
	) {
		this.node = node;
	}

	/** Packing one takes as long as finding its badge, and few ask for more than the last. */
	@Field(() => String)
	get cursor(): string {
		return this.writeCursor();
	}
}

@ObjectType({ simpleResolvers: true })
export class FacetCount {
	@Field(() => ID) value: string;
	@Field(() => String) label: string;
	@Field(() => Int) count: number;
}

@ObjectType({ simpleResolvers: true })
export class BadgeFacets {
	@Field(() => [FacetCount]) institutes: FacetCount[];
	@Field(() => [FacetCount]) departements: FacetCount[];
	@Field(() => [FacetCount]) collectives: FacetCount[];
	@Field(() => [FacetCount]) domains: FacetCount[];
	@Field(() => [FacetCount]) jobs: FacetCount[];
	@Field(() => [FacetCount]) frameworks: FacetCount[];
	@Field(() => [FacetCount]) recognisedBy: FacetCount[];
	@Field(() => [FacetCount]) languages: FacetCount[];
	@Field(() => Int) requestable: number;
	@Field(() => Int) metabadges: number;
}

/** The fields `totalCount`, `facets` and `didYouMean` are resolved: the first two are counted only when asked for. */
@ObjectType({ simpleResolvers: true })
export class BadgeSearch {
	@Field(() => [BadgeSearchEdge]) edges: BadgeSearchEdge[];
	@Field(() => PageInfo) pageInfo: PageInfo;
	search: Search;
}
