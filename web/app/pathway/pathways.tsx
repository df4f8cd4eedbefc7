import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { PageForms } from "../forms/page-forms.tsx";
import { graphql } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { useTexts } from "../i18n/locale.ts";
import { BadgeCard, BadgeCard_Hit } from "../search/badge-card.tsx";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { drawnPath, pathwayPath } from "../ui/paths.ts";

const PathwaysPage_Query = graphql(
	`
		query PathwaysPage_Query {
			metabadges {
				id
				...BadgeCard_Hit
			}
			drawnPathways {
				id
				name
				description
				steps {
					place
				}
			}
		}
	`,
	[BadgeCard_Hit],
);

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const { metabadges, drawnPathways } = await hub.need(PathwaysPage_Query, {});
	return { metabadges, drawnPathways, absence: await hub.absence() };
}

export default function PathwaysPage() {
	const { metabadges, drawnPathways, absence } = useLoaderData<typeof loader>();
	const t = useTexts().pathways;
	return (
		<>
			<PageHead title={t.title} lead={t.lead} />
			<AbsenceNotice absence={absence} />
			<section aria-labelledby="metabadges">
				<h2 id="metabadges">{t.metabadges}</h2>
				<p>{metabadges.length > 0 ? t.count(metabadges.length) : t.none}</p>
				<ul className="cards">
					{metabadges.map((hit) => (
						<li key={hit.id}>
							<BadgeCard hit={hit} heading="h3" path={pathwayPath(hit.id)} />
						</li>
					))}
				</ul>
			</section>
			<section aria-labelledby="proposes">
				<h2 id="proposes">{t.drawn}</h2>
				<p>{drawnPathways.length > 0 ? t.drawnLead : t.drawnNone}</p>
				<ul className="cards">
					{drawnPathways.map(({ id, name, description, steps }) => (
						<li key={id} className="card">
							<div className="card__body">
								<h3 className="card__title">
									<To to={drawnPath(id)}>{name}</To>
								</h3>
								<p className="from">{t.steps(steps.length)}</p>
								{description && <p className="card__excerpt">{description.length > 200 ? `${description.slice(0, 199)}…` : description}</p>}
							</div>
						</li>
					))}
				</ul>
			</section>
			<PageForms path="/parcours" />
		</>
	);
}
