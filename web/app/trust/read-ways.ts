import { isBadgeId, isSlug } from "../badge/badge-id.ts";
import { graphql, type ResultOf } from "../graphql.ts";
import type { Hub } from "../hub-client.ts";
import { ToldRecognition } from "./told-recognition.ts";

/** Recognitions that a way may be long, and ways that are shown. */
export const LONGEST_WAY = 4;
const MOST_WAYS = 10;

const Ways_Query = graphql(
	`
		query Ways_Query(
			$from: ID!
			$to: ID!
			$within: Int!
			$first: Int!
			$badge: ID!
			$toMember: ID!
			$isBadge: Boolean!
		) {
			from: member(slug: $from) {
				slug
				name
			}
			to: member(slug: $toMember) {
				slug
				name
			}
			badgeClass(id: $badge) @include(if: $isBadge) {
				id
				name
			}
			trustPath(from: $from, to: $to, within: $within, first: $first) {
				isWhole
				paths {
					length
					hops {
						id
						...ToldRecognition
					}
				}
			}
		}
	`,
	[ToldRecognition],
);

export type Ways = ResultOf<typeof Ways_Query>["trustPath"];

export interface WaysReading {
	/** What was asked for; null where it was not. */
	from: string | null;
	to: string | null;
	/** Names of both ends; null for one that the network does not know. */
	names: { from: string | null; to: string | null };
	/** Null where there is nothing to look for yet, or an end is unknown. */
	ways: Ways | null;
}

/** The ways between two, as the address has them. Total: an unknown end is an answer. */
export async function readWays(hub: Hub, parameters: URLSearchParams): Promise<WaysReading> {
	const [from, to] = ["de", "a"].map((name) => parameters.get(name)?.trim() || null) as [string | null, string | null];
	const isBadge = to !== null && isBadgeId(to);
	if (from === null || to === null || !isSlug(from) || !(isBadge || isSlug(to)))
		return { from, to, names: { from: null, to: null }, ways: null };
	const data = await hub.need(Ways_Query, {
		from,
		to,
		within: LONGEST_WAY,
		first: MOST_WAYS,
		badge: isBadge ? to : "",
		toMember: isBadge ? "" : to,
		isBadge,
	});
	const names = { from: data.from?.name ?? null, to: (isBadge ? data.badgeClass?.name : data.to?.name) ?? null };
	return { from, to, names, ways: names.from === null || names.to === null ? null : data.trustPath };
}
