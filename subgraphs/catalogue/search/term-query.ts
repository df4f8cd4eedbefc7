import { quoteLexeme } from "./lexemes.ts";
import type { Variant } from "./question.ts";

/** Variants of a term as PostgreSQL looks for any of them, in texts of some weights only when they are given; empty for none. */
export function termQuery(variants: readonly Variant[], weights = ""): string {
	const ending = (prefix: boolean) => (prefix ? `:*${weights}` : weights && `:${weights}`);
	return variants.map(({ lexeme, prefix }) => quoteLexeme(lexeme) + ending(prefix)).join(" | ");
}

export function allOf(queries: readonly string[]): string {
	return queries.map((query) => `(${query})`).join(" & ");
}

export function anyOf(queries: readonly string[]): string {
	return queries.map((query) => `(${query})`).join(" | ");
}
