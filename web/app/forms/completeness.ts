import { formatNumber } from "../i18n/format.ts";
import { type Locale, textsOf } from "../i18n/locale.ts";
import type { Absence } from "../network/absence.ts";
import { sayAbsence } from "../network/say-absence.ts";

/** What an answer lacks. Every form says it in its own way: none passes for a whole one that is not. */
export interface Completeness extends Absence {
	/** Set where there was more than one answer holds. */
	cut: { listed: number; total: number } | null;
}

export const isWhole = ({ missing, stale, cut }: Completeness): boolean => missing.length + stale.length === 0 && cut === null;

/** In words, for those who read; null where nothing is lacking. */
export function sayCompleteness(completeness: Completeness, locale: Locale): string | null {
	if (isWhole(completeness)) return null;
	const { cut } = completeness;
	const t = textsOf(locale);
	const listed = cut && t.forms.cut(formatNumber(locale, cut.listed), formatNumber(locale, cut.total));
	return [`${t.absence.title}.`, sayAbsence(completeness, locale), listed].filter(Boolean).join(" ");
}
