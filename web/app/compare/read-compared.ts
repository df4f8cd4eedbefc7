import { Described_Badge } from "../badge/described-badge.ts";
import { readBadgeNames } from "../badge/read-badge-names.ts";
import { graphql, type ResultOf } from "../graphql.ts";
import { type Hub, unreachable } from "../hub-client.ts";
import type { Members } from "../network/members.ts";

const Compared_Query = graphql(
	`
		query Compared_Query($id: ID!) {
			badgeClass(id: $id) {
				...Described_Badge
				id
				status
				criteria {
					narrative
					url
				}
				issuer {
					name
				}
				request {
					open
					url
				}
				requirement {
					needed
					rule
				}
				requires {
					id
					known
					name
				}
				requiredBy {
					id
					name
				}
				jobs {
					provenance
					job {
						code
						label
					}
				}
				institute {
					harvest {
						heardAt
					}
				}
			}
		}
	`,
	[Described_Badge],
);

export type ComparedBadge = NonNullable<ResultOf<typeof Compared_Query>["badgeClass"]>;

export interface Compared {
	/** In the order asked for. */
	badges: ComparedBadge[];
	/** Known to the catalogue, but their institute cannot be read now. */
	silent: { id: string; name: string }[];
	/** Ids that nobody in the network knows. */
	unknown: string[];
}

/** Badges as their institutes describe them now, each asked for alone: one that is lost does not take the others with it. */
export async function readCompared(hub: Hub, ids: readonly string[]): Promise<Compared> {
	const answers = await Promise.all(ids.map((id) => hub.ask(Compared_Query, { id })));
	if (ids.length > 0 && answers.every(({ data }) => data === null)) throw unreachable();
	const badges = answers.flatMap(({ data }) => data?.badgeClass ?? []);
	const lost = ids.filter((id) => !badges.some((badge) => badge.id === id));
	const names = await readBadgeNames(hub, lost);
	return {
		badges,
		silent: lost.flatMap((id) => (names[id] === undefined ? [] : [{ id, name: names[id] }])),
		unknown: lost.filter((id) => names[id] === undefined),
	};
}

/** The institutes of the badges, and of those that they require or count for. */
export function readInstitutes(hub: Pick<Hub, "membersOf">, badges: readonly ComparedBadge[]): Promise<Members> {
	const named = badges.flatMap((badge) => [badge, ...(badge.requires ?? []), ...(badge.requiredBy ?? [])]);
	return hub.membersOf(named.map(({ id }) => id));
}
