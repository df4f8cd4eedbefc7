import { graphql, type ResultOf } from "../graphql.ts";
import { type Hub, notFound } from "../hub-client.ts";
import { formatNumber } from "../i18n/format.ts";
import { type Locale } from "../i18n/locale.ts";
import { trustTextsOf } from "../i18n/trust-texts.ts";
import type { ColumnDrawing } from "./column-layout.ts";
import { drawAround, drawGroups, drawMembers, MOST_DRAWN, MOST_GROUP_LINES, MOST_GROUPS, MOST_LINES } from "./member-drawing.ts";
import { layoutMatrix, type MemberMatrix } from "./member-matrix.ts";
import type { NetworkQuestion } from "./network-address.ts";

/** Members of no collective have this for the id of theirs. */
export const NO_COLLECTIVE = "-";
/** Members around one that are drawn, itself included. */
const MOST_AROUND = 60;

const Overview_Query = graphql(`
	query NetworkOverview_Query($links: Int!) {
		networkOverview {
			memberCount
			recognitionCount
			linkCount
			groups {
				memberCount
				withinCount
				collective {
					id
					name
				}
			}
			links(first: $links) {
				from
				to
				recognitionCount
			}
		}
	}
`);

const Members_Query = graphql(`
	query NetworkMembers_Query($collective: ID, $first: Int!) {
		memberNetwork(collective: $collective, first: $first) {
			memberCount
			members {
				recognisesCount
				recognisedByCount
				member {
					slug
					name
					demonstration
					collectives {
						id
					}
				}
			}
			links {
				from
				to
				isWhole
				recognitionCount
			}
		}
	}
`);

const Around_Query = graphql(`
	query NetworkAround_Query($centre: ID!, $depth: Int!, $first: Int!, $few: Int!) {
		members(first: $few) {
			slug
			name
		}
		member(slug: $centre) {
			slug
			name
			status
			demonstration
		}
		egoNetwork(member: $centre, depth: $depth, first: $first) {
			memberCount
			members {
				distance
				member {
					slug
					name
				}
			}
			links {
				from
				to
				isWhole
				recognitionCount
			}
		}
	}
`);

export type Overview = ResultOf<typeof Overview_Query>["networkOverview"];
type GroupOfOverview = Overview["groups"][number];

export const groupId = ({ collective }: Pick<GroupOfOverview, "collective">): string => collective?.id ?? NO_COLLECTIVE;

/** What a page of the network draws. */
export type NetworkView =
	| { kind: "groups"; drawing: ColumnDrawing; linksDrawn: number }
	| {
			kind: "members";
			drawing: ColumnDrawing;
			names: Record<string, string>;
			drawn: number;
			memberCount: number;
			alone: string[];
	  }
	| {
			/** Too many lines to be drawn as such. */
			kind: "matrix";
			matrix: MemberMatrix;
			names: Record<string, string>;
			/** Each member with what counts of it, by slug. */
			words: Record<string, string>;
			drawn: number;
			memberCount: number;
	  }
	| {
			kind: "around";
			drawing: ColumnDrawing;
			names: Record<string, string>;
			drawn: number;
			memberCount: number;
			undrawn: number;
			says: [string, string[]][];
	  }
	| { kind: "list" };

export interface NetworkReading {
	overview: Overview;
	view: NetworkView;
	/** The member in the middle. */
	centre: { slug: string; name: string; demonstration: boolean } | null;
	/** Every member, where they are few enough to choose from. */
	members: { slug: string; name: string }[] | null;
}

