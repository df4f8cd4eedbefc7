import { graphql, type ResultOf } from "../graphql.ts";
import { type Hub, notFound } from "../hub-client.ts";
import { AlignedBadges_Badge } from "./aligned-badges.tsx";

/** `referential` can be no null: while the competences cannot be read, there is no answer, and no competency that is « not found ». */
const Competency_Query = graphql(
	`
		query Competency_Query($code: ID!) {
			referential {
				source
				version
				licence
			}
			competency(code: $code) {
				code
				label
				kind
				jobs {
					core
					job {
						code
						label
					}
				}
				badgeClasses {
					id
					name
					...AlignedBadges_Badge
				}
			}
		}
	`,
	[AlignedBadges_Badge],
);

export type CompetencyOfPage = NonNullable<ResultOf<typeof Competency_Query>["competency"]>;

/** Throws the 404 answer for a competency that is none, the 503 one when the hub cannot be read. */
export async function readCompetency(hub: Hub, code: string) {
	const { competency, referential } = await hub.need(Competency_Query, { code });
	if (!competency) throw notFound();
	const { names } = await hub.membersOf(competency.badgeClasses.map(({ id }) => id));
	return { competency, referential, names };
}
