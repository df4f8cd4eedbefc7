import type { EntityManager } from "typeorm";
import { badInput } from "../../kit/errors.ts";
import { memoryOf } from "./index-memory.ts";
import { ACCENT_MARK, INITIALS_MARK, ROOT_MARK, STEM_MARK } from "./lexemes.ts";
import type { MatchReason, WordMatcher } from "./match-words.ts";
import { type NamedEntry, professionalWords } from "./professional-words.ts";
import { innerRoot, rootOf } from "./roots.ts";
import type { Stems, WordForms } from "./stems.ts";
import { type Correction, correct, type Frequencies, frequencies } from "./vocabulary.ts";
import { plain, spellings, wordsOf } from "./words.ts";

/** One way in which a term may be met. */
export interface Variant {
	lexeme: string;
	/** Also what begins with it. */
	prefix: boolean;
	/** What meeting it in this way is worth, up to 1. */
	worth: number;
	/** The word itself or a form of it; not merely a relative, or what may have been meant. */
	strict: boolean;
}

/** A word that is looked for. */
export interface Term {
	/** As it was typed. */
	typed: string;
	/** The word without accents. */
	word: string;
	/** Its stems, of every spelling that it may stand for. */
	stems: ReadonlySet<string>;
	roots: ReadonlySet<string>;
	/** The last word of a question may be unfinished. */
	unfinished: boolean;
	/** What was meant instead, when nothing holds it as typed, and its stem. */
	correction: (Correction & { stem: string | null }) | undefined;
	/** Those that badges hold. */
	variants: readonly Variant[];
	rarity: number;
	/** How many badges hold it in the form that most do. */
	badges: number;
}

export interface Question extends WordMatcher {
	terms: readonly Term[];
	/** What its words stand for at work. */
	named: readonly NamedEntry[];
	/** Every word without accents, as names are compared with it. */
	folded: string;
	/** What was probably meant, when a word was corrected. */
	meant: string | null;
}

const LONGEST = 300;
/** Further words do not count. */
const MOST_TERMS = 24;

/** Understands what a person typed. Throws `BAD_USER_INPUT` for blanks and for more than 300 characters. */
export async function understand(manager: EntityManager, stems: Stems, query: string): Promise<Question> {
	// Counted only where it may be too long: what is hostile is not cut into characters.
	if (query.length > 2 * LONGEST || [...query].length > LONGEST) throw badInput("query", `must have at most ${LONGEST} characters`);
	const text = query.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
	if (text.trim() === "") throw badInput("query", "is blank: leave it out to list every badge");
	const typed = wordsOf(text);
	const words = typed.map((word) => word.text);
	const known = await stems.of(manager, words.flatMap(spellings));
	const meaningful = words.filter((word) => known.get(word) != null);
	// A question of common words alone is taken at its word.
	const asked = [...new Set(meaningful.length > 0 ? meaningful : words)].slice(0, MOST_TERMS);
	const unfinished = /[\p{L}\p{N}\p{M}]$/u.test(text) ? words.at(-1) : undefined;
	const drafts = asked.map((word) => draftOf(word, known, word === unfinished, neighboursOf(word, words)));
	const named = professionalWords().named(words);
	const understood = new Set(named.flatMap((entry) => entry.words));
	const frequency = await frequencies(manager);
	const terms: Term[] = [];
	for (const { candidates, ...term } of drafts) {
		let variants = candidates.filter(({ lexeme, prefix }) => prefix || frequency.of(lexeme).badges > 0);
		let rarity = Math.min(...candidates.filter(({ strict }) => strict).map(({ lexeme }) => commonRarity(frequency, lexeme)));
		let correction: Term["correction"];
		const isKnown = candidates.some(({ lexeme, strict }) => strict && frequency.of(lexeme).badges + frequency.of(lexeme).labels > 0);
		// The unfinished beginning of a word that is there is not a mistake.
		const isBeginning = term.unfinished && term.word.length >= 2 && memoryOf(manager.connection).isBeginning(term.word);
		if (!isKnown && !isBeginning && !understood.has(term.typed)) {
			const corrections = await correct(manager, term.word);
			const forms = await stems.of(
				manager,
				corrections.map(({ word }) => word),
			);
			const [first] = corrections;
			correction = first && { ...first, stem: forms.get(first.word) ?? null };
			const corrected = correctedVariants(forms, corrections);
			if (corrected.length > 0) variants = [...variants, ...corrected];
			if (correction) rarity = Math.min(rarity, (await frequencies(manager)).rarity(correction.word, "badges"));
		}
		const badges = Math.max(
			0,
			...candidates.filter(({ strict, prefix }) => strict && !prefix).map(({ lexeme }) => frequency.of(lexeme).badges),
		);
		terms.push({ ...term, variants, badges, rarity: Number(rarity.toFixed(2)), correction });
	}
	const corrections = new Map(terms.flatMap(({ typed: word, correction }) => (correction ? [[word, correction.word] as const] : [])));
	// The same words come again and again in the texts that are shown.
	const termOf = new Map<WordForms, number>();
	const correctedRoots = terms.map(({ correction }) => (correction ? rootOf(correction.word) : null));
	return {
		terms,
		named,
		folded: words.map((word) => corrections.get(word) ?? plain(word)).join(" "),
		meant: corrections.size === 0 ? null : meantText(text, typed, corrections),
		termOf(forms) {
			const known = termOf.get(forms);
			if (known !== undefined) return known;
			const term = matchingTerm(terms, correctedRoots, forms);
			termOf.set(forms, term);
			return term;
		},
		reasonOf: (forms) => reasonOf(terms, correctedRoots, forms),
	};
}

