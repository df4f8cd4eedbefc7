import { Form, Link, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { graphql } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { formatNumber } from "../i18n/format.ts";
import { localeOf, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { ActiveFilters } from "./active-filters.tsx";
import { BadgeCard, BadgeCard_Hit } from "./badge-card.tsx";
import { FacetFields } from "./facets.tsx";
import { formatSearch, PARAMETERS, parseSearch, searchFilter, searchPath } from "./search-params.ts";
import { useLiveForm } from "./use-live-form.ts";

export const handle = { hydrate: true };

const PAGE = 20;

const SearchPage_Query = graphql(
	`
		query SearchPage_Query($query: String, $filter: BadgeSearchFilter, $first: Int!, $after: String) {
			searchBadges(query: $query, filter: $filter, first: $first, after: $after) {
				totalCount
				didYouMean
				edges {
					node {
						id
						...BadgeCard_Hit
					}
				}
				pageInfo {
					hasNextPage
					endCursor
				}
				facets {
					institutes {
						value
						label
						count
					}
					departements {
						value
						label
						count
					}
					collectives {
						value
						label
						count
					}
					domains {
						value
						label
						count
					}
					jobs {
						value
						label
						count
					}
					frameworks {
						value
						label
						count
					}
					recognisedBy {
						value
						label
						count
					}
					languages {
						value
						label
						count
					}
					requestable
					metabadges
				}
			}
		}
	`,
	[BadgeCard_Hit],
);

export async function loader(args: LoaderFunctionArgs) {
	const { url } = args;
	const state = parseSearch(url.searchParams);
	// A form sent without scripts writes its empty fields too: one address per list, the shortest.
	const address = formatSearch(state).toString();
	if (new URLSearchParams(url.searchParams).toString() !== address) {
		throw redirect(localised(localeOf(url.pathname), searchPath(state, { after: state.after })));
	}
	const hub = openHub(args);
	const first = state.after === null ? null : localised(localeOf(url.pathname), searchPath(state));
	const [{ searchBadges }, { invented }] = await Promise.all([
		hub.need(
			SearchPage_Query,
			{
				query: state.words || null,
				filter: searchFilter(state),
				first: PAGE,
				after: state.after,
			},
			first,
		),
		hub.members(),
	]);
	return { state, found: searchBadges, invented, absence: await hub.absence() };
}

export default function SearchPage() {
	const { state, found, invented, absence } = useLoaderData<typeof loader>();
	const { search: t, site } = useTexts();
	const locale = useLocale();
	const form = useLiveForm(state);
	const { endCursor, hasNextPage } = found.pageInfo;
	return (
		<>
			<PageHead title={state.words ? t.titleFor(state.words) : t.title} description={site.description} />
			<Form method="get" action={localised(locale, "/badges")} className="search" {...form}>
				<SearchField name={PARAMETERS.words} label={t.label} button={t.button} value={state.words} />
				<div className="search__columns">
					<section className="search__filters" aria-label={t.filters}>
						<details className="fold">
							<summary>{t.filters}</summary>
							<h2 className="fold__title">{t.filters}</h2>
							<FacetFields facets={found.facets} state={state} />
							<button type="submit" className="button button--quiet">
								{t.apply}
							</button>
						</details>
					</section>
					<section className="search__results" aria-labelledby="resultats">
						<h2 id="resultats" className="unseen">
							{t.results}
						</h2>
						<ActiveFilters state={state} facets={found.facets} />
						<div className="search__summary">
							<p role="status">{t.count(found.totalCount, formatNumber(locale, found.totalCount))}</p>
							{found.totalCount > 0 && (
								<p className="search__order">
									{state.words ? t.byRelevance : t.byName}
									{" · "}
									<a href={localised(locale, searchPath(state, {}, "/badges.csv"))} download>
										{t.csv}
									</a>
								</p>
							)}
						</div>
						{found.didYouMean && (
							<p className="search__meant">
								{t.meant} <Link to={localised(locale, searchPath(state, { words: found.didYouMean }))}>{found.didYouMean}</Link>
							</p>
						)}
						<AbsenceNotice absence={absence} />
						{found.totalCount === 0 && (
							<div className="empty">
								<p>{t.none}</p>
								<p>
									<To to={state.words ? `/metiers?q=${encodeURIComponent(state.words)}` : "/metiers"}>{t.noneJobs}</To>
								</p>
							</div>
						)}
						<ul className="cards">
							{found.edges.map(({ node }) => (
								<li key={node.id}>
									<BadgeCard hit={node} invented={invented} />
								</li>
							))}
						</ul>
						{(state.after !== null || hasNextPage) && (
							<nav className="pager" aria-label={t.pages}>
								{state.after !== null && <Link to={localised(locale, searchPath(state))}>{t.first}</Link>}
								{hasNextPage && endCursor && (
									<Link rel="next" className="button" to={localised(locale, searchPath(state, { after: endCursor }))}>
										{t.next}
									</Link>
								)}
							</nav>
						)}
					</section>
				</div>
			</Form>
		</>
	);
}
