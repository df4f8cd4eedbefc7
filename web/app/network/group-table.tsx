import { formatNumber } from "../i18n/format.ts";
import { useLocale } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { To } from "../ui/link.tsx";
import { networkPath } from "./network-address.ts";
import { groupId, type Overview } from "./read-network.ts";

/** The drawing of collectives, row by row: what each counts, and whom its members recognise elsewhere. */
export function GroupTable({ overview, nameOfGroup }: { overview: Overview; nameOfGroup(id: string): string }) {
	const t = useTrustTexts().networkMap;
	const locale = useLocale();
	const hidden = overview.linkCount - overview.links.length;
	return (
		<section aria-labelledby="collectifs">
			<h2 id="collectifs">{t.groupsTable}</h2>
			{hidden > 0 && <p>{t.tableLinksHidden(formatNumber(locale, overview.links.length), formatNumber(locale, hidden))}</p>}
			<table className="stacking">
				<thead>
					<tr>
						<th scope="col">{t.group}</th>
						<th scope="col">{t.members}</th>
						<th scope="col">{t.within}</th>
						<th scope="col">{t.towards}</th>
					</tr>
				</thead>
				<tbody>
					{overview.groups.map((group) => {
						const id = groupId(group);
						return (
							<tr key={id}>
								<th scope="row" data-label={t.group}>
									<To to={networkPath({ collective: id })}>{nameOfGroup(id)}</To>
								</th>
								<td data-label={t.members}>{formatNumber(locale, group.memberCount)}</td>
								<td data-label={t.within}>
									<To
										to={networkPath({ from: id, to: id })}
										aria-label={t.withinLabel(formatNumber(locale, group.withinCount), nameOfGroup(id))}
									>
										{formatNumber(locale, group.withinCount)}
									</To>
								</td>
								<td data-label={t.towards}>
									{overview.links
										.filter(({ from }) => from === id)
										.map(({ to, recognitionCount }, place) => (
											<span key={to}>
												{place > 0 && ", "}
												<To to={networkPath({ from: id, to })}>
													{nameOfGroup(to)} ({formatNumber(locale, recognitionCount)})
												</To>
											</span>
										))}
								</td>
							</tr>
						);
					})}
				</tbody>
			</table>
		</section>
	);
}
