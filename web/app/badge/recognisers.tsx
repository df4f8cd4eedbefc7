import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { formatDate, formatList } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { DemonstrationMark } from "../ui/marks.tsx";
import { institutePath } from "../ui/paths.ts";

export const Recognisers_Recognition = graphql(`
	fragment Recognisers_Recognition on Recognition {
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
	}
`);

interface RecognisersProps {
	/** Null while the network cannot be read. */
	recognitions: readonly FragmentOf<typeof Recognisers_Recognition>[] | null;
}

/** « Qui reconnaît ce badge ? », as a sentence, then one by one with date, reach and reason. */
export function Recognisers({ recognitions: masked }: RecognisersProps) {
	const { badge: t, site } = useTexts();
	const locale = useLocale();
	const recognitions = masked && readFragment(Recognisers_Recognition, masked);
	if (!recognitions) return <p>{site.unreadable}</p>;
	if (recognitions.length === 0) return <p>{t.nobody}</p>;
	const names = [...new Map(recognitions.map(({ by }) => [by.slug, by.name])).values()];
	return (
		<>
			<p className="sentence">{t.recognisedBy(names.length, formatList(locale, names))}</p>
			<ul className="recognitions">
				{recognitions.map(({ id, by, member, scope, since, reason }) => (
					<li key={id}>
						<p>
							<To to={institutePath(by.slug)}>{by.name}</To> {by.demonstration && <DemonstrationMark />}{" "}
							{scope === "INSTITUTE" ? t.scopeInstitute(member.name) : t.scopeBadge},{" "}
							<time dateTime={since}>{t.since(formatDate(locale, since))}</time>.
						</p>
						<p className="reason" lang="fr">
							{reason}
						</p>
					</li>
				))}
			</ul>
		</>
	);
}
