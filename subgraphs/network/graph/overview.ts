import { Field, ID, Int, ObjectType } from "type-graphql";
import { Recognition, RecognitionScope } from "../recognition.ts";
import type { TrustGraph } from "./trust-graph.ts";

/** The network at a glance: what a drawing of it needs, whose size does not grow with the number of recognitions. */

/** Stands for the members that belong to no collective, where a collective is asked for. No slug is like this. */
export const NO_COLLECTIVE = "-";

@ObjectType({ simpleResolvers: true, description: "The members of one collective, or those that belong to none." })
export class NetworkGroup {
	/** Id of the collective; `NO_COLLECTIVE` for those without. */
	id: string;

	@Field(() => Int, { description: "Admitted members." })
	memberCount: number;

	@Field(() => Int, { description: "Recognitions between these members." })
	withinCount: number;
}

@ObjectType({ simpleResolvers: true, description: "What the members of one group recognise of those of another." })
export class GroupLink {
	@Field(() => ID, { description: "Id of the collective that recognises; `-` for the members without one." })
	from: string;

	@Field(() => ID)
	to: string;

	@Field(() => Int, { description: "Recognitions by members of the first, of members of the second." })
	recognitionCount: number;
}

@ObjectType({
	simpleResolvers: true,
	description: "The network by collective. A member of several collectives counts in each, and so do its recognitions.",
})
export class NetworkOverview {
	@Field(() => Int)
	memberCount: number;

	@Field(() => Int)
	recognitionCount: number;

	@Field(() => [NetworkGroup], { description: "By id; those without a collective last." })
	groups: NetworkGroup[];

	@Field(() => Int)
	linkCount: number;

	/** All of them, most recognitions first. */
	allLinks: GroupLink[];
}

@ObjectType({ simpleResolvers: true, description: "One member recognises another, or something of it, once or more." })
export class MemberLink {
	@Field(() => ID, { description: "Slug of the member that recognises." })
	from: string;

	@Field(() => ID)
	to: string;

	@Field(() => Int)
	recognitionCount: number;

	@Field(() => Boolean, { description: "Whether the member is recognised as a whole, and not only something of it." })
	isWhole: boolean;
}

@ObjectType({ simpleResolvers: true })
export class NetworkMember {
	slug: string;

	@Field(() => Int, { description: "Members that it recognises, in the whole network." })
	recognisesCount: number;

	@Field(() => Int, { description: "Members that recognise it." })
	recognisedByCount: number;
}

@ObjectType({ simpleResolvers: true, description: "Members, and who of them recognises whom." })
export class MemberNetwork {
	@Field(() => Int)
	memberCount: number;

	@Field(() => [NetworkMember], { description: "By slug; where there are more than `first`, those with most recognitions." })
	members: NetworkMember[];

	@Field(() => [MemberLink], { description: "Between the members given." })
	links: MemberLink[];
}

@ObjectType({ simpleResolvers: true, description: "A page of recognitions in force, newest first." })
export class RecognitionPage {
	@Field(() => Int)
	totalCount: number;

	@Field(() => [Recognition])
	nodes: Recognition[];

	@Field(() => String, { nullable: true, description: "For `after`, to have the next page; null on the last." })
	next: string | null;
}

const kept = new WeakMap<TrustGraph, NetworkOverview>();

/** Counted once for each state of the network. */
export function overviewOf(graph: TrustGraph): NetworkOverview {
	const known = kept.get(graph);
	if (known) return known;
	const members = new Map<string, number>();
	for (const slug of graph.members) for (const id of groupsOf(graph, slug)) members.set(id, (members.get(id) ?? 0) + 1);
	const counts = new Map<string, number>();
	for (const { bySlug, memberSlug } of graph.recognitions)
		for (const from of groupsOf(graph, bySlug))
			for (const to of groupsOf(graph, memberSlug)) counts.set(`${from} ${to}`, (counts.get(`${from} ${to}`) ?? 0) + 1);
	const links = [...counts].flatMap(([pair, recognitionCount]) => {
		const [from, to] = pair.split(" ") as [string, string];
		return from === to ? [] : [Object.assign(new GroupLink(), { from, to, recognitionCount })];
	});
	const overview = Object.assign(new NetworkOverview(), {
		memberCount: graph.members.length,
		recognitionCount: graph.recognitions.length,
		groups: [...members]
			.map(([id, memberCount]) => Object.assign(new NetworkGroup(), { id, memberCount, withinCount: counts.get(`${id} ${id}`) ?? 0 }))
			.sort((a, b) => Number(a.id === NO_COLLECTIVE) - Number(b.id === NO_COLLECTIVE) || (a.id < b.id ? -1 : 1)),
		linkCount: links.length,
		allLinks: links.sort((a, b) => b.recognitionCount - a.recognitionCount || (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1)),
	});
	kept.set(graph, overview);
	return overview;
}

