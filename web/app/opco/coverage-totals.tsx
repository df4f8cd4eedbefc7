import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { formatNumber } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";

export const CoverageTotals_Totals = graphql(`
	fragment CoverageTotals_Totals on CoverageTotals {
		jobs
		jobsWithoutBadge
		coreTotal
		coreCovered
		competencies
		competenciesCovered
		badges
	}
`);

/** The whole scope in figures, all pages of its table together. */
export function CoverageTotals({ totals }: { totals: FragmentOf<typeof CoverageTotals_Totals> }) {
	const t = useTexts().coverage;
	const locale = useLocale();
	const n = (value: number) => formatNumber(locale, value);
	const sum = readFragment(CoverageTotals_Totals, totals);
	const facts = [
		[t.jobs, n(sum.jobs)],
		[t.jobsWithoutBadge, n(sum.jobsWithoutBadge)],
		[t.core, t.of(n(sum.coreCovered), n(sum.coreTotal))],
		[t.competencies, t.of(n(sum.competenciesCovered), n(sum.competencies))],
		[t.badges, n(sum.badges)],
	] as const;
	return (
		<dl className="totals">
			{facts.map(([label, value]) => (
				<div key={label}>
					<dt>{label}</dt>
					<dd>{value}</dd>
				</div>
			))}
		</dl>
	);
}
