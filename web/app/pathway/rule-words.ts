import type { Texts } from "../i18n/fr.ts";
import type { RulePart } from "./rule-parts.ts";

/** A group in words: « au moins 2 de ces 3, de 2 émetteurs différents au moins ». */
export function groupWords({ kind, needed, distinctIssuers }: RulePart, count: number, t: Texts["rule"]): string {
	const need = kind === "ALL" ? t.all(count) : kind === "ANY" ? t.any(count) : t.atLeast(needed ?? 0, count);
	return distinctIssuers === null ? need : `${need}, ${t.issuers(distinctIssuers)}`;
}

/** What a leaf asks beside the badge itself, in words. */
export function conditionWords({ recognised, notOlderThanDays }: RulePart, t: Texts["rule"]): string[] {
	return [...(recognised ? [t.recognised] : []), ...(notOlderThanDays === null ? [] : [t.notOlderThan(notOlderThanDays)])];
}

/** What a competency is called; where that is not known its code, in capitals, or its address. */
export const competencyLabel = (name: string, labels: Record<string, string>): string =>
	labels[name] ?? (name.includes("/") ? name : name.toUpperCase());
