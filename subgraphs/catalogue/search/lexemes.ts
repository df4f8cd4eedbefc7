import { innerRoot, rootOf } from "./roots.ts";
import { plain } from "./words.ts";

/**
 * What the index holds of a word. The plain word, for beginnings of words; its other forms each with a mark, so that
 * beginnings of words are not looked for among them.
 */
export const STEM_MARK = "=";
export const ROOT_MARK = "~";
/** Before a word with its accents, where it has any: `péché` and `pêche` stay two. */
export const ACCENT_MARK = "+";
/** Before the initial letters of a name. */
export const INITIALS_MARK = "^";

/** Lexemes of one word of a text. `stem` is null for a word too common to count: only the plain word is kept of it. */
export function lexemesOf(word: string, stem: string | null): string[] {
	const bare = plain(word);
	if (stem === null) return [bare];
	const inner = innerRoot(word);
	return [
		bare,
		STEM_MARK + stem,
		ROOT_MARK + rootOf(word),
		...(inner === null ? [] : [ROOT_MARK + inner]),
		...(bare === word ? [] : [ACCENT_MARK + word]),
	];
}

/** Initial letters of a name's words that count, three to seven of them: « Équipements de protection individuelle » → `epi`. */
export function initialsOf(words: readonly string[], stems: ReadonlyMap<string, string | null>): string | null {
	const initials = words
		.filter((word) => stems.get(word) != null)
		.map((word) => plain(word).charAt(0))
		.join("");
	return initials.length >= 3 && initials.length <= 7 ? initials : null;
}

/** A lexeme as tsvector and tsquery read it. */
export function quoteLexeme(lexeme: string): string {
	return `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
