import type { EntityManager } from "typeorm";
import { fold } from "../../schema/global-id.ts";
import { AlignmentProvenance } from "./aligned-badge.ts";
import { type AlignmentClues, type CodeClue, type RawAlignment, readClues } from "./alignment-clues.ts";
import { type KnownTerms, type Labelled, lookUp, type Term, termKey } from "./alignment-lookup.ts";

/**
 * Understands what issuers write as alignments. Nothing is required of them: what is not understood is left alone, and
 * how the rest was understood is kept with it.
 */

/** Why an alignment was understood as it was, or was not. */
export enum AlignmentReason {
	/** A code, in the framework whose code it is. */
	CODE_IN_FRAMEWORK = "CODE_IN_FRAMEWORK",
	/** A code that can be no other's, with no framework named. */
	CODE_ALONE = "CODE_ALONE",
	/** The code of a job that has been retired: its successor is meant. */
	RETIRED_CODE = "RETIRED_CODE",
	/** A code in front of the name, or behind it. */
	CODE_IN_NAME = "CODE_IN_NAME",
	/** A code in an address of its publisher. */
	CODE_IN_ADDRESS = "CODE_IN_ADDRESS",
	/** The same label, but for case, accents and punctuation. */
	SAME_LABEL = "SAME_LABEL",
	/** One of the other names of a job, or its label in one gender. */
	OTHER_LABEL = "OTHER_LABEL",
	/** A label that is nearly the same, as with a typing error. */
	SIMILAR_LABEL = "SIMILAR_LABEL",
	/** A curator has said so. */
	CURATED = "CURATED",
	/** A curator has said that it is not that. */
	REJECTED = "REJECTED",
	/** The code of a framework that is not one of ours, and a label that nothing of ours has. */
	OTHER_FRAMEWORK = "OTHER_FRAMEWORK",
	/** A code that the framework does not have, and a label that nothing has. */
	UNKNOWN_CODE = "UNKNOWN_CODE",
	/** A label that several things have. */
	AMBIGUOUS_LABEL = "AMBIGUOUS_LABEL",
	/** Nothing of it is known. */
	NOTHING_KNOWN = "NOTHING_KNOWN",
}

/** What an alignment was understood to mean. */
export interface Understanding {
	meaning: Term | null;
	provenance: AlignmentProvenance | null;
	/** From 0 to 1; 0 where there is no meaning. */
	confidence: number;
	reason: AlignmentReason;
	/** What that is in ROME: itself, or through a crosswalk. */
	rome: (Term & { confidence: number })[];
}

/** Below this, an understanding is told and not relied on. */
export const RELIABLE = 0.5;
/** What a crosswalk from another referential to ROME keeps of a confidence. */
const CROSSWALK = 0.8;
const CLEARLY_NEARER = 0.04;
const SHORTEST_NAME = 6;

/** Understands alignments, in a few queries for all of them. One answer each, in their order. */
export async function understandAlignments(manager: EntityManager, alignments: readonly RawAlignment[]): Promise<Understanding[]> {
	const clues = alignments.map(readClues);
	const known = await lookUp(manager, clues);
	return clues.map((one) => decide(one, known));
}

type Candidate = Pick<Understanding, "confidence" | "reason"> & { meaning: Term; provenance: AlignmentProvenance };

function decide(clues: AlignmentClues, known: KnownTerms): Understanding {
	const candidates: Candidate[] = [];
	for (const clue of clues.codes) {
		const found = decideCode(clue, clues, known);
		if (found) candidates.push(found);
	}
	const label = decideLabel(clues, known);
	if (label && "meaning" in label) candidates.push(label);
	const best = candidates.reduce<Candidate | undefined>(
		(one, other) => (one && one.confidence >= other.confidence ? one : other),
		undefined,
	);
	if (!best) {
		const reason =
			label?.reason ??
			(clues.framework === "OTHER"
				? AlignmentReason.OTHER_FRAMEWORK
				: clues.codes.some(({ kind }) => kind !== "TERM" || clues.framework !== null)
					? AlignmentReason.UNKNOWN_CODE
					: AlignmentReason.NOTHING_KNOWN);
		return { meaning: null, provenance: null, confidence: 0, reason, rome: [] };
	}
	return { ...best, rome: romeOf(best.meaning, best.confidence, known) };
}

function romeOf(meaning: Term, confidence: number, { links }: KnownTerms): Understanding["rome"] {
	if (meaning.scheme === "JOB" || meaning.scheme === "COMPETENCY") return [{ ...meaning, confidence }];
	return (links.get(termKey(meaning)) ?? []).map(({ scheme, code, label }) => ({
		scheme,
		code,
		label,
		confidence: confidence * CROSSWALK,
	}));
}

