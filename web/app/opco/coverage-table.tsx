import { AlignedBadges, AlignedBadges_Badge } from "../competence/aligned-badges.tsx";
import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { competencyPath, gapPath, jobPath } from "../ui/paths.ts";
import { heatOf } from "./heat.ts";

export const CoverageTable_Row = graphql(
	`
		fragment CoverageTable_Row on CoverageRow {
			job {
				code
				label
			}
			coreTotal
			coreCovered
			total
			covered
			badgeCount
			cells {
				core
				emerging
				badgeCount
				competency {
					code
					label
				}
				badges {
					id
					...AlignedBadges_Badge
				}
			}
		}
	`,
	[AlignedBadges_Badge],
);

interface CoverageTableProps {
	rows: readonly FragmentOf<typeof CoverageTable_Row>[];
	/** Names of institutes by slug. */
	names: Record<string, string>;
	/** Every competency of each job, and not its core alone. */
	whole: boolean;
}

const NAMED = 3;

/** Ids of the badges that the table names. */
export function badgesNamed(rows: CoverageTableProps["rows"], whole: boolean): string[] {
	return readFragment(CoverageTable_Row, rows).flatMap(({ cells }) =>
		cells.filter(({ core }) => whole || core).flatMap(({ badges }) => badges.slice(0, NAMED).map(({ id }) => id)),
	);
}

/**
 * The heat map: for each job a strip of all its competencies, one shade each, and under it the same as rows of a table
 * with the number of badges in figures. The strip says nothing that the rows and their head do not.
 */
export function CoverageTable({ rows, names, whole }: CoverageTableProps) {
	const t = useTexts().coverage;
	return (
		<>
			<Legend />
			<table className="stacking coverage">
				<caption className="unseen">{whole ? t.captionAll : t.captionCore}</caption>
				<thead>
					<tr>
						<th scope="col">{t.competency}</th>
						<th scope="col">{t.number}</th>
						<th scope="col">{t.which}</th>
					</tr>
				</thead>
				{readFragment(CoverageTable_Row, rows).map(({ job, coreCovered, coreTotal, covered, total, badgeCount, cells }) => (
					<tbody key={job.code}>
						<tr className="coverage__job">
							<th scope="rowgroup" colSpan={3}>
								<span className="coverage__name">
									<To to={jobPath(job.code)}>{job.label}</To> <span className="from">{job.code}</span>
								</span>
								<span className="coverage__counts">
									{t.rowCore(coreCovered, coreTotal)} · {t.rowAll(covered, total)} · {t.rowBadges(badgeCount)} ·{" "}
									<To to={gapPath(job.code)}>{t.gap}</To>
								</span>
								<Strip cells={cells} />
							</th>
						</tr>
						{cells
							.filter(({ core }) => whole || core)
							.map((cell) => (
								<tr key={cell.competency.code}>
									<td data-label={t.competency}>
										<To to={competencyPath(cell.competency.code)}>{cell.competency.label}</To>
										{whole && cell.core && <span className="mark mark--open">{t.coreMark}</span>}
										{cell.emerging && <span className="mark mark--metabadge">{t.emergingMark}</span>}
									</td>
									<td data-label={t.number} className={`heat heat--${heatOf(cell.badgeCount)}`}>
										{cell.badgeCount}
									</td>
									<td data-label={t.which}>
										<AlignedBadges badges={cell.badges.slice(0, NAMED)} names={names} none={t.hole} />
										{cell.badges.length > NAMED && <span className="from">{t.moreBadges(cell.badges.length - NAMED)}</span>}
									</td>
								</tr>
							))}
					</tbody>
				))}
			</table>
		</>
	);
}

function Strip({ cells }: { cells: readonly { core: boolean; badgeCount: number; competency: { code: string } }[] }) {
	const part = (core: boolean) =>
		cells
			.filter((cell) => cell.core === core)
			.map((cell) => <i key={cell.competency.code} className={`heat--${heatOf(cell.badgeCount)}`} />);
	return (
		<span className="strip" aria-hidden="true">
			<span>{part(true)}</span>
			<span>{part(false)}</span>
		</span>
	);
}

function Legend() {
	const t = useTexts().coverage;
	return (
		<p className="heat-legend">
			{t.legend}{" "}
			{[0, 1, 2, 3, 5].map((count, place) => (
				<span key={count} className={`heat heat--${heatOf(count)}`}>
					{t.shades[place]}
				</span>
			))}
		</p>
	);
}
