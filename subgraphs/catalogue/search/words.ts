/** Cuts texts into words, and brings words to the form in which they are compared. The same for texts and questions. */

export interface Word {
	/** As it is compared: lower case, accents kept. */
	text: string;
	/** Place in the text. */
	start: number;
	end: number;
}

/** Initials with their points, else letters and digits with the marks that belong to them. All else splits. */
const WORD = /(?<![\p{L}\p{N}])(?:\p{L}\.){2,}|[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const LONGEST_WORD = 64;

/** What remains of an elided word: `l'école`, `d’emploi`, `jusqu'ici`. */
const ELISION = /^(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)$/;
const APOSTROPHE = /^['’ʼ´`]$/u;
/** The other gender's ending, written after the word: `engagé·e`, `délégué(e)s`, `utilisateur·trice`. */
const OTHER_GENDER =
	/^(?:e|es|s|ne|nes|le|les|te|tes|rice|rices|trice|trices|euse|euses|eur|eurs|ère|ères|ière|ières|ienne|iennes|ive|ives)$/;

/** The words of a text; elided ones, and endings of the other gender, left out. */
export function wordsOf(text: string): Word[] {
	const words: Word[] = [];
	for (const match of text.matchAll(WORD)) {
		const start = match.index;
		const end = start + match[0].length;
		const lower = match[0].normalize("NFC").toLowerCase();
		if (ELISION.test(lower) && APOSTROPHE.test(text.charAt(end))) continue;
		const before = text.charAt(start - 1);
		if ((before === "·" || before === "•" || before === "(") && words.at(-1)?.end === start - 1 && OTHER_GENDER.test(lower)) continue;
		words.push({ text: lower.replaceAll(".", "").slice(0, LONGEST_WORD), start, end });
	}
	return words;
}

/** Without accents: `œuvré` → `oeuvre`. */
export function plain(word: string): string {
	if (!/[^\x20-\x7e]/.test(word)) return word.toLowerCase();
	return word
		.normalize("NFKD")
		.replace(/\p{M}+/gu, "")
		.toLowerCase()
		.replaceAll("œ", "oe")
		.replaceAll("æ", "ae");
}

/** Words that a text joins by hyphens, as one: `éco-citoyen` → `écocitoyen`. */
export function compoundsOf(text: string, words: readonly Word[]): string[] {
	const compounds: string[] = [];
	for (const [index, { text: second, start }] of words.entries()) {
		const first = words[index - 1];
		if (first && first.end === start - 1 && /^[-‐‑]$/u.test(text.charAt(first.end))) compounds.push(first.text + second);
	}
	return compounds;
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
