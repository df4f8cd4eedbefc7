import { type Locale, textsOf } from "../i18n/locale.ts";
import { badgePath } from "../ui/paths.ts";
import type { Fact, Item } from "./facts.ts";
import type { ComparedBadge } from "./read-compared.ts";

/** A comparison as rows of a spreadsheet: a row for each question, a column for each badge. */
export function compareRows(
	badges: readonly ComparedBadge[],
	facts: readonly Fact[],
	address: (path: string) => string,
	locale: Locale,
): string[][] {
	const { compare: t } = textsOf(locale);
	return [
		[t.question, ...badges.map(({ name }) => name)],
		...facts.map(({ label, cells, none }) => [label, ...cells.map((items) => (items.length === 0 ? none : items.map(inCell).join(" | ")))]),
		[t.page, ...badges.map(({ id }) => address(badgePath(id)))],
		[t.identifier, ...badges.map(({ id }) => id)],
	];
}

/** A link is nothing in a cell but its address. */
const inCell = ({ label, note, url }: Item): string => [label, note && `(${note})`, url].filter(Boolean).join(" ");
