import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { graphql, type ResultOf } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { DemonstrationMark } from "../ui/marks.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { institutePath } from "../ui/paths.ts";

const InstitutesPage_Query = graphql(`
	query InstitutesPage_Query {
		members {
			slug
			name
			status
			demonstration
			departements {
				code
				name
			}
			collectives {
				id
			}
		}
		collectives {
			id
			name
			description
		}
	}
`);

const Harvests_Query = graphql(`
	query InstitutesHarvests_Query {
		harvests {
			instituteSlug
			badgeClasses
		}
	}
`);

type Member = ResultOf<typeof InstitutesPage_Query>["members"][number];

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const [{ members, collectives }, { data }] = await Promise.all([hub.need(InstitutesPage_Query, {}), hub.ask(Harvests_Query, {})]);
	const badges = Object.fromEntries((data?.harvests ?? []).map((one) => [one.instituteSlug, one.badgeClasses]));
	return { members, collectives, badges };
}

export default function InstitutesPage() {
	const { members, collectives, badges } = useLoaderData<typeof loader>();
	const t = useTexts();
	const within = (id: string) => members.filter((member) => member.collectives.some((one) => one.id === id));
	const alone = members.filter((member) => member.collectives.length === 0);
	return (
		<>
			<PageHead title={t.institutes.title} lead={t.institutes.lead}>
				<p>
					{t.institutes.count(members.filter(({ status }) => status === "ADMITTED").length)} · <To to="/reseau">{t.institutes.map}</To>
				</p>
			</PageHead>
			{collectives.map(({ id, name, description }) => (
				<section key={id} aria-labelledby={`collectif-${id}`} className="collective">
					<h2 id={`collectif-${id}`}>{name}</h2>
					{description && <p className="from">{description}</p>}
					<MemberList members={within(id)} badges={badges} />
				</section>
			))}
			{alone.length > 0 && (
				<section aria-labelledby="sans-collectif" className="collective">
					<h2 id="sans-collectif">{t.institutes.others}</h2>
					<MemberList members={alone} badges={badges} />
				</section>
			)}
		</>
	);
}

function MemberList({ members, badges }: { members: readonly Member[]; badges: Record<string, number> }) {
	const { institutes: t, institute } = useTexts();
	return (
		<ul className="tiles">
			{members.map(({ slug, name, status, demonstration, departements }) => (
				<li key={slug} className="tile">
					<p className="tile__title">
						<To to={institutePath(slug)}>{name}</To>
					</p>
					<p className="from">{departements.map((one) => `${one.name} (${one.code})`).join(", ")}</p>
					<p className="tile__foot">
						{badges[slug] !== undefined && <span>{t.badges(badges[slug])}</span>}{" "}
						{status === "SUSPENDED" && <span className="mark mark--retired">{institute.suspended}</span>}{" "}
						{demonstration && <DemonstrationMark />}
					</p>
				</li>
			))}
		</ul>
	);
}
