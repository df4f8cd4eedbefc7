import type { EntityManager } from "typeorm";
import { type BadgeHit, FieldMatched, TextMatch, TextSegment } from "../badge-hit.ts";
import { type AnalysedText, analyse, cutText, excerptOf, match, type Segment, type WordMatcher } from "./match-words.ts";
import { passagesOf, type ShownTexts } from "./shown-badges.ts";
import type { Stems } from "./stems.ts";

/** What a search found a badge by. */
export interface Finding {
	texts: ShownTexts;
	/** Absent where nothing was searched for. */
	matcher: WordMatcher | undefined;
}

/** The name of a badge, cut where words match. */
export function showName({ finding, name }: BadgeHit): TextSegment[] {
	return finding ? cutText(matched(finding.texts.name, finding)).map(segmentOf) : [segmentOf({ text: name, match: false })];
}

/** The part of its description or criteria that matches best, or the beginning where nothing was searched for. */
export async function showExcerpt(manager: EntityManager, stems: Stems, badge: BadgeHit): Promise<TextSegment[]> {
	const { finding } = badge;
	if (finding) return excerptOf(finding.texts.passages.map((text) => matched(text, finding))).map(segmentOf);
	const [texts] = await analyse(manager, stems, [passagesOf(badge)]);
	return excerptOf((texts as AnalysedText[]).map((text) => match(text, NO_MATCH))).map(segmentOf);
}

const NO_MATCH: WordMatcher = { termOf: () => -1, reasonOf: () => undefined };

function matched(text: AnalysedText, { matcher = NO_MATCH }: Finding) {
	return match(text, matcher);
}

/** Most reasons that are told of one badge. */
const MOST_REASONS = 12;

/** Why a badge was found: which of its words met which word of the question, and through what. Each pair once, where it weighs most. */
export async function whyFound(manager: EntityManager, stems: Stems, badge: BadgeHit): Promise<TextMatch[]> {
	const matcher = badge.finding?.matcher;
	if (!matcher) return [];
	const reasons = new Map<string, TextMatch>();
	const fields = fieldsOf(badge);
	const [texts] = await analyse(manager, stems, [fields.map(([, text]) => text)]);
	for (const [place, { text, starts, ends, forms }] of (texts as AnalysedText[]).entries())
		for (const [index, word] of forms.entries()) {
			const reason = matcher.reasonOf(word);
			if (!reason) continue;
			const found = text.slice(starts[index], ends[index]);
			const key = `${reason.asked ?? ""} ${found.toLowerCase()}`;
			if (!reasons.has(key)) reasons.set(key, Object.assign(new TextMatch(), { ...reason, found, field: fields[place]?.[0] }));
		}
	// What was asked for before what speaks of it.
	const all = [...reasons.values()];
	return [...all.filter(({ asked }) => asked !== null), ...all.filter(({ asked }) => asked === null)].slice(0, MOST_REASONS);
}

function fieldsOf(badge: BadgeHit): [FieldMatched, string][] {
	return [
		[FieldMatched.NAME, badge.name],
		[FieldMatched.TAGS, badge.tags.join(". ")],
		[FieldMatched.ALIGNMENTS, badge.alignments.map(({ targetName }) => targetName).join(". ")],
		[FieldMatched.ISSUER, badge.issuerName],
		[FieldMatched.DESCRIPTION, badge.description],
		[FieldMatched.CRITERIA, badge.criteria.narrative ?? ""],
	];
}

function segmentOf(segment: Segment): TextSegment {
	return Object.assign(new TextSegment(), segment);
}
