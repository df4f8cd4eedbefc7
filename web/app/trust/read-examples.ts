import { graphql } from "../graphql.ts";
import type { Hub } from "../hub-client.ts";
import { decodeClaims } from "./read-statement.ts";

const Examples_Query = graphql(`
	query FormatExamples_Query {
		recognitionPage(first: 1) {
			nodes {
				by {
					slug
				}
				member {
					slug
				}
				statement {
					id
				}
			}
		}
		collectives {
			id
		}
	}
`);

const MetabadgeExample_Query = graphql(`
	query MetabadgeExample_Query {
		searchBadges(filter: { metabadge: true }, first: 1) {
			edges {
				node {
					id
				}
			}
		}
	}
`);

const DEADLINE_MS = 3_000;

/** Real things of this hub, for requests that answer. Null where it has none, or does not say. */
export interface ExampleSubjects {
	/** Entity identifiers: of the anchor, and of the first of those below it. */
	anchor: string;
	subordinate: string | null;
	/** A mark that the anchor or a collective issues, with its issuer's address. */
	markType: string | null;
	recogniser: string | null;
	recognised: string | null;
	statement: string | null;
	collective: string | null;
	metabadge: string | null;
}

/** `origin`: by which readers know the hub; its entity identifier where it does not tell another. */
export async function readExamples(hub: Hub, origin: string): Promise<ExampleSubjects> {
	const base = new URL(hub.settings.graphqlUrl).origin;
	const read = async (path: string): Promise<string> => {
		const response = await fetch(base + path, { signal: AbortSignal.timeout(DEADLINE_MS) }).catch(() => null);
		return response?.ok ? response.text() : "";
	};
	const [own, list, network, badges] = await Promise.all([
		read("/.well-known/openid-federation"),
		read("/federation/list"),
		hub.ask(Examples_Query, {}),
		hub.ask(MetabadgeExample_Query, {}),
	]);
	const { iss, trust_mark_issuers: issuers } = decodeClaims(own);
	const [recognition] = network.data?.recognitionPage.nodes ?? [];
	const [subordinate] = list ? (JSON.parse(list) as string[]) : [];
	return {
		anchor: typeof iss === "string" ? iss : origin,
		subordinate: subordinate ?? null,
		markType: Object.keys((issuers as object | undefined) ?? {}).find((type) => type.endsWith("/qualiopi")) ?? null,
		recogniser: recognition?.by.slug ?? null,
		recognised: recognition?.member.slug ?? null,
		statement: recognition?.statement?.id ?? null,
		collective: network.data?.collectives[0]?.id ?? null,
		metabadge: badges.data?.searchBadges.edges[0]?.node.id ?? null,
	};
}
