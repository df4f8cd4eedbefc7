import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { isBadgeId } from "../badge/badge-id.ts";
import { graphql } from "../graphql.ts";
import { notFound, openHub } from "../hub-client.ts";
import { localeOf, localised, textsOf, useLocale, useTexts } from "../i18n/locale.ts";
import { badgePath, pathwayPath, To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { layoutPathway } from "./layout.ts";
import { PathwayFigure } from "./pathway-figure.tsx";
import { PathwayList } from "./pathway-list.tsx";
import { ShortestWay } from "./shortest-way.tsx";

const PathwayPage_Query = graphql(`
	query PathwayPage_Query($id: ID!) {
		pathway(badgeClassId: $id) {
			badgeClassId
			name
			nodes {
				id
				name
				instituteSlug
				instituteName
				needed
				outOf
			}
			edges {
				from
				to
			}
		}
	}
`);

/** Asked apart: what is held is known only once the badges of the pathway are. */
const PathwayWay_Query = graphql(`
	query PathwayWay_Query($id: ID!, $held: [ID!]!) {
		shortestWay(badgeClassId: $id, holding: $held) {
			exact
			badges {
				id
				name
				requestable
			}
		}
	}
`);

/** What the reader holds stays in the address, and nowhere else. */
const heldIn = (parameters: URLSearchParams): string[] => [...new Set(parameters.getAll("j-ai").filter(isBadgeId))].slice(0, 100);

export async function loader(args: LoaderFunctionArgs) {
	const id = args.params.id ?? "";
	if (!isBadgeId(id)) throw notFound();
	const hub = openHub(args);
	const { pathway } = await hub.need(PathwayPage_Query, { id });
	if (!pathway) throw notFound();
	const { edges } = pathway;
	const nodes = pathway.nodes.map((node) => ({ ...node, instituteName: node.instituteName ?? node.instituteSlug }));
	const t = textsOf(localeOf(args.url.pathname)).pathway;
	const held = heldIn(args.url.searchParams).filter((one) => nodes.some((node) => node.id === one));
	const facts = Object.fromEntries(
		nodes.map((node) => {
			const note = node.outOf > 0 ? t.needShort(node.needed, node.outOf) : "";
			const fact = { name: node.name ?? t.unknown, slug: node.instituteSlug, institute: node.instituteName, note };
			return [node.id, { ...fact, held: held.includes(node.id), known: node.name !== null }];
		}),
	);
	const drawing = layoutPathway({
		nodes: nodes.map((node) => ({
			id: node.id,
			label: facts[node.id]?.name ?? "",
			institute: node.instituteName,
			note: facts[node.id]?.note ?? "",
		})),
		edges,
	});
	const { shortestWay } = edges.length > 0 ? await hub.need(PathwayWay_Query, { id, held }) : { shortestWay: null };
	const way = shortestWay && { exact: shortestWay.exact, badges: shortestWay.badges.filter((badge) => badge.id !== id) };
	return { id, name: pathway.name, nodes, edges, held, facts, drawing, way };
}

export default function PathwayPage() {
	const { id, name, nodes, edges, held, facts, drawing, way } = useLoaderData<typeof loader>();
	const { pathway: t, site } = useTexts();
	const locale = useLocale();
	const institutes = [...new Map(nodes.map((node) => [node.instituteSlug, node.instituteName]))].map(([slug, label]) => ({
		slug,
		name: label,
	}));
	return (
		<>
			<PageHead title={name} eyebrow={t.eyebrow} trail={[["/parcours", site.pathways]]}>
				<p>
					<To to={badgePath(id)}>{t.seeBadge}</To>
				</p>
			</PageHead>
			{edges.length === 0 ? (
				<p>{t.notMeta}</p>
			) : (
				<>
					{held.length > 0 && <ShortestWay way={way} />}
					<PathwayFigure drawing={drawing} facts={facts} institutes={institutes} goal={id} />
					<section aria-labelledby="liste">
						<h2 id="liste">{t.list}</h2>
						<form method="get" action={localised(locale, pathwayPath(id))}>
							<p>
								{t.mark}. {t.markHelp}
							</p>
							<PathwayList goal={id} nodes={nodes} edges={edges} held={held} />
							<button type="submit" className="button">
								{t.update}
							</button>
						</form>
					</section>
				</>
			)}
		</>
	);
}
