import { type FragmentOf, readFragment } from "../graphql.ts";
import { formatDate } from "../i18n/format.ts";
import { useLocale } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { networkPath } from "../network/network-address.ts";
import { RecognitionReach } from "../trust/recognition-reach.tsx";
import { StatementMark } from "../trust/statement-mark.tsx";
import { ToldRecognition } from "../trust/told-recognition.ts";
import { To } from "../ui/link.tsx";
import { institutePath } from "../ui/paths.ts";

interface RecognitionLinesProps {
	recognitions: readonly FragmentOf<typeof ToldRecognition>[];
	/** How many there are. */
	total: number;
	/** The institute whose page this is. */
	of: string;
	/** Which end of each recognition is the other member. */
	show: "by" | "member";
	none: string;
}

/** The newest recognitions of an institute; the network's page has them all. */
export function RecognitionLines({ recognitions, total, of, show, none }: RecognitionLinesProps) {
	const t = useTrustTexts().standing;
	const locale = useLocale();
	if (recognitions.length === 0) return <p>{none}</p>;
	return (
		<>
			<ul className="recognitions">
				{readFragment(ToldRecognition, recognitions).map((one) => (
					<li key={one.id}>
						<p>
							<To to={institutePath(one[show].slug)}>{one[show].name}</To>, <RecognitionReach of={one} />,{" "}
							<time dateTime={one.since}>{formatDate(locale, one.since)}</time> · <StatementMark of={one} />
						</p>
						<p className="reason" lang="fr">
							{one.reason}
						</p>
					</li>
				))}
			</ul>
			{total > recognitions.length && (
				<p>
					{t.shown(recognitions.length, total)} <To to={networkPath({ centre: of })}>{t.all}</To>
				</p>
			)}
		</>
	);
}
