import { readFileSync } from "node:fs";
import { plain, wordsOf } from "./words.ts";

/**
 * How people at work say what badges and referentials say otherwise: acronyms, anglicisms, everyday words, names of
 * jobs that the referential does not have. Written for this search, in `professional-words.txt`; each line there is
 * `what people type | another way > how badges say it | another way`.
 */
export interface ProfessionalWords {
	/** The entries that a text names, the longest names first where they overlap. */
	named(words: readonly string[]): NamedEntry[];
}

export interface NamedEntry {
	/** Words of the text that name it. */
	words: readonly string[];
	/** How badges say it, and how else people do. */
	phrases: readonly string[];
}

interface Entry {
	asked: readonly string[];
	said: readonly string[];
}

interface Name {
	forms: readonly string[];
	entry: Entry;
	label: string;
}

const FILE = new URL("./professional-words.txt", import.meta.url);

/** Words that hold others together: a phrase is the same with `au` and with `de`. */
const SMALL = new Set("a au aux avec d dans de des du en et l la le les leur ou par pour sa se ses son sur un une".split(" "));

/** Reads the entries of a text like `professional-words.txt`. Throws for a line that is none. */
export function readProfessionalWords(text: string): ProfessionalWords {
	const names = new Map<string, Name[]>();
	for (const [number, line] of text.split("\n").entries()) {
		if (line.trim() === "" || line.startsWith("#")) continue;
		const [asked, said, ...more] = line.split(" > ").map((side) => side.split("|").map((label) => label.trim()));
		if (!asked || !said || more.length > 0 || [...asked, ...said].includes(""))
			throw new Error(`line ${number + 1} is not \`asked | asked > said | said\`: ${line}`);
		const entry = { asked, said };
		for (const label of asked) {
			const forms = meaningful(wordsOf(label).map((word) => word.text)).map((word) => singular(plain(word)));
			const [first] = forms;
			if (first === undefined) continue;
			const same = names.get(first) ?? [];
			names.set(first, same);
			same.push({ forms, entry, label });
		}
	}
	for (const same of names.values()) same.sort((left, right) => right.forms.length - left.forms.length);
	return {
		named(words) {
			const typed = meaningful(words).map((word) => ({ word, forms: formsOf(plain(word)) }));
			const found: NamedEntry[] = [];
			for (let at = 0; at < typed.length; ) {
				const name = typed[at]?.forms
					.flatMap((form) => names.get(form) ?? [])
					.find(({ forms }) => forms.every((form, index) => typed[at + index]?.forms.includes(form)));
				if (!name) {
					at += 1;
					continue;
				}
				found.push({
					words: typed.slice(at, at + name.forms.length).map(({ word }) => word),
					phrases: [...name.entry.said, ...name.entry.asked.filter((label) => label !== name.label)],
				});
				at += name.forms.length;
			}
			return found;
		},
	};
}

function meaningful(words: readonly string[]): string[] {
	return words.filter((word) => !SMALL.has(plain(word)));
}

/** What a typed word may stand for: itself, and where it is a woman's, what a man's would be. Not the other way: a `serveur` may be a machine. */
function formsOf(bare: string): string[] {
	const one = singular(bare);
	const masculine = one
		.replace(/trice$/, "teur")
		.replace(/euse$/, "eur")
		.replace(/iere$/, "ier")
		.replace(/([aeo])nne$/, "$1n")
		.replace(/(?<=....)e$/, "");
	return masculine === one ? [one] : [one, masculine];
}

function singular(bare: string): string {
	return bare.length < 5 ? bare : bare.replace(/[sx]$/, "");
}

let shipped: ProfessionalWords | undefined;

/** Those that ship with the search. */
export function professionalWords(): ProfessionalWords {
	shipped ??= readProfessionalWords(readFileSync(FILE, "utf8"));
	return shipped;
}
