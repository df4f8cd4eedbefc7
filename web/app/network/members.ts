import { graphql } from "../graphql.ts";
import type { Hub } from "../hub-client.ts";

const MemberNames_Query = graphql(`
	query MemberNames_Query($slugs: [ID!]) {
		members(slugs: $slugs) {
			slug
			name
			demonstration
		}
	}
`);

/** What the register says of the members: it does not depend on them answering. Empty while it cannot be read. */
export interface Members {
	/** By slug. */
	names: Record<string, string>;
	/** Slugs of those invented for the demonstration. */
	invented: string[];
}

/** So many slugs the hub takes in one question. */
const MOST_SLUGS = 200;

/** Those of some slugs, or all when `slugs` is null. */
export async function readMembers(hub: Pick<Hub, "ask">, slugs: readonly string[] | null): Promise<Members> {
	const questions = slugs === null ? [null] : inParts(slugs);
	const answers = await Promise.all(questions.map((some) => hub.ask(MemberNames_Query, { slugs: some })));
	const members = answers.flatMap(({ data }) => data?.members ?? []);
	return {
		names: Object.fromEntries(members.map(({ slug, name }) => [slug, name])),
		invented: members.filter(({ demonstration }) => demonstration).map(({ slug }) => slug),
	};
}

function inParts(slugs: readonly string[]): string[][] {
	return Array.from({ length: Math.ceil(slugs.length / MOST_SLUGS) }, (_, place) =>
		slugs.slice(place * MOST_SLUGS, (place + 1) * MOST_SLUGS),
	);
}
