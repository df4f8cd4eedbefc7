import type { Fact, Item } from "./facts.ts";

/** In how many of the badges a thing is found. */
export const countOf = ({ cells }: Fact, key: string): number => cells.filter((items) => items.some((item) => item.key === key)).length;

/** What all badges have, of the facts that are lists; nothing where there is one badge alone. */
export function inCommon(facts: readonly Fact[]): { label: string; items: Item[] }[] {
	return facts.flatMap((fact) => {
		if ((fact.kind !== "SET" && fact.kind !== "LIST") || fact.cells.length < 2) return [];
		const items = (fact.cells[0] ?? []).filter(({ key }) => key !== "" && countOf(fact, key) === fact.cells.length);
		return items.length > 0 ? [{ label: fact.label, items }] : [];
	});
}

/** Whether all badges say the same to a question that has one answer. */
export const isSame = ({ kind, cells }: Fact): boolean =>
	kind === "VALUE" &&
	cells.length > 1 &&
	cells[0]?.length !== 0 &&
	new Set(cells.map((items) => items.map(({ key }) => key).join("\n"))).size === 1;
