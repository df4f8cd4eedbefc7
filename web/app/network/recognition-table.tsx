import { type FragmentOf, readFragment } from "../graphql.ts";
import { formatDate } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { RecognitionReach } from "../trust/recognition-reach.tsx";
import { StatementMark } from "../trust/statement-mark.tsx";
import { ToldRecognition } from "../trust/told-recognition.ts";
import { To } from "../ui/link.tsx";
import { institutePath } from "../ui/paths.ts";

/** The graph of recognitions, row by row. On a narrow screen each row is a small sheet with its own labels. */
export function RecognitionTable({ recognitions }: { recognitions: readonly FragmentOf<typeof ToldRecognition>[] }) {
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
				{readFragment(ToldRecognition, recognitions).map((one) => (
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
