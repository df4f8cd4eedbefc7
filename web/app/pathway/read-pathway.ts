import { isBadgeId } from "../badge/badge-id.ts";
import { readBadgeNames } from "../badge/read-badge-names.ts";
import { graphql, type ResultOf } from "../graphql.ts";
import { type Hub, notFound } from "../hub-client.ts";
import { earnedOn, type PathwayQuestion } from "./pathway-address.ts";
import { readPlaces } from "./places.ts";
import { readLabels } from "./read-labels.ts";
import { type RulePart, RuleParts_Part } from "./rule-parts.ts";
import type { Way } from "./shortest-way.tsx";

const PathwayPage_Query = graphql(
	`
		query PathwayPage_Query($id: ID!, $held: [ID!]!, $earnedOn: [DateTime!], $within: WayConditions) {
			pathway(badgeClassId: $id) {
				badgeClassId
				name
				nodes {
					id
					name
					metabadge
				}
				edges {
					from
					to
				}
			}
			progress(badgeClassId: $id, holding: $held, earnedOn: $earnedOn) {
				met
				share
				parts {
					...RuleParts_Part
				}
			}
			shortestWay(badgeClassId: $id, holding: $held, within: $within, earnedOn: $earnedOn) {
				exact
				atLeast
				badges {
					id
					name
					requestable
					badgeClass {
						request {
							open
							url
						}
						requirement {
							needed
						}
					}
				}
			}
			nextSteps(holding: $held, goal: $id, within: $within) {
				badge {
					id
				}
			}
			begun: nextSteps(holding: $held, within: $within) {
				badge {
					id
					name
					requestable
				}
				towards
				completes
			}
			unlocks(holding: $held) {
				id
				name
			}
		}
	`,
	[RuleParts_Part],
);

/** The rule of a metabadge on the way: which there are is known only once the pathway is. */
const PathwayRule_Query = graphql(
	`
		query PathwayRule_Query($id: ID!, $held: [ID!]!, $earnedOn: [DateTime!]) {
			progress(badgeClassId: $id, holding: $held, earnedOn: $earnedOn) {
				parts {
					...RuleParts_Part
				}
			}
		}
	`,
	[RuleParts_Part],
);

/** Rules beyond are not detailed. */
const MOST_RULES = 40;
const MOST_BEGUN = 5;
const MOST_TOWARDS = 3;

/** Everything that the page of a pathway tells for a question. Throws the 404 page for what is no badge. */
export async function readPathway(hub: Hub, id: string, question: PathwayQuestion, now = new Date()) {
	if (!isBadgeId(id)) throw notFound();
	const { held, departement, requestable, without } = question;
	const holding = { held, earnedOn: earnedOn(question, now) };
	const within = { departement, requestable, withoutInstitutes: without };
	const [page, places] = await Promise.all([hub.need(PathwayPage_Query, { id, ...holding, within }), readPlaces(hub)]);
	const { pathway, progress, shortestWay, nextSteps, unlocks } = page;
	if (!pathway || !progress) throw notFound();
	const begun = begunBeside(page, id);
	const inner = pathway.nodes.filter((node) => node.metabadge && node.id !== id).slice(0, MOST_RULES);
	const known = namesIn(pathway.nodes, progress.parts);
	const unnamed = [...held, ...begun.flatMap(({ towards }) => towards)].filter((one) => !(one in known));
	const [rules, names] = await Promise.all([
		Promise.all(inner.map((node) => hub.ask(PathwayRule_Query, { id: node.id, ...holding }))),
		readBadgeNames(hub, unnamed),
	]);
	const every = [...progress.parts, ...rules.flatMap((rule) => rule.data?.progress?.parts ?? [])];
	return {
		id,
		name: pathway.name,
		nodes: pathway.nodes,
		edges: pathway.edges,
		progress: { met: progress.met, share: progress.share },
		rules: Object.fromEntries([
			[id, progress.parts] as const,
			...inner.map((node, place) => [node.id, rules[place]?.data?.progress?.parts ?? []] as const),
		]) as Record<string, RulePart[]>,
		way: shortestWay && readWay(shortestWay),
		first: nextSteps.map(({ badge }) => badge.id),
		unlocks,
		begun: begun.map(({ towards, ...step }) => ({
			...step,
			towards: towards.map((one) => ({ id: one, name: names[one] ?? known[one] ?? one })),
		})),
		names: { ...known, ...names },
		competencies: await readLabels(hub, every),
		places,
	};
}

type Page = ResultOf<typeof PathwayPage_Query>;

/** A badge that has a rule cannot be asked for alone, and whether it has one its institute says. */
function readWay({ exact, atLeast, badges }: NonNullable<Page["shortestWay"]>): Way {
	return {
		exact,
		atLeast,
		badges: badges.map(({ id, name, badgeClass }) => ({
			id,
			name,
			metabadge: badgeClass?.requirement != null,
			request: badgeClass?.request ?? null,
		})),
	};
}

/** What is begun beside this goal, without what can be had at once: that is told apart. */
function begunBeside({ begun, unlocks }: Page, goal: string) {
	return begun
		.map((step) => ({ ...step, towards: step.towards.filter((one) => one !== goal).slice(0, MOST_TOWARDS) }))
		.filter(({ badge, towards }) => towards.length > 0 && badge.id !== goal && !unlocks.some(({ id }) => id === badge.id))
		.slice(0, MOST_BEGUN);
}

function namesIn(nodes: readonly { id: string; name: string | null }[], parts: readonly RulePart[]): Record<string, string> {
	const named = [...nodes, ...parts.flatMap(({ alternatives }) => alternatives)];
	return Object.fromEntries(named.flatMap(({ id, name }) => (name === null ? [] : [[id, name]])));
}
