import type { EntityManager } from "typeorm";
import { type BadgeHit, FieldMatched, TextMatch, TextSegment } from "../badge-hit.ts";
import { cutText, excerptOf, type MatchedWord, type Segment, type WordMatcher } from "./match-words.ts";
import type { Stems } from "./stems.ts";
import { plain, wordsOf } from "./words.ts";

/** Notes on the badges what they were found by, and looks up the stems of all their words at once. */
export async function prepareMatches(
	manager: EntityManager,
	stems: Stems,
	badges: readonly BadgeHit[],
	matcher: WordMatcher | undefined,
): Promise<void> {
	if (!matcher) return;
	for (const badge of badges) badge.matcher = matcher;
	await stems.of(
		manager,
		badges.flatMap((badge) => fieldsOf(badge).flatMap(([, text]) => wordsOf(text).map((word) => word.text))),
	);
}

/** The name of a badge, cut where words match. */
export async function showName(manager: EntityManager, stems: Stems, badge: BadgeHit): Promise<TextSegment[]> {
	return cutText(badge.name, await match(manager, stems, badge.name, badge.matcher)).map(segmentOf);
}

/** The part of its description or criteria that matches best. */
export async function showExcerpt(manager: EntityManager, stems: Stems, badge: BadgeHit): Promise<TextSegment[]> {
	const texts = await Promise.all(passages(badge).map(async (text) => ({ text, words: await match(manager, stems, text, badge.matcher) })));
	return excerptOf(texts).map(segmentOf);
}

/** Most reasons that are told of one badge. */
const MOST_REASONS = 12;

/** Why a badge was found: which of its words met which word of the question, and through what. Each pair once, where it weighs most. */
export async function whyFound(manager: EntityManager, stems: Stems, { matcher, ...badge }: BadgeHit): Promise<TextMatch[]> {
	if (!matcher) return [];
	const reasons = new Map<string, TextMatch>();
	for (const [field, text] of fieldsOf(badge)) {
		const words = wordsOf(text);
		const known = await stems.of(
			manager,
			words.map((word) => word.text),
		);
		for (const word of words) {
			const reason = matcher.reasonOf(word.text, known.get(word.text) ?? null);
			if (!reason) continue;
			const key = `${reason.asked ?? ""} ${word.text}`;
			if (!reasons.has(key))
				reasons.set(key, Object.assign(new TextMatch(), { ...reason, found: text.slice(word.start, word.end), field }));
		}
	}
	// What was asked for before what speaks of it.
	const all = [...reasons.values()];
	return [...all.filter(({ asked }) => asked !== null), ...all.filter(({ asked }) => asked === null)].slice(0, MOST_REASONS);
}

function fieldsOf(badge: Omit<BadgeHit, "matcher">): [FieldMatched, string][] {
	return [
		[FieldMatched.NAME, badge.name],
		[FieldMatched.TAGS, badge.tags.join(". ")],
		[FieldMatched.ALIGNMENTS, badge.alignments.map(({ targetName }) => targetName).join(". ")],
		[FieldMatched.ISSUER, badge.issuerName],
		[FieldMatched.DESCRIPTION, badge.description],
		[FieldMatched.CRITERIA, badge.criteria.narrative ?? ""],
	];
}

/** Line ends and runs of blanks as one blank each: an excerpt is one paragraph. */
function passages({ description, criteria }: BadgeHit): string[] {
	return [description, criteria.narrative ?? ""].map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => text !== "");
}

async function match(manager: EntityManager, stems: Stems, text: string, matcher: WordMatcher | undefined): Promise<MatchedWord[]> {
	const words = wordsOf(text);
	// Written out: spreading so many would take longer than finding them.
	if (!matcher) return words.map(({ text: word, start, end }) => ({ text: word, start, end, term: -1 }));
	const known = await stems.of(
		manager,
		words.map((word) => word.text),
	);
	return words.map(({ text: word, start, end }) => ({
		text: word,
		start,
		end,
		term: matcher.termOf(plain(word), known.get(word) ?? null),
	}));
}

function segmentOf(segment: Segment): TextSegment {
	return Object.assign(new TextSegment(), segment);
}
