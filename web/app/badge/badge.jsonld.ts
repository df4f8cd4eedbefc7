import type { LoaderFunctionArgs } from "react-router";
import { graphql } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";
import { isBadgeId, ownerOf } from "./badge-id.ts";
import { Described_Badge } from "./badge-queries.ts";
import { describeBadge } from "./json-ld.ts";

const BadgeJsonLd_Query = graphql(
	`
		query BadgeJsonLd_Query($id: ID!) {
			badgeClass(id: $id) {
				...Described_Badge
			}
		}
	`,
	[Described_Badge],
);

/** The badge for machines, alone: `/badges/<id>.jsonld`. */
export async function loader(args: LoaderFunctionArgs) {
	const id = args.params.id ?? "";
	if (!isBadgeId(id)) return failure(404, "unknown badge");
	const hub = openHub(args);
	const { data } = await hub.ask(BadgeJsonLd_Query, { id });
	if (!data?.badgeClass) {
		const { missing } = await hub.absence();
		const silent = data === null || missing.some(({ slug }) => slug === ownerOf(id));
		return silent ? failure(503, "the badge's institute does not answer") : failure(404, "unknown badge");
	}
	const origin = publicOrigin(hub.settings, args.request);
	const body = describeBadge(data.badgeClass, `${origin}/badges/${id}`, origin);
	return Response.json(body, { headers: { "Content-Type": "application/ld+json", "Cache-Control": "no-cache" } });
}

const failure = (status: number, error: string) => Response.json({ error }, { status });
