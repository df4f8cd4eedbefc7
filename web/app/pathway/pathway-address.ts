import { isBadgeId, isSlug } from "../badge/badge-id.ts";

/** What a reader asks of a pathway. All of it is in the address, and nowhere else. */
export interface PathwayQuestion {
	/** Ids of the badges that they hold. */
	held: string[];
	/** Of those, the ones that were earned so recently that no rule finds them too old. */
	recent: string[];
	/** INSEE code of the département in which badges are to be earned. */
	departement: string | null;
	/** Only by badges that can be asked for now. */
	requestable: boolean;
	/** Slugs of institutes that are not to be gone to. */
	without: string[];
}

/** Names of the parameters; the fields of the form have the same. */
export const PARAMETERS = {
	held: "detenu",
	recent: "recent",
	departement: "departement",
	requestable: "demandable",
	without: "sans",
} as const;

const MOST_HELD = 100;
const MOST_WITHOUT = 50;

/** Reads an address; what is no badge, no code, no institute is left out. */
export function readPathwayQuestion(parameters: URLSearchParams): PathwayQuestion {
	const list = (name: string, isOne: (value: string) => boolean, most: number) =>
		[...new Set(parameters.getAll(name).filter(isOne))].slice(0, most);
	const held = list(PARAMETERS.held, isBadgeId, MOST_HELD);
	const departement = parameters.get(PARAMETERS.departement) ?? "";
	return {
		held,
		recent: list(PARAMETERS.recent, (id) => held.includes(id), MOST_HELD),
		departement: /^(\d{2,3}|2[AB])$/.test(departement) ? departement : null,
		requestable: parameters.get(PARAMETERS.requestable) === "1",
		without: list(PARAMETERS.without, isSlug, MOST_WITHOUT),
	};
}

/** The address of a pathway's page for a question. */
export function pathwayAddress(path: string, { held, recent, departement, requestable, without }: PathwayQuestion): string {
	const query = new URLSearchParams([
		...held.map((id) => [PARAMETERS.held, id]),
		...recent.filter((id) => held.includes(id)).map((id) => [PARAMETERS.recent, id]),
		...(departement === null ? [] : [[PARAMETERS.departement, departement]]),
		...(requestable ? [[PARAMETERS.requestable, "1"]] : []),
		...without.map((slug) => [PARAMETERS.without, slug]),
	]).toString();
	return query ? `${path}?${query}` : path;
}

/** When each held badge was earned, as far as the reader said: lately, or who knows when. Null where they said nothing. */
export function earnedOn({ held, recent }: PathwayQuestion, now: Date): string[] | null {
	if (recent.length === 0) return null;
	return held.map((id) => (recent.includes(id) ? now : new Date(0)).toISOString());
}
