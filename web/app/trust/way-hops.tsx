import { type FragmentOf, readFragment } from "../graphql.ts";
import { formatDate } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import { useTrustTexts } from "../i18n/trust-texts.ts";
import { To } from "../ui/link.tsx";
import { institutePath } from "../ui/paths.ts";
import { RecognitionReach } from "./recognition-reach.tsx";
import { StatementMark } from "./statement-mark.tsx";
import { ToldRecognition } from "./told-recognition.ts";

/** A way, recognition by recognition: each is by whom the one before it is of. */
export function WayHops({ hops }: { hops: readonly FragmentOf<typeof ToldRecognition>[] }) {
	const { badge } = useTexts();
	const { ways: t, reach } = useTrustTexts();
	const locale = useLocale();
	return (
		<ol className="hops">
			{readFragment(ToldRecognition, hops).map((hop) => (
				<li key={hop.id}>
					<p>
						<To to={institutePath(hop.by.slug)}>{hop.by.name}</To> {t.recognises}{" "}
						<To to={institutePath(hop.member.slug)}>{hop.member.name}</To> ({reach.label} <RecognitionReach of={hop} />
						), <time dateTime={hop.since}>{badge.since(formatDate(locale, hop.since))}</time> · <StatementMark of={hop} />
					</p>
					<p className="reason" lang="fr">
						{hop.reason}
					</p>
				</li>
			))}
		</ol>
	);
}
