import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { competencyPath } from "../ui/paths.ts";
import { AlignedBadges, AlignedBadges_Badge } from "./aligned-badges.tsx";

export const CompetencyTable_Competency = graphql(
	`
		fragment CompetencyTable_Competency on Competency {
			code
			label
			kind
			badgeClasses {
				id
				...AlignedBadges_Badge
			}
		}
	`,
	[AlignedBadges_Badge],
);

interface CompetencyTableProps {
	competencies: readonly FragmentOf<typeof CompetencyTable_Competency>[];
	names: Record<string, string>;
	caption: string;
}

/** Competencies of a job and the badges that recognise each; those that have some come first. */
export function CompetencyTable({ competencies, names, caption }: CompetencyTableProps) {
	const t = useTexts().job;
	const rows = readFragment(CompetencyTable_Competency, competencies).toSorted(
		(a, b) => Number(b.badgeClasses.length > 0) - Number(a.badgeClasses.length > 0),
	);
	return (
		<table className="stacking">
			<caption className="unseen">{caption}</caption>
			<thead>
				<tr>
					<th scope="col">{t.competency}</th>
					<th scope="col">{t.kind}</th>
					<th scope="col">{t.recognised}</th>
				</tr>
			</thead>
			<tbody>
				{rows.map(({ code, label, kind, badgeClasses }) => (
					<tr key={code}>
						<td data-label={t.competency}>
							<To to={competencyPath(code)}>{label}</To>
						</td>
						<td data-label={t.kind} className="nowrap">
							{t.kinds[kind]}
						</td>
						<td data-label={t.recognised}>
							<AlignedBadges badges={badgeClasses} names={names} none={t.none} />
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
