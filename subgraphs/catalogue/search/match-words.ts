import type { EntityManager } from "typeorm";
import type { Stems, WordForms } from "./stems.ts";
import { wordsOf } from "./words.ts";

/** Tells which words of a text match a search. */
export interface WordMatcher {
	/** Index of the term that a word matches; -1 when it matches none. */
	termOf(forms: WordForms): number;
	/** Why a word matches; undefined when it does not. */
	reasonOf(forms: WordForms): MatchReason | undefined;
}

/** What of a search a word answers. See `TextMatch` in badge-hit.ts. */
export interface MatchReason {
	asked: string | null;
	kind: "WORD" | "FAMILY" | "CORRECTION" | "RELATED";
	through: string | null;
}

/** A text cut into words: where each begins and ends, and its forms. */
export interface AnalysedText {
	text: string;
	starts: Uint32Array;
	ends: Uint32Array;
	forms: readonly WordForms[];
}

/** A text, with the index of the term that each of its words matches, or -1. */
export interface MatchedText extends AnalysedText {
	terms: Int8Array;
}

/** Cuts texts into words, and looks up the forms of all of them at once. */
export async function analyse(manager: EntityManager, stems: Stems, lists: readonly (readonly string[])[]): Promise<AnalysedText[][]> {
	const cutLists = lists.map((texts) => texts.map((text) => ({ text, words: wordsOf(text) })));
	const every = new Set<string>();
	for (const texts of cutLists) for (const { words } of texts) for (const { text } of words) every.add(text);
	const known = await stems.forms(manager, every);
	return cutLists.map((texts) =>
		texts.map(({ text, words }) => ({
			text,
			starts: Uint32Array.from(words, ({ start }) => start),
			ends: Uint32Array.from(words, ({ end }) => end),
			forms: words.map((word) => known.get(word.text) as WordForms),
		})),
	);
}

/** Finds which words of a text match. */
export function match(analysed: AnalysedText, matcher: WordMatcher): MatchedText {
	const { text, starts, ends, forms } = analysed;
	const terms = new Int8Array(forms.length);
	for (let index = 0; index < forms.length; index++) terms[index] = matcher.termOf(forms[index] as WordForms);
	return { text, starts, ends, forms, terms };
}

/** A piece of a text that is shown. */
export interface Segment {
	text: string;
	match: boolean;
}

/** Characters of an excerpt. */
const EXCERPT = 220;
/** Characters shown before the first match. */
const LEAD = 60;

/** Cuts a text where its words match. */
export function cutText(text: MatchedText): Segment[] {
	return cut(text, 0, text.text.length);
}

/** The part of the texts that matches best, cut likewise; the beginning of the first when nothing does. */
export function excerptOf(texts: readonly MatchedText[]): Segment[] {
	let best = { chosen: texts[0], from: 0, value: 0 };
	for (const text of texts) {
		const { from, value } = bestPassage(text);
		if (value > best.value) best = { chosen: text, from, value };
	}
	const { chosen } = best;
	if (!chosen) return [];
	const { text } = chosen;
	const from = best.from <= LEAD ? 0 : startNear(chosen, best.from - LEAD, best.from);
	const to = text.length - from <= EXCERPT ? text.length : endNear(chosen, from + EXCERPT);
	const segments = cut(chosen, from, to);
	if (from > 0) segments.unshift({ text: "… ", match: false });
	if (to < text.length) segments.push({ text: " …", match: false });
	return segments;
}

/** Where the passage begins that holds most: different words count for more than the same one again. */
function bestPassage({ starts, ends, terms }: MatchedText): { from: number; value: number } {
	const matches: number[] = [];
	for (let index = 0; index < terms.length; index++) if ((terms[index] as number) >= 0) matches.push(index);
	let best = { from: 0, value: 0 };
	// How often each term is within the passage, whose both ends only go forward.
	const within = new Map<number, number>();
	let next = 0;
	for (const [first, index] of matches.entries()) {
		const start = starts[index] as number;
		while (next < matches.length && (ends[matches[next] as number] as number) <= start + EXCERPT - LEAD) {
			const term = terms[matches[next++] as number] as number;
			within.set(term, (within.get(term) ?? 0) + 1);
		}
		const value = 100 * within.size + Math.max(0, next - first);
		if (value > best.value) best = { from: start, value };
		const left = terms[index] as number;
		const remaining = (within.get(left) ?? 0) - 1;
		if (remaining > 0) within.set(left, remaining);
		else within.delete(left);
		next = Math.max(next, first + 1);
	}
	return best;
}

/** Where an excerpt begins: at a sentence between the two places if there is one, else at the first word. */
function startNear({ text, starts }: MatchedText, earliest: number, latest: number): number {
	const candidates = starts.filter((start) => start >= earliest && start <= latest);
	const sentence = candidates.find((start) => /[.!?…]\s+\P{L}*$/u.test(text.slice(Math.max(0, start - 5), start)));
	return sentence ?? candidates[0] ?? latest;
}

/** Where an excerpt ends: after the last whole word before the place. */
function endNear({ ends }: MatchedText, latest: number): number {
	return ends.findLast((end) => end <= latest) ?? latest;
}

function cut({ text, starts, ends, terms }: MatchedText, from: number, to: number): Segment[] {
	const segments: Segment[] = [];
	let at = from;
	for (let index = 0; index < terms.length; index++) {
		if ((terms[index] as number) < 0) continue;
		const [start, end] = [starts[index] as number, ends[index] as number];
		if (start < at || end > to) continue;
		if (start > at) segments.push({ text: text.slice(at, start), match: false });
		segments.push({ text: text.slice(start, end), match: true });
		at = end;
	}
	if (at < to) segments.push({ text: text.slice(at, to), match: false });
	return segments;
}
