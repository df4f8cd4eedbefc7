import { type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { isSlug } from "../badge/badge-id.ts";
import { notFound, openHub } from "../hub-client.ts";
import { formatDate, formatInstant } from "../i18n/format.ts";
import { localeOf, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { BadgeCard } from "../search/badge-card.tsx";
import { PARAMETERS } from "../search/search-params.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { Outside, To } from "../ui/link.tsx";
import { DemonstrationMark } from "../ui/marks.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { institutePath } from "../ui/paths.ts";
import { Prose } from "../ui/prose.tsx";
import { InstituteBadges_Query, InstitutePage_Query } from "./institute-queries.ts";
import { RecognitionLines } from "./recognition-lines.tsx";
import { Standing } from "./standing.tsx";

const PAGE = 12;

export async function loader(args: LoaderFunctionArgs) {
	const slug = args.params.slug ?? "";
	if (!isSlug(slug)) throw notFound();
	const hub = openHub(args);
	const after = args.url.searchParams.get(PARAMETERS.after) || null;
	const [{ member, collectives }, { data }] = await Promise.all([
		hub.need(InstitutePage_Query, { slug }),
		hub.ask(InstituteBadges_Query, { slug, first: PAGE, after }),
	]);
	if (!member) throw notFound();
	// A cursor that is none, or is none any more: back to the first page.
	if (!data && after !== null) throw redirect(localised(localeOf(args.url.pathname), institutePath(slug)));
	const harvest = data?.harvests.find((one) => one.instituteSlug === slug) ?? null;
	const { missing, stale } = await hub.absence();
	// Its own silence has a notice of its own, unless the snapshot speaks for it.
	const absence = { missing: missing.filter((one) => one.slug !== slug), stale };
	// Who attests a mark may be a collective that it does not belong to.
	const names = Object.fromEntries(collectives.map(({ id, name }) => [id, name]));
	return { member, names, after, badges: data?.searchBadges ?? null, harvest, absence };
}

export default function InstitutePage() {
	const { member, names, after, badges, harvest, absence } = useLoaderData<typeof loader>();
	const { institute: t, search, site } = useTexts();
	const locale = useLocale();
	const { slug, institute } = member;
	const path = institutePath(slug);
	return (
		<>
			<PageHead
				title={member.name}
				eyebrow={t.eyebrow}
				description={institute?.description ?? undefined}
				trail={[["/etablissements", site.institutes]]}
			>
				{member.demonstration && (
					<p>
						<DemonstrationMark /> {site.demonstrationHelp}
					</p>
				)}
			</PageHead>
			{!institute && (
				<div className="notice notice--absence">
					<p>{t.dead}</p>
				</div>
			)}
			<AbsenceNotice absence={absence} />
			<div className="columns">
				<div className="columns__main">
					{institute && (
						<section aria-labelledby="presentation">
							<h2 id="presentation">{t.presentation}</h2>
							{institute.description ? <Prose text={institute.description} /> : <p>{t.noPresentation}</p>}
						</section>
					)}
					<section aria-labelledby="badges">
						<h2 id="badges">
							{t.badges}
							{badges && <span className="count"> {badges.totalCount}</span>}
						</h2>
						{!badges && <p>{site.unreadable}</p>}
						{badges?.totalCount === 0 && <p>{t.noBadges}</p>}
						<ul className="cards">
							{badges?.edges.map(({ node }) => (
								<li key={node.id}>
									<BadgeCard hit={node} showInstitute={false} />
								</li>
							))}
						</ul>
						{badges && (after !== null || badges.pageInfo.hasNextPage) && (
							<nav className="pager" aria-label={search.pages}>
								{after !== null && <To to={`${path}#badges`}>{search.first}</To>}
								{badges.pageInfo.hasNextPage && (
									<To className="button" to={`${path}?${PARAMETERS.after}=${encodeURIComponent(badges.pageInfo.endCursor ?? "")}#badges`}>
										{search.next}
									</To>
								)}
							</nav>
						)}
						<p>
							<To to={`/badges?${PARAMETERS.institutes}=${slug}`}>{t.allBadges}</To>
						</p>
					</section>
					<div className="pair">
						<section aria-labelledby="reconnu-par">
							<h2 id="reconnu-par">{t.recognisedBy}</h2>
							<RecognitionLines
								recognitions={member.recognisedBy}
								total={member.recognitionsOfCount}
								of={slug}
								show="by"
								none={t.recognisedByNone}
							/>
						</section>
						<section aria-labelledby="reconnait">
							<h2 id="reconnait">{t.recognises}</h2>
							<RecognitionLines
								recognitions={member.recognises}
								total={member.recognitionsByCount}
								of={slug}
								show="member"
								none={t.recognisesNone}
							/>
						</section>
					</div>
					<p>
						<To to={`/reseau?centre=${slug}`}>{t.egoLink}</To>
					</p>
				</div>
				<div className="columns__side">
					<section aria-labelledby="en-bref" className="panel">
						<h2 id="en-bref">{t.facts}</h2>
						<ul className="plain">
							{member.status === "ADMITTED" && <li>{t.admitted(formatDate(locale, member.admittedAt))}</li>}
							{member.status === "SUSPENDED" && <li>{t.suspended}</li>}
							{member.status === "LEFT" && <li>{t.left}</li>}
							<li>
								<a href="#reconnu-par">{t.recognisedBy}</a>
							</li>
							{institute?.website && (
								<li>
									<Outside url={institute.website}>{t.website}</Outside>
								</li>
							)}
							{institute?.email && (
								<li>
									<a href={`mailto:${institute.email}`}>
										{t.write} : {institute.email}
									</a>
								</li>
							)}
						</ul>
						<Facts title={t.departements} items={member.departements.map((one) => `${one.name} (${one.code})`)} />
						<Facts title={t.collectives} items={member.collectives.map((one) => one.name)} />
						<Facts title={t.issuers} items={institute?.issuers.map((one) => one.name) ?? []} />
						<h3>{t.freshness}</h3>
						<p>
							{harvest?.heardAt ? t.heard(formatInstant(locale, harvest.heardAt), harvest.badgeClasses) : t.neverHeard}{" "}
							{harvest?.problem && t.problem}
						</p>
					</section>
					<Standing of={member} collectives={names} />
				</div>
			</div>
		</>
	);
}

function Facts({ title, items }: { title: string; items: readonly string[] }) {
	if (items.length === 0) return null;
	return (
		<>
			<h3>{title}</h3>
			<ul className="plain">
				{items.map((item) => (
					<li key={item}>{item}</li>
				))}
			</ul>
		</>
	);
}
