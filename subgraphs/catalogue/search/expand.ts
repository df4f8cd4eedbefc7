import type { EntityManager } from "typeorm";
import { groupBy } from "./group-by.ts";
import { ROOT_MARK } from "./lexemes.ts";
import type { WordMatcher } from "./match-words.ts";
import { type NamedConcept, namedConcepts } from "./named-concepts.ts";
import type { Meanings } from "./near-words.ts";
import type { NamedEntry } from "./professional-words.ts";
import { meantRoots, type Question, type Term } from "./question.ts";
import { quantised, questionMeaning } from "./question-meaning.ts";
import { rootOf } from "./roots.ts";
import type { Stems } from "./stems.ts";
import { labelWords } from "./thesaurus.ts";
import { type Frequencies, frequencies } from "./vocabulary.ts";

/** A word that was not asked for, and that speaks of the same thing. */
export interface Expansion {
	/** Root, with its mark. */
	lexeme: string;
	/** Share of the whole expansion. */
	weight: number;
	/** The label of the thesaurus, or the badge, through which it was reached. */
	through: string;
}

const MOST_EXPANSIONS = 32;
/** Badges that all the words together may be in: in a large catalogue common ones would bring everything. */
const MOST_REACHED = 5000;
/** How much more the words of a job's competencies are worth, where the question is that job's name. */
const JOB_TRUST = 0.5;

/** Words of the thesaurus that are further from the question speak of something else. */
const LEAST_NEAR = 0.2;
/** What the ways to say it at work weigh, beside all that the thesaurus says: who wrote them down knew what was meant. */
const PHRASES = 6;
/** What they weigh at least, where the thesaurus says next to nothing. */
const LEAST_SAID = 2;

export interface WeighedText {
	text: string;
	weight: number;
	/** The label or the words through which it was reached. */
	through: string;
}

/**
 * Words that speak of what was asked without being it: those that the labels, the competencies and the jobs of what
 * the question names in the thesaurus, and the badges that it finds best, hold more often than others do (relative
 * entropy, as in query expansion by divergence from randomness).
 */
export async function expand(
	manager: EntityManager,
	stems: Stems,
	words: Meanings | undefined,
	{ terms, named: entries }: Question,
	best: readonly { name: string; description: string; score: number }[],
): Promise<{ expansions: Expansion[]; meaning: Int8Array | null }> {
	const rarities = await frequencies(manager);
	const all = rarities.of("");
	const concepts = all.labels === 0 ? [] : await namedConcepts(manager, stems, terms);
	const named = withPhrases(await conceptTexts(manager, concepts), entries, terms.length);
	// Without a thesaurus nothing tells which words of a badge are usual, and badges alone would lead anywhere.
	const texts = all.labels === 0 ? named : [...named, ...best.flatMap(badgeTexts)];
	const known = await stems.of(
		manager,
		texts.flatMap(({ text }) => labelWords(text)),
	);
	const ownRoots = new Set(terms.flatMap((term) => [...term.roots, ...meantRoots(term)]));
	const gathered = new Map<string, { share: number; through: string; most: number }>();
	const whole = texts.reduce((sum, { weight }) => sum + weight, 0) || 1;
	for (const { text, weight, through } of texts) {
		const seen = new Set<string>();
		for (const word of labelWords(text)) {
			const root = rootOf(word);
			if (known.get(word) == null || seen.has(root) || ownRoots.has(root) || root.length < 2) continue;
			seen.add(root);
			if (rarities.of(ROOT_MARK + root).badges === 0) continue;
			const share = weight / whole;
			const before = gathered.get(root) ?? { share: 0, through, most: 0 };
			gathered.set(root, {
				share: before.share + share,
				through: share > before.most ? through : before.through,
				most: Math.max(share, before.most),
			});
		}
	}
	const shared = [...gathered].map(([root, { share, through }]) => {
		const { labels, badges } = rarities.of(ROOT_MARK + root);
		const usual = Math.max(labels / Math.max(all.labels, 1), badges / Math.max(all.badges, 1) / 3, 0.0005);
		const rarity = rarities.rarity(ROOT_MARK + root, "badges");
		return { root, through, weight: Math.sqrt(share) * Math.max(0, Math.log(share / usual)) * rarity };
	});
	const sure = entries.length > 0 ? 1 : Math.max(0, ...concepts.map(({ likeness }) => likeness));
	const meaning = words && questionMeaning(words, terms, named, sure, (root) => rarities.rarity(ROOT_MARK + root, "labels"));
	const near = nearTerms(words, meaning, rarities, terms).filter(({ root }) => !ownRoots.has(root));
	// A question that is a job's name is about what that job does, more than about its words one by one.
	const trust = 1 + JOB_TRUST * Math.max(0, ...concepts.filter(({ kind }) => kind === "JOB").map(({ likeness }) => likeness));
	const weights = new Map<string, { weight: number; through: string }>();
	for (const list of [strongest(shared), strongest(near)])
		for (const { root, weight, through } of list) {
			const before = weights.get(root);
			weights.set(root, { weight: (before?.weight ?? 0) + weight, through: before?.through ?? through });
		}
	let room = MOST_REACHED;
	const reachable = strongest([...weights].map(([root, one]) => ({ root, ...one }))).filter(({ root }) => {
		const { badges } = rarities.of(ROOT_MARK + root);
		if (badges > room) return false;
		room -= badges;
		return true;
	});
	const expansions = reachable.map(({ root, weight, through }) => ({
		lexeme: ROOT_MARK + root,
		weight: Number((weight * trust).toFixed(3)),
		through,
	}));
	return { expansions, meaning: meaning ? quantised(meaning) : null };
}

