import { useLocale, useTexts } from "../i18n/locale.ts";
import type { Absence } from "../network/absence.ts";
import { sayAbsence } from "../network/say-absence.ts";

/** Says in words which institutes did not answer: an answer that lacks a member never passes for a whole one. */
export function AbsenceNotice({ absence }: { absence: Absence }) {
	const t = useTexts().absence;
	const locale = useLocale();
	if (absence.missing.length + absence.stale.length === 0) return null;
	return (
		<aside className="notice notice--absence" aria-label={t.title}>
			<p>
				<strong>{t.title}.</strong> {sayAbsence(absence, locale)}
			</p>
		</aside>
	);
}
