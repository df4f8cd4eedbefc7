import { IRREGULAR_FAMILIES } from "./families.ts";
import { plain } from "./words.ts";

/**
 * The family of a French word: what remains without the endings that make agents, actions and qualities of one
 * another. `soudeur`, `soudeuse`, `soudage` and `soudure` share a root; PostgreSQL's stemmer keeps them apart. Roots
 * group more than they should (`équipe`, `équipement`): a match by root counts for less than one by stem.
 */

/** Longest first; an ending is taken off once, where enough remains. */
const ENDINGS = [
	...[
		"abilite",
		"ibilite",
		"ativite",
		"ivite",
		"eusement",
		"issement",
		"isation",
		"ification",
		"icienne",
		"ateur",
		"atrice",
		"ation",
		"ative",
		"alite",
		"icien",
		"icite",
	],
	...["ition", "iteur", "itrice", "ement", "amment", "emment", "ienne", "elle", "euse", "eure", "trice", "tion", "sion", "teur"],
	...["orat", "iere", "erie", "isme", "iste", "ance", "ence", "aire", "able", "ible", "ique", "iser", "ante", "ente", "esse", "oire"],
	...["atif", "orer", "ial", "eur", "eux", "ier", "ien", "age", "ure", "ant", "ent", "ite", "ete", "ise", "ive", "ice", "ale", "ment"],
	...["at", "er", "ir", "re", "ee", "if", "el", "al", "ie", "e"],
].sort((left, right) => right.length - left.length);

/** Verbs like tenir and venir change their vowel: `entretient` and `entretien` to `entretenir`. */
const OF_HOLDING = /(?<=..[tv])ien(?:t|ne|nent)?$/;

/** Shortest that may remain. */
const SHORTEST = 4;

/** The root of a word, whatever its accents; the word itself where nothing can be taken off. */
export function rootOf(word: string): string {
	const root = regularRoot(word);
	return FAMILIES.get(root) ?? root;
}

function regularRoot(word: string): string {
	const bare = plain(word);
	// `sérieux` is one man's or many's: its ending is `eux`.
	const singular = (/.{4}eux$/.test(bare) ? bare : bare.replace(/(?<=...)(?:s|x)$/, "")).replace(OF_HOLDING, "enir");
	if (/\d/.test(singular)) return singular;
	const ending = ENDINGS.find((one) => singular.endsWith(one) && singular.length - one.length >= SHORTEST);
	const rest = ending ? singular.slice(0, -ending.length) : singular;
	// `communiquer` and `communication`; `accueillir` and `accueil`.
	return rest.replace(/qu$/, "c").replace(/([b-df-hj-np-tv-z])\1$/, "$1");
}

/** From the root of each word of an irregular family to that of its first. */
const FAMILIES = new Map(
	IRREGULAR_FAMILIES.trim()
		.split("\n")
		.flatMap((line) => {
			const [first, ...others] = line.split(" ").map(regularRoot);
			return others.map((root) => [root, first as string] as const);
		}),
);

/** Learned elements before a word that stands by itself: `cybersécurité`, `bionettoyage`, `télétravail`. */
const ELEMENTS =
	/^(?:agro|anti|auto|bio|cyber|eco|electro|hydro|hyper|inter|macro|micro|mono|multi|neuro|para|photo|pluri|poly|psycho|radio|sous|sur|tele|thermo|trans|video)(?=.{6})/;

/** The root of what a word holds after a learned element; null for most words. */
export function innerRoot(word: string): string | null {
	const bare = plain(word);
	const inner = bare.replace(ELEMENTS, "");
	return inner === bare ? null : rootOf(inner);
}