/** The strongest, with weights that sum to one. */
function strongest<One extends { root: string; weight: number }>(list: readonly One[]): One[] {
	const first = list
		.filter(({ weight }) => weight > 0)
		.sort((left, right) => right.weight - left.weight || (left.root < right.root ? -1 : 1))
		.slice(0, MOST_EXPANSIONS);
	const sum = first.reduce((before, { weight }) => before + weight, 0);
	return first.map((one) => ({ ...one, weight: one.weight / sum }));
}

/** Words near the question's in meaning, that badges hold. */
function nearTerms(
	words: Meanings | undefined,
	meaning: Float64Array | undefined,
	rarities: Frequencies,
	terms: readonly Term[],
): { root: string; weight: number; through: string }[] {
	const near = words && meaning ? words.near(meaning, LEAST_NEAR) : [];
	return near
		.filter(({ root }) => rarities.of(ROOT_MARK + root).badges > 0)
		.map(({ root, likeness }) => ({
			root,
			weight: likeness ** 3 * rarities.rarity(ROOT_MARK + root, "badges"),
			through: terms.map(({ typed }) => typed).join(" "),
		}));
}

async function conceptTexts(manager: EntityManager, concepts: readonly NamedConcept[]): Promise<WeighedText[]> {
	if (concepts.length === 0) return [];
	const codes = concepts.map(({ code }) => code);
	const labels: { code: string; label: string }[] = await manager.query(
		`SELECT "code", "label" FROM "thesaurus_label" WHERE "code" = ANY ($1) ORDER BY 1, 2`,
		[codes],
	);
	const links: { code: string; label: string }[] = await manager.query(
		`SELECT "job" AS "code", "label" FROM "thesaurus_link" JOIN "thesaurus_concept" ON "code" = "competency" WHERE "job" = ANY ($1) AND "core"
		UNION ALL SELECT "competency", "label" FROM "thesaurus_link" JOIN "thesaurus_concept" ON "code" = "job" WHERE "competency" = ANY ($1) AND "core"
		ORDER BY 1, 2`,
		[codes],
	);
	const [labelsOf, linksOf] = [groupBy(labels, ({ code }) => code), groupBy(links, ({ code }) => code)];
	return concepts.flatMap(({ code, label, likeness }) => {
		const sure = likeness ** 2;
		const own = labelsOf.get(code) ?? [];
		const linked = linksOf.get(code) ?? [];
		return [
			{ text: label, weight: sure, through: label },
			...own.map((one) => ({ text: one.label, weight: sure / Math.max(1, own.length - 1), through: label })),
			...linked.map((one) => ({ text: one.label, weight: (2 * sure) / Math.max(4, linked.length), through: label })),
		];
	});
}

/** Adds how badges and people say what a question's words stand for. */
function withPhrases(texts: readonly WeighedText[], entries: readonly NamedEntry[], words: number): WeighedText[] {
	const said = Math.max(
		LEAST_SAID,
		texts.reduce((sum, { weight }) => sum + weight, 0),
	);
	const phrases = entries.flatMap(({ words: own, phrases: ways }) => {
		const part = Math.min(1, own.length / words);
		return ways.map((text) => ({ text, weight: (PHRASES * said * part) / ways.length, through: text }));
	});
	return [...texts, ...phrases];
}

function badgeTexts({ name, description, score }: { name: string; description: string; score: number }): WeighedText[] {
	return [
		{ text: name, weight: 0.8 * score, through: name },
		{ text: description, weight: 0.8 * score, through: name },
	];
}

/** Also matches words that were not asked for, where a word that was does not. */
export function withRelated(matcher: WordMatcher, expansions: readonly Expansion[]): WordMatcher {
	const through = new Map(expansions.map((one) => [one.lexeme.slice(ROOT_MARK.length), one.through]));
	return {
		termOf: matcher.termOf,
		reasonOf(forms) {
			const label = forms.stem === null ? undefined : through.get(forms.root);
			return matcher.reasonOf(forms) ?? (label === undefined ? undefined : { asked: null, kind: "RELATED", through: label });
		},
	};
}
