import { graphql, type ResultOf } from "../graphql.ts";
import { type Hub, notFound } from "../hub-client.ts";
import { type GapQuestion, isJobCode } from "./gap-address.ts";

const GapCompetency_Parts = graphql(`
	fragment GapCompetency_Parts on GapCompetency @_unmask {
		core
		emerging
		competency {
			code
			label
			kind
		}
		badges {
			id
			name
		}
	}
`);

/** `referential` can be no null: while the competences cannot be read, there is no answer, and no job that is « not found ». */
const Gap_Query = graphql(
	`
	query Gap_Query($job: ID!, $holding: [ID!]!) {
		referential {
			source
			version
			licence
		}
		gap(job: $job, holding: $holding) {
			job {
				code
				label
			}
			coreTotal
			coreCovered
			covered {
				...GapCompetency_Parts
			}
			missing {
				...GapCompetency_Parts
			}
			shortest {
				method
				bound
				atLeast
				badges {
					id
					name
				}
				uncoverable {
					code
					label
				}
			}
			unknown
		}
	}
`,
	[GapCompetency_Parts],
);

export type GapAnswer = ResultOf<typeof Gap_Query>;
export type Gap = NonNullable<GapAnswer["gap"]>;
export type GapCompetency = Gap["missing"][number];

/** Throws the 404 answer for a job that is none, the 503 one when the hub cannot be read. */
export async function readGap(
	hub: Pick<Hub, "need">,
	{ job, held }: GapQuestion,
): Promise<{ gap: Gap; referential: GapAnswer["referential"] }> {
	if (!isJobCode(job)) throw notFound();
	const { gap, referential } = await hub.need(Gap_Query, { job, holding: held });
	if (!gap) throw notFound();
	return { gap, referential };
}
