import { type LoaderFunctionArgs, useLoaderData } from "react-router";
import { PageForms } from "../forms/page-forms.tsx";
import { graphql } from "../graphql.ts";
import { openHub } from "../hub-client.ts";
import { formatNumber } from "../i18n/format.ts";
import { localeOf, localised, useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { jobPath } from "../ui/paths.ts";
import { SearchField } from "../ui/search-field.tsx";
import { jobsPath, readJobsQuestion } from "./jobs-address.ts";

const PAGE = 30;

const JobsPage_Query = graphql(`
	query JobsPage_Query($query: String, $first: Int!, $after: String) {
		jobs(query: $query, first: $first, after: $after) {
			totalCount
			nodes {
				code
				label
				domain
			}
			pageInfo {
				hasNextPage
				endCursor
			}
		}
		referential {
			source
			version
			licence
		}
	}
`);

export async function loader(args: LoaderFunctionArgs) {
	const { words, after } = readJobsQuestion(args.url.searchParams);
	const first = after === null ? null : localised(localeOf(args.url.pathname), jobsPath(words));
	const data = await openHub(args).need(JobsPage_Query, { query: words || null, first: PAGE, after }, first);
	return { words, after, ...data };
}

export default function JobsPage() {
	const { words, after, jobs, referential } = useLoaderData<typeof loader>();
	const t = useTexts().jobs;
	const locale = useLocale();
	return (
		<>
			<PageHead title={t.title} lead={t.lead} />
			<form method="get" action={localised(locale, "/metiers")} className="search">
				<SearchField name="q" label={t.label} button={t.button} value={words} />
			</form>
			<p role="status">{t.count(jobs.totalCount, formatNumber(locale, jobs.totalCount))}</p>
			{jobs.totalCount === 0 && <p>{t.none}</p>}
			<ul className="index">
				{jobs.nodes.map(({ code, label, domain }) => (
					<li key={code}>
						<To to={jobPath(code)}>{label}</To>{" "}
						<span className="from">
							{code} · {domain}
						</span>
					</li>
				))}
			</ul>
			{(after !== null || jobs.pageInfo.hasNextPage) && (
				<nav className="pager" aria-label={t.pages}>
					{after !== null && <To to={jobsPath(words)}>{t.first}</To>}
					{jobs.pageInfo.hasNextPage && (
						<To rel="next" className="button" to={jobsPath(words, jobs.pageInfo.endCursor)}>
							{t.next}
						</To>
					)}
				</nav>
			)}
			<PageForms path={jobsPath(words)} />
			<p className="credit">{t.credit(referential.source, referential.version, referential.licence)}</p>
		</>
	);
}
