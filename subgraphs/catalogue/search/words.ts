/** Cuts texts into words, and brings words to the form in which they are compared. The same for texts and questions. */

export interface Word {
	/** As it is compared: lower case, accents kept. */
	text: string;
	/** Place in the text. */
	start: number;
	end: number;
}

/** Letters and digits, with the marks that belong to them. Apostrophes, hyphens and all else split. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const LONGEST_WORD = 64;

/** What remains of an elided word: `l'école`, `d’emploi`, `jusqu'ici`. */
const ELISION = /^(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)$/;
const APOSTROPHE = /^['’ʼ´`]$/u;

/** The words of a text, elided ones left out. */
export function wordsOf(text: string): Word[] {
	const words: Word[] = [];
	for (const match of text.matchAll(WORD)) {
		const start = match.index;
		const end = start + match[0].length;
		const lower = match[0].normalize("NFC").toLowerCase();
		if (ELISION.test(lower) && APOSTROPHE.test(text.charAt(end))) continue;
		words.push({ text: lower.slice(0, LONGEST_WORD), start, end });
	}
	return words;
}

/** Without accents: `œuvré` → `oeuvre`. */
export function plain(word: string): string {
	return word
		.normalize("NFKD")
		.replace(/\p{M}+/gu, "")
		.toLowerCase()
		.replaceAll("œ", "oe")
		.replaceAll("æ", "ae");
}

/** Endings that lose their meaning for the stemmer together with their accent. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
	[/ite$/, "ité"],
	[/ites$/, "ités"],
	[/ee$/, "ée"],
	[/ees$/, "ées"],
	[/e$/, "é"],
	[/es$/, "és"],
	[/iere$/, "ière"],
	[/ieres$/, "ières"],
];

/** The word, and what it may have been before its accents were left out: `organisee` → `organisee`, `organisée`, `organiseé`. */
export function spellings(word: string): string[] {
	return [word, ...ENDINGS.filter(([ending]) => ending.test(word)).map(([ending, accented]) => word.replace(ending, accented))];
}
