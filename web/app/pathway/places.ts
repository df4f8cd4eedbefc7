import { graphql } from "../graphql.ts";
import type { Hub } from "../hub-client.ts";

const PathwayPlaces_Query = graphql(`
	query PathwayPlaces_Query {
		members {
			slug
			name
			departements {
				code
				name
			}
		}
	}
`);

export interface Departement {
	code: string;
	name: string;
}

/** Where badges are to be had: institutes by slug, and the départements of the network by code. */
export interface Places {
	institutes: Record<string, { name: string; departements: Departement[] }>;
	departements: Departement[];
}

/** Reads the register. Empty while it cannot be read: a pathway is shown without it. */
export async function readPlaces(hub: Pick<Hub, "ask">): Promise<Places> {
	const { data } = await hub.ask(PathwayPlaces_Query, {});
	const members = data?.members ?? [];
	const every = members.flatMap(({ departements }) => departements).map(({ code, name }) => [code, { code, name }] as const);
	return {
		institutes: Object.fromEntries(members.map(({ slug, name, departements }) => [slug, { name, departements }])),
		departements: [...new Map(every).values()].sort((a, b) => (a.code < b.code ? -1 : 1)),
	};
}
