import { type LoaderFunctionArgs, redirect, useLoaderData } from "react-router";
import { PageForms } from "../forms/page-forms.tsx";
import { graphql } from "../graphql.ts";
import { notFound, openHub } from "../hub-client.ts";
import { localeOf, localised, useTexts } from "../i18n/locale.ts";
import { Outside, To } from "../ui/link.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { coveragePath, opcoPath } from "../ui/paths.ts";
import { badgesNamed, CoverageTable, CoverageTable_Row } from "./coverage-table.tsx";
import { CoverageTotals, CoverageTotals_Totals } from "./coverage-totals.tsx";
import { isOpcoCode } from "./opco-code.ts";

const PAGE = 10;

/** `referential` can be no null: while the competences cannot be read, there is no answer, and no OPCO that is « not found ». */
const OpcoPage_Query = graphql(
	`
		query OpcoPage_Query($code: ID!, $first: Int!, $after: String) {
			referential {
				source
				version
				licence
			}
			opco(code: $code) {
				code
				name
				officialName
				scope
				site
			}
			coverage(opco: $code, first: $first, after: $after) {
				totals {
					...CoverageTotals_Totals
				}
				rows {
					...CoverageTable_Row
				}
				pageInfo {
					hasNextPage
					endCursor
				}
			}
		}
	`,
	[CoverageTotals_Totals, CoverageTable_Row],
);

export async function loader(args: LoaderFunctionArgs) {
	const code = args.params.code ?? "";
	if (!isOpcoCode(code)) throw notFound();
	const { searchParams, pathname } = args.url;
	const whole = searchParams.get("competences") === "toutes";
	const after = searchParams.get("apres") || null;
	const hub = openHub(args);
	const { opco, coverage, referential } = await hub.need(OpcoPage_Query, { code, first: PAGE, after });
	if (!opco) throw notFound();
	// Of an OPCO that is known only a cursor can be wrong, or no longer right.
	if (!coverage && after !== null) throw redirect(localised(localeOf(pathname), coveragePath(code, whole)));
	if (!coverage) throw notFound();
	const { names } = await hub.membersOf(badgesNamed(coverage.rows, whole));
	return { opco, coverage, referential, whole, after, names };
}

export default function OpcoPage() {
	const { opco, coverage, referential, whole, after, names } = useLoaderData<typeof loader>();
	const { coverage: t, jobs, opcos } = useTexts();
	const { hasNextPage, endCursor } = coverage.pageInfo;
	const empty = coverage.rows.length === 0;
	return (
		<>
			<PageHead
				title={t.title(opco.name)}
				eyebrow={t.eyebrow}
				lead={opco.scope ?? opco.officialName}
				description={t.lead}
				trail={[["/opco", opcos.title]]}
			>
				<p className="sentence">{t.lead}</p>
				{opco.site && (
					<p>
						<Outside url={opco.site}>{t.site}</Outside>
					</p>
				)}
			</PageHead>
			<section aria-labelledby="bilan">
				<h2 id="bilan">{t.totals}</h2>
				<CoverageTotals totals={coverage.totals} />
			</section>
			<section aria-labelledby="carte">
				<h2 id="carte">{t.map}</h2>
				{empty ? (
					<p>{t.none}</p>
				) : (
					<>
						<ul className="actions no-print">
							<li>
								<To to={coveragePath(opco.code, !whole, after)}>{whole ? t.coreOnly : t.all}</To>
							</li>
						</ul>
						<CoverageTable rows={coverage.rows} names={names} whole={whole} />
					</>
				)}
				{(after !== null || hasNextPage) && (
					<nav className="pager" aria-label={t.pages}>
						{after !== null && <To to={coveragePath(opco.code, whole)}>{t.first}</To>}
						{hasNextPage && (
							<To rel="next" className="button" to={coveragePath(opco.code, whole, endCursor)}>
								{t.next}
							</To>
						)}
					</nav>
				)}
			</section>
			<PageForms path={opcoPath(opco.code)} />
			<p className="credit">
				{t.method} {jobs.credit(referential.source, referential.version, referential.licence)}
			</p>
		</>
	);
}
