import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { graphql } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { formatDate, formatNumber } from "../i18n/format.ts";
import { localised, useLocale, useTexts } from "../i18n/locale.ts";
import { StatementMark, StatementMark_Recognition } from "../trust/statement-mark.tsx";
import { To } from "../ui/link.tsx";
import { DemonstrationMark } from "../ui/marks.tsx";
import { badgePath, institutePath } from "../ui/paths.ts";
import { SearchField } from "../ui/search-field.tsx";
import { Constellation } from "./constellation.tsx";
import { HowItWorks } from "./how-it-works.tsx";

// Asked apart: the home page stands whatever part of the hub is lost.
const HomeBadges_Query = graphql(`
	query HomeBadges_Query {
		searchBadges(first: 1) {
			totalCount
			facets {
				metabadges
			}
		}
	}
`);

const HomeNetwork_Query = graphql(
	`
		query HomeNetwork_Query($latest: Int!) {
			members {
				slug
				status
				demonstration
			}
			recognitionPage(first: $latest) {
				totalCount
				nodes {
					id
					since
					badgeClassId
					by {
						slug
						name
					}
					member {
						slug
						name
					}
					...StatementMark_Recognition
				}
			}
		}
	`,
	[StatementMark_Recognition],
);

const LATEST = 3;

export async function loader(args: LoaderFunctionArgs) {
	const hub = openHub(args);
	const [badges, network] = await Promise.all([hub.ask(HomeBadges_Query, {}), hub.ask(HomeNetwork_Query, { latest: LATEST })]);
	const admitted = network.data?.members.filter(({ status }) => status === "ADMITTED");
	return {
		badges: badges.data?.searchBadges.totalCount ?? null,
		metabadges: badges.data?.searchBadges.facets.metabadges ?? null,
		members: admitted?.length ?? null,
		invented: admitted?.filter((member) => member.demonstration).length ?? 0,
		recognitions: network.data?.recognitionPage.totalCount ?? null,
		latest: network.data?.recognitionPage.nodes ?? [],
	};
}

export default function HomePage() {
	const { badges, metabadges, members, invented, recognitions, latest } = useLoaderData<typeof loader>();
	const { home: t, site, badge } = useTexts();
	const locale = useLocale();
	const figures = [
		[members, t.members, "/etablissements"],
		[badges, t.badges, "/badges"],
		[metabadges, t.metabadges, "/parcours"],
		[recognitions, t.recognitions, "/reseau"],
	] as const;
	const doors = [
		[t.employers, t.employersText, t.employersLink, "/badges"],
		[t.opco, t.opcoText, t.opcoLink, "/opco"],
		[t.instituteDoor, t.instituteText, t.instituteLink, "/reseau"],
	] as const;
	return (
		<>
			<title>{`${site.name} – ${site.tagline}`}</title>
			<meta name="description" content={site.description} />
			<div className="hero">
				<Constellation />
				<h1>{t.title}</h1>
				<p className="lead">{t.lead}</p>
				<form method="get" action={localised(locale, "/badges")}>
					<SearchField name="q" label={t.searchLabel} button={t.searchButton} />
				</form>
				<p className="hero__examples">
					{t.examples}{" "}
					{t.exampleWords.map((words, place) => (
						<span key={words}>
							{place > 0 && ", "}
							<To to={`/badges?${new URLSearchParams({ q: words })}`}>{words}</To>
						</span>
					))}
				</p>
			</div>
			<section aria-labelledby="chiffres">
				<h2 id="chiffres" className="unseen">
					{t.figures}
				</h2>
				<ul className="figures">
					{figures.map(([value, label, path]) =>
						value === null ? null : (
							<li key={path}>
								<To to={path}>
									<strong>{formatNumber(locale, value)}</strong> <span>{label(value)}</span>
								</To>
							</li>
						),
					)}
				</ul>
				{invented > 0 && (
					<p className="from">
						<DemonstrationMark /> {t.invented(invented, members ?? invented)}
					</p>
				)}
			</section>
			<section aria-labelledby="portes">
				<h2 id="portes">{t.doors}</h2>
				<ul className="doors">
					{doors.map(([title, text, link, path]) => (
						<li key={path} className="door">
							<h3>{title}</h3>
							<p>{text}</p>
							<p>
								<To to={path}>{link}</To>
							</p>
						</li>
					))}
				</ul>
				<p className="aside">
					<strong>{t.learners}</strong> {t.learnersText} <To to="/parcours">{t.learnersLink}</To>
				</p>
			</section>
			<HowItWorks />
			{latest.length > 0 && (
				<section aria-labelledby="dernieres">
					<h2 id="dernieres">{t.latest}</h2>
					<ul className="recognitions">
						{latest.map((one) => (
							<li key={one.id}>
								<p>
									<To to={institutePath(one.by.slug)}>{one.by.name}</To>{" "}
									{one.badgeClassId ? <To to={badgePath(one.badgeClassId)}>{badge.scopeBadgeOf}</To> : badge.scopeInstituteOf}{" "}
									<To to={institutePath(one.member.slug)}>{one.member.name}</To>,{" "}
									<time dateTime={one.since}>{badge.since(formatDate(locale, one.since))}</time> · <StatementMark of={one} />
								</p>
							</li>
						))}
					</ul>
					<p>
						<To to="/reseau">{t.latestAll}</To>
					</p>
				</section>
			)}
		</>
	);
}
