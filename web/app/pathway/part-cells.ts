import { ownerOf } from "../badge/badge-id.ts";
import { formatYes } from "../i18n/format.ts";
import { type Locale, textsOf } from "../i18n/locale.ts";
import { badgePath } from "../ui/paths.ts";
import type { Places } from "./places.ts";
import type { RulePart } from "./rule-parts.ts";
import { competencyLabel, reasonWords } from "./rule-words.ts";

interface PartContext {
	question: { held: readonly string[] };
	names: Record<string, string>;
	places: Places;
	/** What competencies are called, by code. */
	competencies: Record<string, string>;
}

/** What a table tells of a badge or a competency of a pathway, cell by cell. */
export function partCells(
	part: RulePart,
	{ question, names, places, competencies }: PartContext,
	locale: Locale,
	address: (path: string) => string,
) {
	const t = textsOf(locale);
	const isBadge = part.kind === "BADGE";
	const id = isBadge ? (part.id ?? "") : "";
	const open = part.badgeClass?.request?.open;
	return {
		kind: isBadge ? t.forms.badge : t.forms.competency,
		name: isBadge ? (part.name ?? "") : competencyLabel(part.name ?? "", competencies),
		code: isBadge ? id : (part.name ?? ""),
		institute: isBadge ? (places.institutes[ownerOf(id)]?.name ?? ownerOf(id)) : "",
		state: question.held.length === 0 && part.reason !== "BROKEN" ? "" : reasonWords(part, names, t.rule),
		met: formatYes(locale, part.met),
		alternatives: part.alternatives.map((other) => `${other.name} (${other.id})`).join(" | "),
		open: open === undefined ? "" : formatYes(locale, open),
		page: isBadge && part.name !== null ? address(badgePath(id)) : "",
	};
}