/** The members of a group, or all, and the pairs of them of which one recognises the other. */
export function membersOf(graph: TrustGraph, group: string | null, most: number): MemberNetwork {
	const all = group === null ? graph.members : graph.members.filter((slug) => groupsOf(graph, slug).includes(group));
	const counted = all.map((slug) =>
		Object.assign(new NetworkMember(), {
			slug,
			recognisesCount: new Set((graph.by.get(slug) ?? []).map(({ memberSlug }) => memberSlug)).size,
			recognisedByCount: new Set((graph.of.get(slug) ?? []).map(({ bySlug }) => bySlug)).size,
		}),
	);
	const weight = (one: NetworkMember) => one.recognisesCount + one.recognisedByCount;
	const bySlug = (a: NetworkMember, b: NetworkMember) => (a.slug < b.slug ? -1 : 1);
	const members = counted
		.sort((a, b) => weight(b) - weight(a) || bySlug(a, b))
		.slice(0, most)
		.sort(bySlug);
	return Object.assign(new MemberNetwork(), {
		memberCount: all.length,
		members,
		links: linksAmong(graph, new Set(members.map(({ slug }) => slug))),
	});
}

/** Who recognises whom among these: one link for each pair and direction. */
export function linksAmong(graph: TrustGraph, slugs: ReadonlySet<string>): MemberLink[] {
	const links = new Map<string, MemberLink>();
	for (const from of slugs)
		for (const { memberSlug: to, scope } of graph.by.get(from) ?? []) {
			if (!slugs.has(to)) continue;
			const key = `${from} ${to}`;
			const link = links.get(key) ?? Object.assign(new MemberLink(), { from, to, recognitionCount: 0, isWhole: false });
			link.recognitionCount += 1;
			link.isWhole ||= scope === RecognitionScope.INSTITUTE;
			links.set(key, link);
		}
	return [...links.values()];
}

export interface RecognitionFilter {
	/** Slug: by it, or of it. */
	member: string | null;
	/** Id of a collective, or `NO_COLLECTIVE`: by or of one of its members. */
	collective: string | null;
	/** By one of its members. */
	from: string | null;
	/** Of one of its members. */
	to: string | null;
	scope: RecognitionScope | null;
}

/** A page of those that pass, newest first. `after` is a cursor that a page gave, whether its recognition is still in force or not. */
export function pageOf(graph: TrustGraph, filter: RecognitionFilter, first: number, after: string | null): RecognitionPage | undefined {
	const begin = after === null ? "" : readCursor(after);
	if (begin === undefined) return undefined;
	const isIn = (slug: string, group: string | null) => group === null || groupsOf(graph, slug).includes(group);
	const found = graph.recognitions.filter(
		({ bySlug, memberSlug, scope }) =>
			(filter.member === null || bySlug === filter.member || memberSlug === filter.member) &&
			(filter.collective === null || isIn(bySlug, filter.collective) || isIn(memberSlug, filter.collective)) &&
			isIn(bySlug, filter.from) &&
			isIn(memberSlug, filter.to) &&
			(filter.scope === null || scope === filter.scope),
	);
	const rest = begin === "" ? found : found.filter((one) => placeOf(one) > begin);
	const nodes = rest.slice(0, first);
	const last = nodes.at(-1);
	const next = last && rest.length > nodes.length ? Buffer.from(placeOf(last)).toString("base64url") : null;
	return Object.assign(new RecognitionPage(), { totalCount: found.length, nodes, next });
}

/** Grows along the list, which is newest first. */
function placeOf({ since, id }: Recognition): string {
	return `${String(9_999_999_999_999 - since.getTime()).padStart(13, "0")} ${id}`;
}

function readCursor(after: string): string | undefined {
	const place = Buffer.from(after, "base64url").toString();
	return /^\d{13} [0-9a-f-]{36}$/.test(place) ? place : undefined;
}

function groupsOf(graph: TrustGraph, slug: string): readonly string[] {
	return graph.collectives.get(slug) ?? WITHOUT;
}

const WITHOUT = [NO_COLLECTIVE];
