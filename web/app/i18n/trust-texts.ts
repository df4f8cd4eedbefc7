import { formatTexts as formatsEn } from "./formats-en.ts";
import { formatTexts as formatsFr } from "./formats-fr.ts";
import { type Locale, useLocale } from "./locale.ts";
import { trustTexts as trustEn } from "./trust-en.ts";
import { trustTexts as trustFr } from "./trust-fr.ts";

/** The texts of the pages of trust, apart from the others: pages that ship scripts do not carry them. */
const TEXTS = { fr: { ...trustFr, ...formatsFr }, en: { ...trustEn, ...formatsEn } };

export type TrustTexts = (typeof TEXTS)["fr"];

export const trustTextsOf = (locale: Locale): TrustTexts => TEXTS[locale];

export function useTrustTexts(): TrustTexts {
	return trustTextsOf(useLocale());
}
