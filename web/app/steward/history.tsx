import { formatInstant } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";

interface HistoryProps {
	events: readonly { at: string; steward: string; action: "DRAWN" | "CHANGED" | "REMOVED" }[];
}

/** Who did what to a drawn pathway, the last first. */
export function History({ events }: HistoryProps) {
	const t = useTexts().steward;
	const locale = useLocale();
	if (events.length === 0) return null;
	return (
		<section aria-labelledby="historique">
			<h2 id="historique">{t.history}</h2>
			<ul className="plain">
				{events.map(({ at, steward, action }) => (
					<li key={`${at} ${action}`}>{t.event(t.actions[action], steward, formatInstant(locale, at))}</li>
				))}
			</ul>
		</section>
	);
}
