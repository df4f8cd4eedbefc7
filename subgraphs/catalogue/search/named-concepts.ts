import type { EntityManager } from "typeorm";
import { quoteLexeme, ROOT_MARK, STEM_MARK } from "./lexemes.ts";
import type { Term } from "./question.ts";
import { rootOf } from "./roots.ts";
import type { Stems } from "./stems.ts";
import { anyOf } from "./term-query.ts";
import { labelWords } from "./thesaurus.ts";
import { frequencies } from "./vocabulary.ts";

/** A job or competency that a question names. */
export interface NamedConcept {
	code: string;
	kind: "JOB" | "COMPETENCY" | "CATEGORY";
	/** The label that fits best. */
	label: string;
	/** How well, up to 1: the cosine between the question's words and the label's, less what the label leaves out. */
	likeness: number;
}

const MOST_LABELS = 400;
const LEAST_LIKE = 0.3;
/** What a relative is worth beside a form of the same word. */
const RELATIVE = 0.75;

/** Jobs and competencies of the thesaurus that the terms name, those that fit best first. */
export async function namedConcepts(manager: EntityManager, stems: Stems, terms: readonly Term[], most = 40): Promise<NamedConcept[]> {
	const asked = terms.map((term) => formsOf(term));
	const queries = asked
		.map(({ stems: own, roots }) =>
			[...own].map((stem) => quoteLexeme(STEM_MARK + stem)).concat([...roots].map((root) => quoteLexeme(ROOT_MARK + root))),
		)
		.filter((lexemes) => lexemes.length > 0)
		.map((lexemes) => lexemes.join(" | "));
	if (queries.length === 0) return [];
	const rows: { code: string; kind: "JOB" | "COMPETENCY" | "CATEGORY"; label: string }[] = await manager.query(
		`SELECT "code", "kind", "thesaurus_label"."label" FROM "thesaurus_label" JOIN "thesaurus_concept" USING ("code")
		WHERE "words" @@ $1::tsquery
		ORDER BY (SELECT count(*) FROM unnest($2::tsquery[]) AS query WHERE "words" @@ query) DESC, length("words"), "code", 3 LIMIT ${MOST_LABELS}`,
		[anyOf(queries), queries],
	);
	const known = await stems.of(
		manager,
		rows.flatMap(({ label }) => labelWords(label)),
	);
	const rarities = await frequencies(manager);
	const rarity = (stem: string) => rarities.rarity(STEM_MARK + stem, "labels");
	const weights = asked.map((forms) => Math.min(9, ...[...forms.stems].map(rarity)));
	const whole = weights.reduce((sum, weight) => sum + weight ** 2, 0);
	const concepts = new Map<string, NamedConcept>();
	for (const { code, kind, label } of rows) {
		const words = oneGender(label).flatMap((word) => {
			const stem = known.get(word);
			return stem == null ? [] : [{ stem, root: rootOf(word) }];
		});
		let shared = 0;
		let extra = 0;
		for (const [index, forms] of asked.entries()) {
			const worth = words.some(({ stem }) => forms.stems.has(stem)) ? 1 : words.some(({ root }) => forms.roots.has(root)) ? RELATIVE : 0;
			shared += worth * (weights[index] as number) ** 2;
		}
		for (const { stem, root } of words)
			if (!asked.some((forms) => forms.stems.has(stem) || forms.roots.has(root))) extra += rarity(stem) ** 2;
		const likeness = (shared / Math.sqrt(whole * (shared + extra) || 1)) * (shared / (whole || 1));
		if (likeness >= LEAST_LIKE && likeness > (concepts.get(code)?.likeness ?? 0))
			concepts.set(code, { code, kind, label, likeness: Math.min(1, likeness) });
	}
	return [...concepts.values()].sort((left, right) => right.likeness - left.likeness || (left.code < right.code ? -1 : 1)).slice(0, most);
}

function formsOf({ stems, roots, correction }: Term): { stems: Set<string>; roots: Set<string> } {
	return {
		stems: new Set(correction ? (correction.stem === null ? [] : [correction.stem]) : stems),
		roots: new Set(correction ? [rootOf(correction.word)] : roots),
	};
}

/** Words of a label; of « Conducteur / Conductrice d'engins », those of one gender: a label is not longer for naming both. */
function oneGender(label: string): string[] {
	const [first, second] = label.split(" / ");
	if (second === undefined || label.split(" / ").length > 2) return labelWords(label);
	const length = (first as string).split(" ").length;
	return labelWords(`${first} ${second.split(" ").slice(length).join(" ")}`);
}
