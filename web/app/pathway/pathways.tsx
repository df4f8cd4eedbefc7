import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { graphql } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { useTexts } from "../i18n/locale.ts";
import { BadgeCard, BadgeCard_Hit } from "../search/badge-card.tsx";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { pathwayPath } from "../ui/paths.ts";

const PathwaysPage_Query = graphql(
	`
		query PathwaysPage_Query {
			metabadges {
				id
				...BadgeCard_Hit
			}
		}
	`,
	[BadgeCard_Hit],
);

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const [{ metabadges }, { invented }] = await Promise.all([hub.need(PathwaysPage_Query, {}), hub.members()]);
	return { metabadges, invented, absence: await hub.absence() };
}

export default function PathwaysPage() {
	const { metabadges, invented, absence } = useLoaderData<typeof loader>();
	const t = useTexts().pathways;
	return (
		<>
			<PageHead title={t.title} lead={t.lead}>
				<p>{metabadges.length > 0 ? t.count(metabadges.length) : t.none}</p>
			</PageHead>
			<AbsenceNotice absence={absence} />
			<ul className="cards">
				{metabadges.map((hit) => (
					<li key={hit.id}>
						<BadgeCard hit={hit} heading="h2" invented={invented} path={pathwayPath(hit.id)} />
					</li>
				))}
			</ul>
		</>
	);
}
