import { quoteLexeme, STEM_MARK } from "./lexemes.ts";
import type { Question, Variant } from "./question.ts";
import { allOf, anyOf, termQuery } from "./term-query.ts";

/**
 * What is looked for, and what each part of it is worth. A cursor holds the plan of its list: rarities change with the
 * catalogue, and the pages of one list are to be of one order.
 */
export type Plan =
	/** Every badge, by name. */
	| { mode: "LIST" }
	/** Badges that hold every word. There are enough of them. */
	| { mode: "ALL"; folded: string; terms: PlannedTerm[] }
	/** Badges that hold any word, or a word that speaks of the same. */
	| { mode: "WIDE"; folded: string; terms: PlannedTerm[]; expansions: { lexeme: string; weight: number }[] };

export interface PlannedTerm {
	rarity: number;
	variants: Variant[];
}

export function planTerms({ terms }: Question): PlannedTerm[] {
	return terms.filter(({ variants }) => variants.length > 0).map(({ rarity, variants }) => ({ rarity, variants: [...variants] }));
}

/** Share of what a word in the name is worth: in criteria, descriptions, tags and issuers, names. */
const WEIGHTS = "'{0.2, 0.45, 0.4, 1}'::real[]";
/** `ts_rank` of one lexeme found once, at weight 1. */
const ONCE = 0.6079271;
/** Share of the question that a name must hold to be as good as every word somewhere. */
const NAMED = 0.65;
/** What a badge that holds every word has above one that does not. */
const WHOLE = 10;
/** What a name that begins with the question is worth above one that holds it further on. */
const BEGINNING = 0.15;
/** What a name that holds nothing else is worth above one that holds much. */
const CONCENTRATION = 0.25;
/** What all the words that were not asked for are worth beside those that were. */
const EXPANSION = 1.9;
/** Least that words that were not asked for must be worth. */
const LEAST_EXPANSION = 0.02;

/** The plan as conditions on "search_document"; `score` is an integer. `put` takes a parameter and returns its name. */
export function planSql(plan: Plan, put: (value: unknown) => string): { score: string; where: string } {
	if (plan.mode === "LIST") return { score: "0", where: "TRUE" };
	const strict = plan.terms.map(({ variants }) => termQuery(variants.filter((variant) => variant.strict)));
	if (plan.mode === "ALL") {
		if (strict.includes("")) return { score: "0", where: "FALSE" };
		const whole = put(allOf(strict));
		const ranks = plan.terms.map(({ variants, rarity }) => `${power(rarity)} * ${best(chief(variants), put)}`);
		return {
			score: points(`(${ranks.join(" + ")}) / ${sum(plan.terms)} * ${likeName(plan.folded, put)} + "boost"`),
			where: `"words" @@ ${whole}::tsquery`,
		};
	}
	const { terms, expansions } = plan;
	const loose = terms.map(({ variants }) => termQuery(variants));
	const found = anyOf([...loose, ...expansions.map(({ lexeme }) => quoteLexeme(lexeme))]);
	if (found === "") return { score: "0", where: "FALSE" };
	const direct = loose.length === 0 ? null : put(anyOf(loose));
	const whole = loose.length === 0 ? null : put(allOf(terms.map(({ variants }) => termQuery(firm(variants)))));
	const ranks = terms.map(({ variants, rarity }) => `${power(rarity)} * ${best(variants, put)}`);
	const covered = terms.map(
		({ rarity, variants }) => `CASE WHEN "words" @@ ${put(termQuery(firm(variants)))}::tsquery THEN ${power(rarity)} ELSE 0 END`,
	);
	const named = terms.map(
		({ rarity, variants }) => `CASE WHEN "words" @@ ${put(termQuery(firm(variants), "A"))}::tsquery THEN ${power(rarity)} ELSE 0 END`,
	);
	const expanded =
		expansions.length === 0
			? "0"
			: `(SELECT sum(weight * ts_rank(${WEIGHTS}, "words", lexeme)) FROM unnest(${put(expansions.map(({ lexeme }) => quoteLexeme(lexeme)))}::tsquery[], ${put(expansions.map(({ weight }) => weight))}::real[]) AS expansion (lexeme, weight)) / ${ONCE}`;
	const parts = [
		...(ranks.length > 0
			? [`(${ranks.join(" + ")}) / ${sum(terms)} * (0.4 + 0.6 * (${covered.join(" + ")}) / ${sum(terms)}) * ${likeName(plan.folded, put)}`]
			: []),
		...(whole === null
			? []
			: [
					`CASE WHEN "words" @@ ${whole}::tsquery OR ${named.join(" + ")} >= ${(NAMED * Number(sum(terms))).toFixed(3)} THEN ${WHOLE} ELSE 0 END`,
				]),
		`${EXPANSION} * ${expanded}`,
		`"boost"`,
	];
	const reached = `${expanded} >= ${LEAST_EXPANSION}`;
	return {
		score: points(parts.join(" + ")),
		where: `"words" @@ ${put(found)}::tsquery AND (${direct === null ? reached : `"words" @@ ${direct}::tsquery OR ${reached}`})`,
	};
}

/** Variants that stand for the word; all where none does. */
function firm(variants: readonly Variant[]): readonly Variant[] {
	const those = variants.filter(({ worth }) => worth >= FIRM);
	return those.length > 0 ? those : variants;
}
const FIRM = 0.4;

/** Of many badges that hold a word, the stem tells enough: each further form would be looked for in each of them. */
function chief(variants: readonly Variant[]): readonly Variant[] {
	const strict = variants.filter((variant) => variant.strict);
	const stems = strict.filter(({ lexeme, prefix }) => lexeme.startsWith(STEM_MARK) && !prefix);
	return stems.length > 0 ? stems.slice(0, 1) : strict.slice(-1);
}

function best(variants: readonly Variant[], put: (value: unknown) => string): string {
	const ranks = variants.map(
		({ lexeme, prefix, worth }) =>
			`${worth.toFixed(3)} * ts_rank(${WEIGHTS}, "words", ${put(quoteLexeme(lexeme) + (prefix ? ":*" : ""))}::tsquery)`,
	);
	return `(${ranks.length === 1 ? ranks[0] : `GREATEST(${ranks.join(", ")})`} / ${ONCE})`;
}

/** More for a name that begins with what was asked for, and for one that holds little else. */
function likeName(folded: string, put: (value: unknown) => string): string {
	const begins = `CASE WHEN "foldedName" LIKE ${put(`${folded.replace(/[\\%_]/g, "\\$&")}%`)} THEN ${BEGINNING} ELSE 0 END`;
	return `(1 + ${begins} + ${CONCENTRATION} * LEAST(1, ${folded.length}.0 / greatest(1, length("foldedName"))))`;
}

/** A rare word says more than its rarity beside common ones. */
function power(rarity: number): number {
	return Number((Math.max(0.05, rarity) ** 2).toFixed(3));
}

function sum(terms: readonly PlannedTerm[]): string {
	return Math.max(
		0.01,
		terms.reduce((whole, { rarity }) => whole + power(rarity), 0),
	).toFixed(4);
}

function points(score: string): string {
	return `round((${score}) * 1e6)::integer`;
}
