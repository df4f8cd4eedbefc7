import { graphql } from "../graphql.ts";
import type { Hub } from "../hub-client.ts";

const MemberNames_Query = graphql(`
	query MemberNames_Query {
		members {
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

export async function readMembers(hub: Pick<Hub, "ask">): Promise<Members> {
	const { data } = await hub.ask(MemberNames_Query, {});
	const members = data?.members ?? [];
	return {
		names: Object.fromEntries(members.map(({ slug, name }) => [slug, name])),
		invented: members.filter(({ demonstration }) => demonstration).map(({ slug }) => slug),
	};
}
