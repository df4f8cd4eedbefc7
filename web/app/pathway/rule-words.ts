import type { Texts } from "../i18n/fr.ts";
import { partsWithin, type RulePart } from "./rule-parts.ts";

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

/** Why a leaf is met or not, and by what. */
export function reasonWords(part: RulePart, names: Record<string, string>, t: Texts["rule"]): string {
	if (part.reason !== "MET_BY_ANOTHER") return t.reasons[part.reason as keyof typeof t.reasons];
	const by = part.by.map((id) => names[id] ?? id).join(", ");
	return part.kind === "COMPETENCY" ? t.coveredBy(by) : t.replacedBy(by);
}

/** The group at a place, in words. */
export const groupWordsAt = (parts: readonly RulePart[], place: number, t: Texts["rule"]): string =>
	groupWords(parts[place] as RulePart, partsWithin(parts, place).length, t);

/** The places of the groups that a part stands in, the outermost first. */
export function groupsAround(parts: readonly RulePart[], place: number): number[] {
	const group = parts[place]?.group;
	return group === null || group === undefined ? [] : [...groupsAround(parts, group), group];
}

/** A rule as one sentence: « Il en faut au moins 2 de ces 3 (A ; B ; C) ». */
export function ruleWords(parts: readonly RulePart[], place: number, labels: Record<string, string>, t: Texts["rule"]): string {
	const part = parts[place] as RulePart;
	if (part.kind === "COMPETENCY") return `${t.competency} ${competencyLabel(part.name ?? "", labels)}`;
	if (part.kind === "BADGE") return [part.name ?? part.id ?? "", ...conditionWords(part, t)].join(", ");
	const within = partsWithin(parts, place).map((one) => ruleWords(parts, one, labels, t));
	return `${groupWordsAt(parts, place, t)} (${within.join(" ; ")})`;
}
