import { formatDate, formatList } from "../i18n/format.ts";
import { useLocale, useTexts } from "../i18n/locale.ts";
import type { Absence } from "../network/absence.ts";

/** Says in words which institutes did not answer: an answer that lacks a member never passes for a whole one. */
export function AbsenceNotice({ absence }: { absence: Absence }) {
	const t = useTexts();
	const locale = useLocale();
	const { missing, stale } = absence;
	if (missing.length + stale.length === 0) return null;
	const missingNames = formatList(
		locale,
		missing.map((member) => member.name),
	);
	const staleNames = formatList(
		locale,
		stale.map(({ name, asOf }) => (asOf ? t.absence.staleAt(name, formatDate(locale, asOf)) : name)),
	);
	return (
		<aside className="notice notice--absence" aria-label={t.absence.title}>
			<p>
				<strong>{t.absence.title}.</strong> {missing.length > 0 && t.absence.missing(missingNames, missing.length)}{" "}
				{stale.length > 0 && t.absence.stale(staleNames, stale.length)}
			</p>
		</aside>
	);
}
