import { graphql } from "../graphql.ts";
import { type Hub, notFound } from "../hub-client.ts";
import { AlignedBadges_Badge } from "./aligned-badges.tsx";
import { CompetencyTable_Competency } from "./competency-table.tsx";

/** `referential` can be no null: while the competences cannot be read, there is no answer, and no job that is « not found ». */
const Job_Query = graphql(
	`
		query Job_Query($code: ID!) {
			referential {
				source
				version
				licence
			}
			job(code: $code) {
				code
				label
				domain
				appellations
				competencies {
					core
					emerging
					competency {
						code
						label
						kind
						badgeClasses {
							id
							name
						}
						...CompetencyTable_Competency
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
	[CompetencyTable_Competency, AlignedBadges_Badge],
);

/** Throws the 404 answer for a job that is none, the 503 one when the hub cannot be read. */
export async function readJob(hub: Hub, code: string) {
	const { job, referential } = await hub.need(Job_Query, { code });
	if (!job) throw notFound();
	const badges = [...job.badgeClasses, ...job.competencies.flatMap(({ competency }) => competency.badgeClasses)];
	const { names } = await hub.membersOf(badges.map(({ id }) => id));
	return { job, referential, names };
}
