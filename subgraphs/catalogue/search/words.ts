/** Cuts texts into words, and brings words to the form in which they are compared. The same for texts and questions. */

export interface Word {
	/** As it is compared: lower case, accents kept. */
	text: string;
	/** Place in the text. */
	start: number;
	end: number;
}

const LONGEST_WORD = 64;

/** What remains of an elided word: `l'école`, `d’emploi`, `jusqu'ici`. */
const ELISION = /^(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)$/;
const LONGEST_ELISION = 6;
const APOSTROPHES = "'’ʼ´`";
/** The other gender's ending, written after the word: `engagé·e`, `délégué(e)s`, `utilisateur·trice`. */
const OTHER_GENDER =
	/^(?:e|es|s|ne|nes|le|les|te|tes|rice|rices|trice|trices|euse|euses|eur|eurs|ère|ères|ière|ières|ienne|iennes|ive|ives)$/;
const BEFORE_OTHER_GENDER = "·•(";

const [SIGN, DIGIT, LETTER, MARK] = [0, 1, 2, 3] as const;
/** Characters below this are their own NFC form. */
const COMPOSED = 0x300;
/** Kinds of the characters that French texts are made of: looking one up is much faster than asking a regular expression. */
const KINDS = Uint8Array.from({ length: COMPOSED }, (_, code) => kindOf(String.fromCharCode(code)));

function kindOf(character: string): number {
	if (/\p{L}/u.test(character)) return LETTER;
	if (/\p{N}/u.test(character)) return DIGIT;
	return /\p{M}/u.test(character) ? MARK : SIGN;
}

function kindAt(text: string, at: number): number {
	const code = text.charCodeAt(at);
	if (code < COMPOSED) return KINDS[code] as number;
	// NaN after the end.
	return code >= COMPOSED ? kindOf(String.fromCodePoint(text.codePointAt(at) as number)) : SIGN;
}

/** Of the character that begins there, in UTF-16 units. */
function widthAt(text: string, at: number): number {
	return text.charCodeAt(at) < COMPOSED || (text.codePointAt(at) as number) <= 0xffff ? 1 : 2;
}

/** The words of a text: letters and digits with the marks that belong to them; elided ones, and endings of the other gender, left out. */
export function wordsOf(text: string): Word[] {
	// Once for all: asked of each word it takes longer than finding it. A few letters have more than one small letter.
	const whole = text.toLowerCase();
	const lower = whole.length === text.length ? whole : undefined;
	const words: Word[] = [];
	for (let at = 0; at < text.length; ) {
		const kind = kindAt(text, at);
		if (kind === SIGN || kind === MARK) {
			at += widthAt(text, at);
			continue;
		}
		const initials = kind === LETTER && text[at + widthAt(text, at)] === "." ? endOfInitials(text, at) : at;
		const end = initials > at ? initials : endOfWord(text, at);
		let word = lower === undefined ? text.slice(at, end).toLowerCase() : lower.slice(at, end);
		if (initials > at) word = word.replaceAll(".", "");
		word = normalised(word);
		if (!isElided(text, word, end) && !isOtherGender(text, word, at, words)) words.push({ text: word, start: at, end });
		at = end;
	}
	return words;
}

function endOfWord(text: string, start: number): number {
	let at = start;
	for (;;) {
		const code = text.charCodeAt(at);
		if (code < COMPOSED ? KINDS[code] === SIGN : kindAt(text, at) === SIGN) return at;
		at += code < COMPOSED ? 1 : widthAt(text, at);
	}
}

/** Where initials with their points end, two at least; where they would begin when there are none. */
function endOfInitials(text: string, start: number): number {
	let [at, count] = [start, 0];
	while (kindAt(text, at) === LETTER) {
		const point = at + widthAt(text, at);
		if (text[point] !== ".") break;
		at = point + 1;
		count++;
	}
	return count >= 2 ? at : start;
}

function normalised(word: string): string {
	let composed = word;
	for (let at = 0; at < word.length; at++)
		if (word.charCodeAt(at) >= COMPOSED) {
			composed = word.normalize("NFC");
			break;
		}
	return composed.length > LONGEST_WORD ? composed.slice(0, LONGEST_WORD) : composed;
}

function isElided(text: string, word: string, end: number): boolean {
	if (end >= text.length || word.length > LONGEST_ELISION) return false;
	return APOSTROPHES.includes(text.charAt(end)) && ELISION.test(word);
}

function isOtherGender(text: string, word: string, start: number, words: readonly Word[]): boolean {
	if (start === 0 || !BEFORE_OTHER_GENDER.includes(text.charAt(start - 1))) return false;
	return words.at(-1)?.end === start - 1 && OTHER_GENDER.test(word);
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
