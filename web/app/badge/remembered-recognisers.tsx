import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { formatDate, formatList } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { StatementMark, StatementMark_Recognition } from "../trust/statement-mark.tsx";
import { To } from "../ui/link.tsx";
import { DemonstrationMark } from "../ui/marks.tsx";
import { institutePath } from "../ui/paths.ts";

export const RememberedRecognisers_Recognition = graphql(
	`
	fragment RememberedRecognisers_Recognition on Recognition {
		id
		scope
		since
		reason
		badgeClassId
		by {
			slug
			name
			demonstration
		}
		member {
			name
		}
		...StatementMark_Recognition
	}
`,
	[StatementMark_Recognition],
);

interface RememberedRecognisersProps {
	/** Null while the network cannot be read. */
	recognitions: readonly FragmentOf<typeof RememberedRecognisers_Recognition>[] | null;
}

/** Who recognises a badge whose institute is silent: the network's word on the institute, those of this badge and of all. */
export function RememberedRecognisers({ recognitions: masked }: RememberedRecognisersProps) {
	const { badge: t, site } = useTexts();
	const locale = useLocale();
	const recognitions = masked && readFragment(RememberedRecognisers_Recognition, masked);
	if (!recognitions) return <p>{site.unreadable}</p>;
	if (recognitions.length === 0) return <p>{t.nobody}</p>;
	const names = [...new Map(recognitions.map(({ by }) => [by.slug, by.name])).values()];
	return (
		<>
			<p className="sentence">{t.recognisedBy(names.length, formatList(locale, names))}</p>
			<ul className="recognitions">
				{recognitions.map((one) => {
					const { id, by, member, scope, since, reason } = one;
					return (
						<li key={id}>
							<p>
								<To to={institutePath(by.slug)}>{by.name}</To> {by.demonstration && <DemonstrationMark />}{" "}
								{scope === "INSTITUTE" ? t.scopeInstitute(member.name) : t.scopeBadge},{" "}
								<time dateTime={since}>{t.since(formatDate(locale, since))}</time>.
							</p>
							<p className="reason" lang="fr">
								{reason}
							</p>
							<p>
								<StatementMark of={one} />
							</p>
						</li>
					);
				})}
			</ul>
		</>
	);
}
