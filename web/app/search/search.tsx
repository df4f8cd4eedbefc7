import { Form, Link, type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { readBadgeNames } from "../badge/read-badge-names.ts";
import { CompareBar } from "../compare/compare-bar.tsx";
import { PageForms } from "../forms/page-forms.tsx";
import { graphql } from "../graphql.ts";
import { type Hub, openHub } from "../hub-client.ts";
import { formatNumber } from "../i18n/format.ts";
import { localeOf, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { AbsenceNotice } from "../ui/absence-notice.tsx";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { ActiveFilters } from "./active-filters.tsx";
import { BadgeCard, BadgeCard_Hit } from "./badge-card.tsx";
import { FacetFields } from "./facets.tsx";
import { FollowSearch } from "./follow-search.tsx";
import { OrderChoice } from "./order-choice.tsx";
import { formatSearch, ORDERS, PARAMETERS, parseSearch, savedPath, searchFilter, searchPath } from "./search-params.ts";
import { useLiveForm } from "./use-live-form.ts";

export const handle = { hydrate: true };

const PAGE = 20;

const SearchPage_Query = graphql(
	`
		query SearchPage_Query($query: String, $filter: BadgeSearchFilter, $order: BadgeSearchOrder, $first: Int!, $after: String) {
			searchBadges(query: $query, filter: $filter, order: $order, first: $first, after: $after) {
				totalCount
				didYouMean
				edges {
					node {
						id
						name
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
	const { searchBadges } = await hub.need(
		SearchPage_Query,
		{
			query: state.words || null,
			filter: searchFilter(state),
			order: state.order,
			first: PAGE,
			after: state.after,
		},
		first,
	);
	const chosenNames = await nameChosen(hub, state.compared, searchBadges.edges);
	return { state, found: searchBadges, chosenNames, absence: await hub.absence() };
}

/** Names of the badges chosen, by id: those on this page have theirs already. */
async function nameChosen(hub: Hub, chosen: readonly string[], listed: readonly { node: { id: string; name: string } }[]) {
	const here = listed.filter(({ node }) => chosen.includes(node.id)).map(({ node }) => [node.id, node.name] as const);
	const elsewhere = chosen.filter((id) => !here.some(([known]) => known === id));
	return { ...(await readBadgeNames(hub, elsewhere)), ...Object.fromEntries(here) };
}

export default function SearchPage() {
	const { state, found, chosenNames, absence } = useLoaderData<typeof loader>();
	const { search: t, site } = useTexts();
	const locale = useLocale();
	const form = useLiveForm(state);
	const { endCursor, hasNextPage } = found.pageInfo;
	return (
		<>
			<PageHead title={state.words ? t.titleFor(state.words) : t.title} description={site.description} />
			<Form method="get" action={localised(locale, "/badges")} className="search" {...form}>
				{state.order !== "BEST" && <input type="hidden" name={PARAMETERS.order} value={ORDERS[state.order] ?? ""} />}
				<SearchField name={PARAMETERS.words} label={t.label} button={t.button} value={state.words} suggests />
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
							{found.totalCount > 0 && <OrderChoice state={state} />}
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
									<BadgeCard hit={node} compared={state.compared.includes(node.id)} />
								</li>
							))}
						</ul>
						{(found.totalCount > 0 || state.compared.length > 0) && (
							<CompareBar state={state} listed={found.edges.map(({ node }) => node.id)} chosenNames={chosenNames} />
						)}
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
						<FollowSearch state={state} />
						<PageForms path={savedPath(state)} />
					</section>
				</div>
			</Form>
		</>
	);
}
