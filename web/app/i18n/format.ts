import type { Locale } from "./locale.ts";

const TAGS = { fr: "fr-FR", en: "en-GB" } as const;
// One time zone for all readers: the server writes the page, and France is where the badges are.
const timeZone = "Europe/Paris";

export const formatDate = (locale: Locale, instant: string): string =>
	firstOfMonth(new Intl.DateTimeFormat(TAGS[locale], { dateStyle: "long", timeZone }).format(new Date(instant)));

export const formatInstant = (locale: Locale, instant: string): string =>
	firstOfMonth(new Intl.DateTimeFormat(TAGS[locale], { dateStyle: "long", timeStyle: "short", timeZone }).format(new Date(instant)));

/** French writes « 1er mai » and Intl does not; no English month begins like this. */
const firstOfMonth = (date: string): string => date.replace(/^1 (?=[a-zéû])/, "1er ");

export const formatNumber = (locale: Locale, value: number): string => new Intl.NumberFormat(TAGS[locale]).format(value);

/** For a cell of a spreadsheet. */
export const formatYes = (locale: Locale, value: boolean): string => (locale === "fr" ? (value ? "oui" : "non") : value ? "yes" : "no");

/** « Ariège, Aude et Gard ». */
export const formatList = (locale: Locale, items: readonly string[]): string =>
	new Intl.ListFormat(TAGS[locale], { type: "conjunction" }).format(items);

/** What a language is called, from its BCP 47 tag; the tag itself where it is none. */
export function formatLanguage(locale: Locale, tag: string): string {
	try {
		return new Intl.DisplayNames(TAGS[locale], { type: "language" }).of(tag) ?? tag;
	} catch {
		return tag;
	}
}
