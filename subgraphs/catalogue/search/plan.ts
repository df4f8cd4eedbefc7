import { STEM_MARK } from "./lexemes.ts";
import type { Sought } from "./postings.ts";
import type { Question, Variant } from "./question.ts";

/**
 * What is looked for, and what each part of it is worth. A cursor holds the plan of its list: rarities change with the
 * catalogue, and the pages of one list are to be of one order.
 */
export type Plan =
	/** Every badge, by name. */
	| { mode: "LIST" }
	/** Badges that hold every word. There are enough of them. */
	| { mode: "ALL"; folded: string; terms: PlannedTerm[] }
	/** Badges that hold any word, or a word that speaks of the same. */
	| {
			mode: "WIDE";
			folded: string;
			terms: PlannedTerm[];
			expansions: { lexeme: string; weight: number }[];
			/** What the question means as a whole; null where the thesaurus knows none of its words. */
			meaning: Int8Array | null;
	  };

export interface PlannedTerm {
	rarity: number;
	variants: Variant[];
}

export function planTerms({ terms }: Question): PlannedTerm[] {
	return terms.filter(({ variants }) => variants.length > 0).map(({ rarity, variants }) => ({ rarity, variants: [...variants] }));
}

/** Every lexeme that a plan looks for. */
export function soughtBy(plan: Plan): Sought[] {
	if (plan.mode === "LIST") return [];
	const variants = plan.terms.flatMap((term) => term.variants);
	return plan.mode === "ALL"
		? variants.filter(({ strict }) => strict)
		: [...variants, ...plan.expansions.map(({ lexeme }) => ({ lexeme, prefix: false }))];
}

/** Variants that stand for the word; all where none does. */
export function firm(variants: readonly Variant[]): readonly Variant[] {
	const those = variants.filter(({ worth }) => worth >= FIRM);
	return those.length > 0 ? those : variants;
}
const FIRM = 0.4;

/** Of many badges that hold a word, the stem tells enough: further forms of it would change little. */
export function chief(variants: readonly Variant[]): readonly Variant[] {
	const strict = variants.filter((variant) => variant.strict);
	const stems = strict.filter(({ lexeme, prefix }) => lexeme.startsWith(STEM_MARK) && !prefix);
	return stems.length > 0 ? stems.slice(0, 1) : strict.slice(-1);
}

/** A rare word says more than its rarity beside common ones. */
export function power(rarity: number): number {
	return Math.max(0.05, rarity) ** 2;
}
