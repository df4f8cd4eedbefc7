import type { EntityManager } from "typeorm";
import type { BadgeHit } from "../badge-hit.ts";
import { Harvest } from "../harvest.ts";
import type { Stems } from "./stems.ts";
import { plain, wordsOf } from "./words.ts";

/**
 * The search index: for each badge a tsvector made here, word by word, with two lexemes per place: the plain word, for
 * beginnings of words, and `=` with the plain stem, for its other forms.
 */

type Weight = "A" | "B" | "C" | "D";

/** Marks stems, so that beginnings of words are not looked for among them. */
export const STEM_MARK = "=";

/** PostgreSQL counts places no further. */
const LAST_PLACE = 16_383;
/** Characters of a text that are indexed: a tsvector holds at most 1 MB. */
const LONGEST_TEXT = 30_000;

/** Writes the index of badges that have just been saved. */
export async function indexBadges(manager: EntityManager, stems: Stems, badges: readonly BadgeHit[]): Promise<void> {
	const names = new Map(
		(await manager.find(Harvest, { select: { instituteSlug: true, name: true } })).map(({ instituteSlug, name }) => [instituteSlug, name]),
	);
	const documents = badges.map((badge) => ({ badge, texts: textsOf(badge, names.get(badge.instituteSlug) ?? "") }));
	const known = await stems.of(
		manager,
		documents.flatMap(({ texts }) => texts.flatMap(([, text]) => wordsOf(text).map((word) => word.text))),
	);
	const rows = documents.map(({ badge, texts }) => ({
		badgeId: badge.id,
		words: vectorOf(texts, known),
		foldedName: foldedName(badge.name),
	}));
	await manager.query(
		`INSERT INTO "search_document" ("badgeId", "words", "foldedName")
		SELECT "badgeId", "words"::tsvector, "foldedName" FROM json_to_recordset($1) AS "row" ("badgeId" text, "words" text, "foldedName" text)
		ON CONFLICT ("badgeId") DO UPDATE SET "words" = excluded."words", "foldedName" = excluded."foldedName"`,
		[JSON.stringify(rows)],
	);
}

/** A name as typing errors are looked for in it. */
function foldedName(name: string): string {
	return wordsOf(name)
		.map(({ text }) => plain(text))
		.join(" ");
}

function textsOf(badge: BadgeHit, institute: string): [Weight, string][] {
	return [
		["A", badge.name],
		["B", [...badge.tags, badge.issuerName, institute, ...badge.alignments.map(({ targetName }) => targetName)].join(". ")],
		["C", badge.description],
		["D", badge.criteria.narrative ?? ""],
	];
}

function vectorOf(texts: readonly [Weight, string][], stems: ReadonlyMap<string, string | null>): string {
	const places = new Map<string, string[]>();
	let place = 0;
	const put = (lexeme: string, weight: Weight) => {
		const list = places.get(lexeme);
		// More places than 255 are not kept; a lexeme counts by its first ones.
		if (!list) places.set(lexeme, [`${place}${weight}`]);
		else if (list.length < 255) list.push(`${place}${weight}`);
	};
	for (const [weight, text] of texts) {
		for (const { text: word } of wordsOf(text.slice(0, LONGEST_TEXT))) {
			place = Math.min(place + 1, LAST_PLACE);
			put(plain(word), weight);
			const stem = stems.get(word);
			if (stem != null) put(`${STEM_MARK}${stem}`, weight);
		}
	}
	// Words hold letters and digits only: nothing to escape but what taking marks off could have left.
	return [...places].map(([lexeme, list]) => `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}':${list.join(",")}`).join(" ");
}
