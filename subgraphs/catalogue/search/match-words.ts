import type { Word } from "./words.ts";

/** Tells which words of a text match a search. */
export interface WordMatcher {
	/** Index of the term that a word matches, given without accents and with its stem; -1 when none does. */
	termOf(word: string, stem: string | null): number;
	/** Why a word matches, given as it is written, in lower case, and with its stem; undefined when it does not. */
	reasonOf(word: string, stem: string | null): MatchReason | undefined;
}

/** What of a search a word answers. See `TextMatch` in badge-hit.ts. */
export interface MatchReason {
	asked: string | null;
	kind: "WORD" | "FAMILY" | "CORRECTION" | "RELATED";
	through: string | null;
}

/** A word of a text, with the index of the term that it matches, or -1. */
export interface MatchedWord extends Word {
	term: number;
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
export function cutText(text: string, words: readonly MatchedWord[]): Segment[] {
	return cut(text, words, 0, text.length);
}

/** The part of the texts that matches best, cut likewise; the beginning of the first when nothing does. */
export function excerptOf(texts: readonly { text: string; words: readonly MatchedWord[] }[]): Segment[] {
	let best = { index: 0, from: 0, value: 0 };
	for (const [index, { words }] of texts.entries()) {
		const matches = words.filter(({ term }) => term >= 0);
		for (const [first, { start }] of matches.entries()) {
			const within = matches.slice(first).filter(({ end }) => end <= start + EXCERPT - LEAD);
			// Different words count for more than the same one again.
			const value = 100 * new Set(within.map(({ term }) => term)).size + within.length;
			if (value > best.value) best = { index, from: start, value };
		}
	}
	const chosen = texts[best.index];
	if (!chosen) return [];
	const { text, words } = chosen;
	const from = best.from <= LEAD ? 0 : startNear(text, words, best.from - LEAD, best.from);
	const to = text.length - from <= EXCERPT ? text.length : endNear(words, from + EXCERPT);
	const segments = cut(text, words, from, to);
	if (from > 0) segments.unshift({ text: "… ", match: false });
	if (to < text.length) segments.push({ text: " …", match: false });
	return segments;
}

/** Where an excerpt begins: at a sentence between the two places if there is one, else at the first word. */
function startNear(text: string, words: readonly MatchedWord[], earliest: number, latest: number): number {
	const candidates = words.filter(({ start }) => start >= earliest && start <= latest);
	const sentence = candidates.find(({ start }) => /[.!?…]\s+\P{L}*$/u.test(text.slice(Math.max(0, start - 5), start)));
	return (sentence ?? candidates[0])?.start ?? latest;
}

/** Where an excerpt ends: after the last whole word before the place. */
function endNear(words: readonly MatchedWord[], latest: number): number {
	return words.findLast(({ end }) => end <= latest)?.end ?? latest;
}

function cut(text: string, words: readonly MatchedWord[], from: number, to: number): Segment[] {
	const segments: Segment[] = [];
	let at = from;
	for (const { start, end, term } of words) {
		if (term < 0 || start < at || end > to) continue;
		if (start > at) segments.push({ text: text.slice(at, start), match: false });
		segments.push({ text: text.slice(start, end), match: true });
		at = end;
	}
	if (at < to) segments.push({ text: text.slice(at, to), match: false });
	return segments;
}
