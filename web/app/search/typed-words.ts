/**
 * Words as somebody typed or sent them: on one line, at most so many characters as the hub accepts, never half of a
 * surrogate pair. A control character is a space: the hub refuses some, and nobody means one.
 */
export function typedWords(text: string, longest = 300): string {
	const words = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
	return words.length <= longest
		? words
		: words
				.slice(0, longest)
				.replace(/[\uD800-\uDBFF]$/, "")
				.trim();
}