/** Among badges and among the labels of the thesaurus alike: a small catalogue does not yet know which words say little. */
function commonRarity(frequency: Frequencies, lexeme: string): number {
	const { labels } = frequency.of("");
	const among = frequency.rarity(lexeme, "badges");
	return labels === 0 ? among : (1 - LABELS) * among + LABELS * frequency.rarity(lexeme, "labels");
}
const LABELS = 0.7;

type Draft = Pick<Term, "typed" | "word" | "stems" | "roots" | "unfinished"> & { candidates: Variant[] };

function draftOf(word: string, known: ReadonlyMap<string, string | null>, unfinished: boolean, joined: readonly string[]): Draft {
	const bare = plain(word);
	const stems = new Set(spellings(word).flatMap((spelling) => known.get(spelling) ?? []));
	const roots = new Set(stems.size > 0 ? [rootOf(word)] : []);
	const inner = stems.size > 0 ? innerRoot(word) : null;
	const variant = (lexeme: string, worth: number, strict = true, prefix = false): Variant => ({ lexeme, worth, strict, prefix });
	return {
		typed: word,
		word: bare,
		stems,
		roots,
		unfinished,
		candidates: [
			variant(bare, word === bare ? 1 : 0.97),
			...(word === bare ? [] : [variant(ACCENT_MARK + word, 1)]),
			...[...stems].map((stem) => variant(STEM_MARK + stem, 0.95)),
			...joined.map((compound) => variant(compound, 0.9)),
			...[...roots].map((root) => variant(ROOT_MARK + root, 0.8, false)),
			...(inner === null ? [] : [variant(ROOT_MARK + inner, 0.35, false)]),
			...(bare.length >= 3 && bare.length <= 7 ? [variant(INITIALS_MARK + bare, 0.4, false)] : []),
			...(unfinished && bare.length >= 2 ? [variant(bare, 0.6, true, true)] : []),
		],
	};
}

/** The word joined with the one before it, and with the one after: `éco citoyen` → `ecocitoyen`. */
function neighboursOf(word: string, words: readonly string[]): string[] {
	const at = words.indexOf(word);
	const [before, after] = [words[at - 1], words[at + 1]];
	return [...(before ? [plain(before + word)] : []), ...(after ? [plain(word + after)] : [])];
}

function correctedVariants(known: ReadonlyMap<string, string | null>, corrections: readonly Correction[]): Variant[] {
	return corrections.flatMap(({ word, likeness }, index) => {
		// The likeliest counts for most.
		const worth = (0.6 * likeness) / (1 + index);
		const stem = known.get(word);
		return [
			{ lexeme: word, worth, strict: false, prefix: false },
			...(stem == null ? [] : [{ lexeme: STEM_MARK + stem, worth: 0.95 * worth, strict: false, prefix: false }]),
			{ lexeme: ROOT_MARK + rootOf(word), worth: 0.6 * worth, strict: false, prefix: false },
		];
	});
}

/** Roots of the words that were meant. */
export function meantRoots({ roots, correction }: Term): ReadonlySet<string> {
	return correction ? new Set([rootOf(correction.word)]) : roots;
}

function meantText(
	text: string,
	words: readonly { text: string; start: number; end: number }[],
	corrections: ReadonlyMap<string, string>,
): string {
	let meant = "";
	let at = 0;
	for (const { text: word, start, end } of words) {
		meant += text.slice(at, start) + (corrections.get(word) ?? text.slice(start, end));
		at = end;
	}
	return (meant + text.slice(at)).replace(/\s+/g, " ").trim();
}

function matchingTerm(terms: readonly Term[], correctedRoots: readonly (string | null)[], { bare, stem, root }: WordForms): number {
	for (const [index, term] of terms.entries()) if (isForm(term, bare, stem)) return index;
	if (stem === null) return -1;
	for (const [index, { roots }] of terms.entries()) if (roots.has(root) || correctedRoots[index] === root) return index;
	return -1;
}

function isForm({ word, stems, unfinished }: Term, bare: string, stem: string | null): boolean {
	return word === bare || (stem !== null && stems.has(stem)) || (unfinished && bare.startsWith(word));
}

function reasonOf(terms: readonly Term[], correctedRoots: readonly (string | null)[], forms: WordForms): MatchReason | undefined {
	const term = terms[matchingTerm(terms, correctedRoots, forms)];
	if (!term) return undefined;
	const kind = isForm(term, forms.bare, forms.stem) ? "WORD" : term.roots.has(forms.root) ? "FAMILY" : "CORRECTION";
	return { asked: term.typed, kind, through: null };
}
