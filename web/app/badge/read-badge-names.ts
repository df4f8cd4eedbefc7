import { graphql } from "../graphql.ts";
import type { Hub } from "../hub-client.ts";
import { isBadgeId } from "./badge-id.ts";

/** The catalogue's word: it knows the name whether the badge's institute answers or not. */
const BadgeName_Query = graphql(`
	query BadgeName_Query($id: ID!) {
		pathway(badgeClassId: $id) {
			name
		}
	}
`);

/** A question each: more ids than this stay without their names. */
const MOST_NAMED = 50;

/** Names of badge classes by id, of those that the catalogue knows. */
export async function readBadgeNames(hub: Pick<Hub, "ask">, ids: readonly string[]): Promise<Record<string, string>> {
	const asked = [...new Set(ids.filter(isBadgeId))].slice(0, MOST_NAMED);
	const answers = await Promise.all(asked.map((id) => hub.ask(BadgeName_Query, { id })));
	return Object.fromEntries(
		asked.flatMap((id, place) => {
			const name = answers[place]?.data?.pathway?.name;
			return name === undefined ? [] : [[id, name]];
		}),
	);
}