/** What is drawn never grows with the network: members where they are few, else collectives; or what is near one member. */
export async function readNetwork(hub: Hub, question: NetworkQuestion, locale: Locale): Promise<NetworkReading> {
	const { centre, collective, from, to } = question;
	const [{ networkOverview: overview }, around] = await Promise.all([
		hub.need(Overview_Query, { links: 2 * MOST_GROUPS }),
		centre === null ? null : hub.need(Around_Query, { centre, depth: question.depth, first: MOST_AROUND, few: MOST_DRAWN + 1 }),
	]);
	for (const id of [collective, from, to]) if (id !== null && !overview.groups.some((group) => groupId(group) === id)) throw notFound();
	if (around) {
		const { member, egoNetwork, members } = around;
		if (!member || !egoNetwork) throw notFound();
		return { overview, centre: member, members: members.length > MOST_DRAWN ? null : members, view: viewAround(member.slug, egoNetwork) };
	}
	const isSmall = overview.memberCount <= MOST_DRAWN;
	if (from !== null || to !== null) return { overview, centre: null, members: null, view: { kind: "list" } };
	if (collective === null && !isSmall) return { overview, centre: null, members: null, view: viewOfGroups(overview, locale) };
	const { memberNetwork } = await hub.need(Members_Query, { collective, first: MOST_DRAWN });
	const view = viewOfMembers(memberNetwork, collective, locale);
	const members =
		collective === null ? memberNetwork.members.map(({ member }) => member).sort((a, b) => a.name.localeCompare(b.name, "fr")) : null;
	return { overview, centre: null, members, view };
}

function viewOfGroups(overview: Overview, locale: Locale): NetworkView {
	const t = trustTextsOf(locale).networkMap;
	// Those of which most are members, where there are more than can be drawn.
	const drawn = [...overview.groups]
		.sort((a, b) => b.memberCount - a.memberCount || (groupId(a) < groupId(b) ? -1 : 1))
		.slice(0, MOST_GROUPS);
	const ids = new Set(drawn.map(groupId));
	const links = overview.links
		.filter(({ from, to }) => ids.has(from) && ids.has(to))
		.slice(0, MOST_GROUP_LINES)
		.map(({ from, to, recognitionCount }) => ({ from, to, label: formatNumber(locale, recognitionCount) }));
	const drawing = drawGroups(
		drawn.map((group) => ({
			id: groupId(group),
			name: group.collective?.name ?? t.noCollective,
			notes: [t.groupMembers(group.memberCount), t.groupWithin(group.withinCount)],
		})),
		links,
	);
	return { kind: "groups", drawing, linksDrawn: links.length };
}

function viewOfMembers(network: ResultOf<typeof Members_Query>["memberNetwork"], collective: string | null, locale: Locale): NetworkView {
	const t = trustTextsOf(locale).networkMap;
	const members = network.members.map(({ member: { slug, name, collectives }, recognisesCount, recognisedByCount }) => ({
		slug,
		name,
		notes: [t.recognisesCount(recognisesCount), t.recognisedByCount(recognisedByCount)],
		group: collective ?? collectives.map(({ id }) => id).sort()[0] ?? NO_COLLECTIVE,
	}));
	const counts = { names: namesOf(members), drawn: members.length, memberCount: network.memberCount };
	const pairs = new Set(network.links.map(({ from, to }) => [from, to].sort().join(" "))).size;
	if (pairs > MOST_LINES) {
		const words = members.map(({ slug, name, notes }) => [slug, [name, ...notes].join(", ")]);
		return { kind: "matrix", matrix: layoutMatrix(members, network.links), words: Object.fromEntries(words), ...counts };
	}
	const alone = network.members.filter((one) => one.recognisesCount + one.recognisedByCount === 0).map(({ member }) => member.slug);
	return { kind: "members", drawing: drawMembers(members, network.links), ...counts, alone };
}

function viewAround(
	centre: string,
	{ members, links, memberCount }: NonNullable<ResultOf<typeof Around_Query>["egoNetwork"]>,
): NetworkView {
	const near = members.map(({ distance, member: { slug, name } }) => ({ slug, name, distance, group: "" }));
	const { undrawn, ...drawing } = drawAround(centre, near, links);
	const said = new Map<string, string[]>();
	for (const { from, to } of links) said.set(from, [...(said.get(from) ?? []), to]);
	return { kind: "around", drawing, names: namesOf(near), drawn: near.length, memberCount, undrawn, says: [...said] };
}

const namesOf = (members: readonly { slug: string; name: string }[]): Record<string, string> =>
	Object.fromEntries(members.map(({ slug, name }) => [slug, name]));
