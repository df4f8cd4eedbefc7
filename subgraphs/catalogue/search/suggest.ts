import type { DataSource } from "typeorm";
import { badInput } from "../../kit/errors.ts";
import { quoteLexeme } from "./lexemes.ts";
import { type SuggestArguments, Suggestion, SuggestionKind } from "./suggestion.ts";
import { plain, wordsOf } from "./words.ts";

const LONGEST = 100;
const MOST = 10;

/** Badges, competencies, jobs and institutes whose name holds every word typed so far. Throws `BAD_USER_INPUT` for a wrong argument. */
export async function suggest(database: DataSource, { text, first }: SuggestArguments): Promise<Suggestion[]> {
	if (text.length > LONGEST) throw badInput("text", `must have at most ${LONGEST} characters`);
	if (first < 1 || first > MOST) throw badInput("first", `must be between 1 and ${MOST}, and is ${first}`);
	const words = wordsOf(text.replace(/\p{Cc}/gu, " ")).map((word) => plain(word.text));
	// One letter begins too many words.
	if (words.join("").length < 2) return [];
	const query = (weight: string) =>
		words.map((word, index) => `${quoteLexeme(word)}${index === words.length - 1 ? `:*${weight}` : weight && `:${weight}`}`).join(" & ");
	const folded = words.join(" ");
	const [badges, concepts, institutes]: { kind: SuggestionKind; id: string; label: string }[][] = await Promise.all([
		database.query(
			`SELECT 'BADGE' AS "kind", "id", "name" AS "label" FROM (
				SELECT "badgeId", "nameCursor", "foldedName" LIKE $2 AS "begins", length("foldedName") AS "length" FROM "search_document"
				WHERE "words" @@ $1::tsquery AND NOT "retired" ORDER BY 3 DESC, 4, 2 LIMIT $3
			) AS "found" JOIN "badge" ON "id" = "badgeId" ORDER BY "begins" DESC, "length", "found"."nameCursor"`,
			[query("A"), `${folded.replace(/[\\%_]/g, "\\$&")}%`, first],
		),
		database.query(
			`SELECT "kind", "id", "label" FROM (
				SELECT "kind", "code" AS "id", "label", row_number() OVER (PARTITION BY "kind" ORDER BY "length", "label") AS "place" FROM (
					SELECT DISTINCT ON ("code") "kind", "code", "thesaurus_label"."label", length("thesaurus_label"."label") AS "length"
					FROM "thesaurus_label" JOIN "thesaurus_concept" USING ("code") WHERE "words" @@ $1::tsquery AND "kind" <> 'CATEGORY' ORDER BY "code", 4, 3
				) AS "found"
			) AS "ordered" WHERE "place" <= $2 ORDER BY "kind", "place"`,
			[query(""), first],
		),
		database.query(
			`SELECT 'INSTITUTE' AS "kind", "instituteSlug" AS "id", "name" AS "label" FROM "harvest" WHERE to_tsvector('simple', "name") @@ $1::tsquery ORDER BY "name" LIMIT $2`,
			[query(""), first],
		),
	]);
	return [...(badges ?? []), ...(concepts ?? []), ...(institutes ?? [])].map((row) => Object.assign(new Suggestion(), row));
}
