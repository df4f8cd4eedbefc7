import { useLocation } from "react-router";
import { en } from "./en.ts";
import { fr, type Texts } from "./fr.ts";

export type Locale = "fr" | "en";

/** French has the addresses; English has the same ones under `/en`. */
export const localeOf = (pathname: string): Locale => (/^\/en(\/|$)/.test(pathname) ? "en" : "fr");

export const textsOf = (locale: Locale): Texts => (locale === "en" ? en : fr);

/** A French address as it is in the given language. */
export const localised = (locale: Locale, path: string): string => (locale === "fr" ? path : path === "/" ? "/en" : `/en${path}`);

/** The French address behind one of either language. */
export const delocalised = (pathname: string): string => pathname.replace(/^\/en(?=\/|$)/, "") || "/";

export function useLocale(): Locale {
	return localeOf(useLocation().pathname);
}

export function useTexts(): Texts {
	return textsOf(useLocale());
}
