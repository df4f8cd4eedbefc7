import type { LoaderFunctionArgs } from "react-router";
import { graphql, type ResultOf } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { publicOrigin } from "../hub-context.ts";
import { localised } from "../i18n/locale.ts";
import { badgePath, drawnPath, institutePath, pathwayPath } from "../ui/paths.ts";

const SitemapBadges_Query = graphql(`
	query SitemapBadges_Query($after: String) {
		searchBadges(first: 100, after: $after) {
			edges {
				node {
					id
					metabadge
				}
			}
			pageInfo {
				hasNextPage
				endCursor
			}
		}
	}
`);

const SitemapMembers_Query = graphql(`
	query SitemapMembers_Query {
		members {
			slug
		}
		drawnPathways {
			id
		}
	}
`);

const MAX_PAGES = 100;
const PAGES = ["/", "/badges", "/etablissements", "/reseau", "/parcours", "/metiers", "/opco", "/accessibilite"];

/** Every badge, institute and pathway, in both languages. */
export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const origin = publicOrigin(hub.settings, args.request);
	const { members, drawnPathways } = await hub.need(SitemapMembers_Query, {});
	const paths = [...PAGES, ...members.map(({ slug }) => institutePath(slug)), ...drawnPathways.map(({ id }) => drawnPath(id))];
	let after: string | null = null;
	for (let page = 0; page < MAX_PAGES; page++) {
		const { searchBadges }: ResultOf<typeof SitemapBadges_Query> = await hub.need(SitemapBadges_Query, { after });
		for (const { node } of searchBadges.edges) paths.push(badgePath(node.id), ...(node.metabadge ? [pathwayPath(node.id)] : []));
		after = searchBadges.pageInfo.endCursor;
		if (!searchBadges.pageInfo.hasNextPage || after === null) break;
	}
	const entries = paths.flatMap((path) => (["fr", "en"] as const).map((locale) => entry(origin, path, locale)));
	const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join("\n")}
</urlset>
`;
	return new Response(xml, { headers: { "Content-Type": "application/xml; charset=utf-8", "Cache-Control": "public, max-age=3600" } });
}

function entry(origin: string, path: string, locale: "fr" | "en"): string {
	const alternates = (["fr", "en"] as const).map(
		(other) => `<xhtml:link rel="alternate" hreflang="${other}" href="${origin}${localised(other, path)}"/>`,
	);
	return `<url><loc>${origin}${localised(locale, path)}</loc>${alternates.join("")}</url>`;
}
