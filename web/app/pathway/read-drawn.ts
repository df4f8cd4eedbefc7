import { readBadgeNames } from "../badge/read-badge-names.ts";
import { graphql } from "../graphql.ts";
import { type Hub, notFound } from "../hub-client.ts";
import { earnedOn, type PathwayQuestion } from "./pathway-address.ts";
import { readPlaces } from "./places.ts";
import { readLabels } from "./read-labels.ts";
import { RuleParts_Part } from "./rule-parts.ts";

const DrawnPage_Query = graphql(
	`
		query DrawnPage_Query($id: ID!, $held: [ID!]!, $earnedOn: [DateTime!]) {
			drawnPathway(id: $id) {
				id
				name
				description
				steps {
					place
					optional
					note
				}
				history {
					at
					steward
				}
			}
			drawnProgress(pathwayId: $id, holding: $held, earnedOn: $earnedOn) {
				met
				share
				steps {
					...RuleParts_Part
				}
			}
		}
	`,
	[RuleParts_Part],
);

/** Everything that the page of a steward's pathway tells for a question. Throws the 404 page for what is none. */
export async function readDrawn(hub: Hub, id: string, question: PathwayQuestion, now = new Date()) {
	const asked = { id, held: question.held, earnedOn: earnedOn(question, now) };
	const [{ drawnPathway, drawnProgress }, places] = await Promise.all([hub.need(DrawnPage_Query, asked), readPlaces(hub)]);
	if (!drawnPathway || !drawnProgress) throw notFound();
	const { met, share, steps: parts } = drawnProgress;
	const { history, ...pathway } = drawnPathway;
	const steps = pathway.steps.flatMap(({ optional, note }, place) => {
		const part = parts[place];
		return part ? [{ optional, note, part }] : [];
	});
	const known = Object.fromEntries(
		parts.flatMap((part) => [part, ...part.alternatives]).flatMap(({ id: badge, name }) => (badge && name ? [[badge, name]] : [])),
	);
	const unnamed = question.held.filter((one) => !(one in known));
	const names: Record<string, string> = { ...known, ...(await readBadgeNames(hub, unnamed)) };
	return { ...pathway, steps, met, share, last: history[0] ?? null, places, names, competencies: await readLabels(hub, parts) };
}
