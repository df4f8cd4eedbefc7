import type { EntityManager } from "typeorm";
import type { BadgeHit } from "../badge-hit.ts";
import { Harvest } from "../harvest.ts";
import { alignedFacets, facetsOf } from "./badge-facets.ts";
import { INITIALS_MARK, initialsOf, lexemesOf, quoteLexeme } from "./lexemes.ts";
import type { Stems } from "./stems.ts";
import { compoundsOf, plain, wordsOf } from "./words.ts";

/** The search index: for each badge a tsvector made here, word by word (see lexemes.ts), with what it is filtered by. */

type Weight = "A" | "B" | "C" | "D";

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
		documents.flatMap(({ texts }) => texts.flatMap(([, text]) => allWords(text))),
	);
	const aligned = await alignedFacets(manager, badges);
	const rows = documents.map(({ badge, texts }) => ({
		badgeId: badge.id,
		words: vectorOf(texts, known, badge.name),
		foldedName: foldedName(badge.name),
		nameCursor: badge.nameCursor,
		instituteSlug: badge.instituteSlug,
		retired: badge.retired,
		requestable: badge.requestable,
		metabadge: badge.metabadge,
		language: badge.language,
		createdAt: badge.createdAt,
		...facetsOf(badge, aligned),
	}));
	await manager.query(
		`INSERT INTO "search_document" (${COLUMNS.join(", ")})
		SELECT ${COLUMNS.map((column) => (column === `"words"` ? `"words"::tsvector` : column)).join(", ")} FROM json_to_recordset($1)
			AS "row" ("badgeId" text, "words" text, "foldedName" text, "nameCursor" text, "instituteSlug" text, "retired" boolean,
				"requestable" boolean, "metabadge" boolean, "language" text, "createdAt" timestamptz, "facets" text[], "boost" real)
		ON CONFLICT ("badgeId") DO UPDATE SET ${COLUMNS.map((column) => `${column} = excluded.${column}`).join(", ")}`,
		[JSON.stringify(rows)],
	);
}

const COLUMNS = [
	`"badgeId"`,
	`"words"`,
	`"foldedName"`,
	`"nameCursor"`,
	`"instituteSlug"`,
	`"retired"`,
	`"requestable"`,
	`"metabadge"`,
	`"language"`,
	`"createdAt"`,
	`"facets"`,
	`"boost"`,
];

/** Indexes badges that have no document, as after a change of how they are made. A page at a time, each in its own transaction. */
export async function indexMissing(manager: EntityManager, stems: Stems, find: (ids: string[]) => Promise<BadgeHit[]>): Promise<void> {
	for (;;) {
		const missing: { id: string }[] = await manager.query(
			`SELECT "id" FROM "badge" WHERE NOT EXISTS (SELECT FROM "search_document" WHERE "badgeId" = "id") LIMIT 500`,
		);
		if (missing.length === 0) return;
		const badges = await find(missing.map(({ id }) => id));
		// Removed meanwhile: looked for again.
		if (badges.length > 0) await manager.transaction((inside) => indexBadges(inside, stems, badges));
	}
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

function allWords(text: string): string[] {
	const cut = text.slice(0, LONGEST_TEXT);
	const words = wordsOf(cut);
	return [...words.map((word) => word.text), ...compoundsOf(cut, words)];
}

function vectorOf(texts: readonly [Weight, string][], stems: ReadonlyMap<string, string | null>, name: string): string {
	const places = new Map<string, string[]>();
	let place = 0;
	const put = (lexeme: string, weight: Weight) => {
		const list = places.get(lexeme);
		// More places than 255 are not kept; a lexeme counts by its first ones.
		if (!list) places.set(lexeme, [`${place}${weight}`]);
		else if (list.length < 255) list.push(`${place}${weight}`);
	};
	for (const [weight, text] of texts) {
		for (const word of allWords(text)) {
			place = Math.min(place + 1, LAST_PLACE);
			for (const lexeme of lexemesOf(word, stems.get(word) ?? null)) put(lexeme, weight);
		}
	}
	const initials = initialsOf(
		wordsOf(name).map((word) => word.text),
		stems,
	);
	if (initials) put(INITIALS_MARK + initials, "B");
	return [...places].map(([lexeme, list]) => `${quoteLexeme(lexeme)}:${list.join(",")}`).join(" ");
}
