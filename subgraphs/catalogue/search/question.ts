import type { EntityManager } from "typeorm";
import { badInput } from "../../kit/errors.ts";
import { STEM_MARK } from "./index-badge.ts";
import type { WordMatcher } from "./match-words.ts";
import type { Stems } from "./stems.ts";
import { plain, spellings, wordsOf } from "./words.ts";

/** A word that is looked for. */
export interface Term {
	/** Its stems, of every spelling that it may stand for. */
	stems: ReadonlySet<string>;
	/** The word without accents. */
	word: string;
	/** The last word of a question may be unfinished. */
	unfinished: boolean;
}

export interface Question extends WordMatcher {
	terms: readonly Term[];
	/** As typing errors are looked for. */
	folded: string;
}

const LONGEST = 300;

/** Understands what a person typed. Throws `BAD_USER_INPUT` for blanks and for more than 300 characters. */
export async function understand(manager: EntityManager, stems: Stems, query: string): Promise<Question> {
	if ([...query].length > LONGEST) throw badInput("query", `must have at most ${LONGEST} characters`);
	const text = query.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
	if (text.trim() === "") throw badInput("query", "is blank: leave it out to list every badge");
	const words = wordsOf(text).map((word) => word.text);
	const known = await stems.of(manager, words.flatMap(spellings));
	const meaningful = words.filter((word) => known.get(word) != null);
	// A question of common words alone is taken at its word.
	const asked = meaningful.length > 0 ? meaningful : words;
	const unfinished = /[\p{L}\p{N}\p{M}]$/u.test(text) ? words.at(-1) : undefined;
	const terms = [...new Set(asked)].map(
		(word): Term => ({
			stems: new Set(spellings(word).flatMap((spelling) => known.get(spelling) ?? [])),
			word: plain(word),
			unfinished: word === unfinished,
		}),
	);
	return {
		terms,
		folded: words.map(plain).join(" "),
		termOf(word, stem) {
			return terms.findIndex(
				(term) => term.word === word || (stem !== null && term.stems.has(stem)) || (term.unfinished && word.startsWith(term.word)),
			);
		},
	};
}

/** A term as PostgreSQL looks for it, in texts of some weights only when they are given. */
export function termQuery({ stems, word, unfinished }: Term, weights = ""): string {
	const exact = weights === "" ? "" : `:${weights}`;
	return [...[...stems].map((stem) => quote(`${STEM_MARK}${stem}`) + exact), quote(word) + (unfinished ? `:*${weights}` : exact)].join(
		" | ",
	);
}

function quote(lexeme: string): string {
	return `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}
