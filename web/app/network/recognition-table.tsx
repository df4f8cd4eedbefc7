import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { formatDate } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { badgePath, institutePath } from "../ui/paths.ts";

export const RecognitionTable_Recognition = graphql(`
	fragment RecognitionTable_Recognition on Recognition {
		id
		since
		reason
		badgeClassId
		badgeClass {
			name
		}
		by {
			slug
			name
		}
		member {
			slug
			name
		}
	}
`);

/** The graph of recognitions, row by row. On a narrow screen each row is a small sheet with its own labels. */
export function RecognitionTable({ recognitions }: { recognitions: readonly FragmentOf<typeof RecognitionTable_Recognition>[] }) {
	const t = useTexts().network;
	const locale = useLocale();
	return (
		<table className="stacking">
			<thead>
				<tr>
					<th scope="col">{t.by}</th>
					<th scope="col">{t.member}</th>
					<th scope="col">{t.scope}</th>
					<th scope="col">{t.since}</th>
					<th scope="col">{t.reason}</th>
				</tr>
			</thead>
			<tbody>
				{readFragment(RecognitionTable_Recognition, recognitions).map((one) => (
					<tr key={one.id}>
						<td data-label={t.by}>
							<To to={institutePath(one.by.slug)}>{one.by.name}</To>
						</td>
						<td data-label={t.member}>
							<To to={institutePath(one.member.slug)}>{one.member.name}</To>
						</td>
						<td data-label={t.scope}>
							{one.badgeClassId ? <To to={badgePath(one.badgeClassId)}>{one.badgeClass?.name ?? one.badgeClassId}</To> : t.whole}
						</td>
						<td data-label={t.since}>
							<time dateTime={one.since}>{formatDate(locale, one.since)}</time>
						</td>
						<td data-label={t.reason} lang="fr">
							{one.reason}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
