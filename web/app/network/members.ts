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

/** So many slugs the hub takes in one question; for more, the whole register is read. */
const MOST_SLUGS = 200;

/** Those of some slugs, or all when `slugs` is null. */
export async function readMembers(hub: Pick<Hub, "ask">, slugs: readonly string[] | null): Promise<Members> {
	const { data } = await hub.ask(MemberNames_Query, { slugs: slugs === null || slugs.length > MOST_SLUGS ? null : [...slugs] });
	const members = data?.members ?? [];
	return {
		names: Object.fromEntries(members.map(({ slug, name }) => [slug, name])),
		invented: members.filter(({ demonstration }) => demonstration).map(({ slug }) => slug),
	};
}
