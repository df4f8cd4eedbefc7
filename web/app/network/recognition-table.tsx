import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { formatDate } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { RecognitionReach, RecognitionReach_Recognition } from "../trust/recognition-reach.tsx";
import { StatementMark, StatementMark_Recognition } from "../trust/statement-mark.tsx";
import { To } from "../ui/link.tsx";
import { institutePath } from "../ui/paths.ts";

export const RecognitionTable_Recognition = graphql(
	`
		fragment RecognitionTable_Recognition on Recognition {
			id
			since
			expiresAt
			reason
			by {
				slug
				name
			}
			member {
				slug
				name
			}
			...RecognitionReach_Recognition
			...StatementMark_Recognition
		}
	`,
	[RecognitionReach_Recognition, StatementMark_Recognition],
);

/** The graph of recognitions, row by row. On a narrow screen each row is a small sheet with its own labels. */
export function RecognitionTable({ recognitions }: { recognitions: readonly FragmentOf<typeof RecognitionTable_Recognition>[] }) {
	const { network: t } = useTexts();
	const { statement } = useTrustTexts();
	const locale = useLocale();
	return (
		<table className="stacking">
			<thead>
				<tr>
					<th scope="col">{t.by}</th>
					<th scope="col">{t.member}</th>
					<th scope="col">{t.scope}</th>
					<th scope="col">{t.since}</th>
					<th scope="col">{statement.reasonColumn}</th>
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
							<RecognitionReach of={one} />
						</td>
						<td data-label={t.since}>
							<time dateTime={one.since}>{formatDate(locale, one.since)}</time>
							{one.expiresAt && <> {statement.until(formatDate(locale, one.expiresAt))}</>}
						</td>
						<td data-label={statement.reasonColumn}>
							<span lang="fr">{one.reason}</span> <StatementMark of={one} />
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
