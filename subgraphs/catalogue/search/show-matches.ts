import type { EntityManager } from "typeorm";
import { type BadgeHit, TextSegment } from "../badge-hit.ts";
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
		badges.flatMap((badge) => [badge.name, ...passages(badge)].flatMap((text) => wordsOf(text).map((word) => word.text))),
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

/** Line ends and runs of blanks as one blank each: an excerpt is one paragraph. */
function passages({ description, criteria }: BadgeHit): string[] {
	return [description, criteria.narrative ?? ""].map((text) => text.replace(/\s+/g, " ").trim()).filter((text) => text !== "");
}

async function match(manager: EntityManager, stems: Stems, text: string, matcher: WordMatcher | undefined): Promise<MatchedWord[]> {
	const words = wordsOf(text);
	if (!matcher) return words.map((word) => ({ ...word, term: -1 }));
	const known = await stems.of(
		manager,
		words.map((word) => word.text),
	);
	return words.map((word) => ({ ...word, term: matcher.termOf(plain(word.text), known.get(word.text) ?? null) }));
}

function segmentOf(segment: Segment): TextSegment {
	return Object.assign(new TextSegment(), segment);
}
