import { formatDate, formatList } from "../i18n/format.ts";
import { type Locale, textsOf } from "../i18n/locale.ts";
import type { Absence } from "./absence.ts";

/** Which institutes did not answer, in words; empty where all did. */
export function sayAbsence({ missing, stale }: Absence, locale: Locale): string {
	const t = textsOf(locale).absence;
	const missingNames = missing.map((member) => member.name);
	const staleNames = stale.map(({ name, asOf }) => (asOf ? t.staleAt(name, formatDate(locale, asOf)) : name));
	return [
		missing.length > 0 && t.missing(formatList(locale, missingNames), missing.length),
		stale.length > 0 && t.stale(formatList(locale, staleNames), stale.length),
	]
		.filter(Boolean)
		.join(" ");
}