function decideCode(clue: CodeClue, clues: AlignmentClues, known: KnownTerms): Candidate | undefined {
	const { framework } = clues;
	const provenance = clue.from === "ADDRESS" ? AlignmentProvenance.URL : AlignmentProvenance.EXACT_CODE;
	const reason =
		clue.from === "ADDRESS"
			? AlignmentReason.CODE_IN_ADDRESS
			: clue.from === "NAME"
				? AlignmentReason.CODE_IN_NAME
				: framework === null
					? AlignmentReason.CODE_ALONE
					: AlignmentReason.CODE_IN_FRAMEWORK;
	const most = clue.from === "ADDRESS" ? 0.9 : clue.from === "NAME" ? 0.85 : 1;
	const foreign = framework !== null && framework !== frameworkOfCode(clue.kind);
	switch (clue.kind) {
		case "ROME": {
			const job = known.jobs.get(clue.code);
			if (!job?.current) return undefined;
			// Under a name of its own, only the label can tell that the code is of ROME.
			if (foreign && (framework !== "OTHER" || !agrees(clues.label, job.current.label))) return undefined;
			const retired = job.current.code !== job.code;
			const confidence = most * (foreign ? 0.7 : framework === null ? 0.9 : 1) * (retired ? 0.8 : 1);
			return { meaning: job.current, provenance, confidence, reason: retired ? AlignmentReason.RETIRED_CODE : reason };
		}
		case "OGR": {
			const term = known.ogr.get(clue.code);
			if (!term || foreign) return undefined;
			const agreed = agrees(clues.label, term.label);
			// Five digits are also what the ROME of before 2009 had, and many others.
			if (clue.code.length < 6 && !agreed && !clue.telling) return undefined;
			return { meaning: term, provenance, confidence: most * (agreed ? 1 : framework === "ROME" || clue.telling ? 0.9 : 0.6), reason };
		}
		case "RNCP":
		case "RS": {
			if (foreign && !clue.telling) return undefined;
			const meaning = { scheme: clue.kind, code: `${clue.kind}${clue.code}`, label: `${clue.kind}${clue.code}` };
			return { meaning, provenance, confidence: most * 0.95, reason };
		}
		case "ESCO":
		case "TERM": {
			const terms = known.terms.get(clue.code.toUpperCase()) ?? [];
			const term = terms.find(({ scheme }) => (scheme === "ESCO" ? clue.kind === "ESCO" : namesScheme(clues.frameworkName, scheme)));
			return term && { meaning: bare(term), provenance, confidence: most, reason };
		}
	}
}

function frameworkOfCode(kind: CodeClue["kind"]): string {
	return kind === "OGR" ? "ROME" : kind;
}

/** Whether a framework's folded name speaks of a regional referential: one has the words of the other. */
function namesScheme(frameworkName: string, scheme: string): boolean {
	const folded = fold(scheme);
	return frameworkName.includes(folded) || (frameworkName.length >= SHORTEST_NAME && folded.includes(frameworkName));
}

function decideLabel(
	{ label, framework, frameworkName }: AlignmentClues,
	known: KnownTerms,
): Candidate | { reason: AlignmentReason } | undefined {
	const exact = (known.labels.get(label) ?? []).filter(({ scheme }) => inFramework(scheme, framework, frameworkName));
	const provenance = AlignmentProvenance.LABEL;
	// A main label means what it names, also where something else has it among its other names. ROME before the others.
	for (const main of [true, false]) {
		const named = exact.filter((one) => one.main === main);
		const meanings = distinct(named.some(isRome) && framework !== "ESCO" ? named.filter(isRome) : named);
		if (meanings.length > 1) return { reason: AlignmentReason.AMBIGUOUS_LABEL };
		const [meaning] = meanings;
		if (meaning) {
			const factor = framework === "OTHER" && !namesScheme(frameworkName, meaning.scheme) ? 0.8 : 1;
			return {
				meaning,
				provenance,
				confidence: factor * (main ? 0.85 : 0.75),
				reason: main ? AlignmentReason.SAME_LABEL : AlignmentReason.OTHER_LABEL,
			};
		}
	}
	if (framework !== null && framework !== "ROME") return undefined;
	const [first, ...others] = known.similar.get(label) ?? [];
	if (!first) return undefined;
	const rival = others.find((one) => termKey(one) !== termKey(first));
	if (rival && first.similarity - rival.similarity < CLEARLY_NEARER) return { reason: AlignmentReason.AMBIGUOUS_LABEL };
	return { meaning: bare(first), provenance, confidence: first.similarity * 0.75, reason: AlignmentReason.SIMILAR_LABEL };
}

function inFramework(scheme: string, framework: AlignmentClues["framework"], name: string): boolean {
	if (framework === "ROME") return scheme === "JOB" || scheme === "COMPETENCY";
	if (framework === "ESCO") return scheme === "ESCO";
	if (framework === "RNCP" || framework === "RS") return false;
	return framework === null || scheme === "JOB" || scheme === "COMPETENCY" || namesScheme(name, scheme);
}

const isRome = ({ scheme }: Term) => scheme === "JOB" || scheme === "COMPETENCY";

function distinct(named: readonly Labelled[]): Term[] {
	return [...new Map(named.map((one) => [termKey(one), bare(one)])).values()];
}

function bare({ scheme, code, label }: Term): Term {
	return { scheme, code, label };
}

/** Whether two labels have a word in common that says something. */
function agrees(label: string, other: string): boolean {
	const words = new Set(fold(other).split("_"));
	return label.split("_").some((word) => word.length >= 4 && words.has(word));
}
