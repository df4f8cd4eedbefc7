import { type FragmentOf, graphql, readFragment } from "../graphql.ts";
import { formatDate } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { To } from "../ui/link.tsx";
import { badgePath, institutePath } from "../ui/paths.ts";

export const RecognitionLines_Recognition = graphql(`
	fragment RecognitionLines_Recognition on Recognition {
		id
		since
		reason
		scope
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

interface RecognitionLinesProps {
	recognitions: readonly FragmentOf<typeof RecognitionLines_Recognition>[];
	/** Which end of each recognition is the other member. */
	show: "by" | "member";
	none: string;
}

export function RecognitionLines({ recognitions, show, none }: RecognitionLinesProps) {
	const t = useTexts().institute;
	const locale = useLocale();
	if (recognitions.length === 0) return <p>{none}</p>;
	return (
		<ul className="recognitions">
			{readFragment(RecognitionLines_Recognition, recognitions).map((one) => (
				<li key={one.id}>
					<p>
						<To to={institutePath(one[show].slug)}>{one[show].name}</To>,{" "}
						{one.badgeClassId ? <To to={badgePath(one.badgeClassId)}>{one.badgeClass?.name ?? one.badgeClassId}</To> : t.wholly},{" "}
						<time dateTime={one.since}>{formatDate(locale, one.since)}</time>
					</p>
					<p className="reason" lang="fr">
						{one.reason}
					</p>
				</li>
			))}
		</ul>
	);
}
