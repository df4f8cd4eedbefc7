import { typedWords } from "./typed-words.ts";

/** What a reader asks of the catalogue. The address of the page is its only home. */
export interface SearchState {
	words: string;
	institutes: string[];
	departements: string[];
	collectives: string[];
	domains: string[];
	jobs: string[];
	frameworks: string[];
	recognisedBy: string[];
	languages: string[];
	requestable: boolean;
	metabadge: boolean;
	retired: boolean;
	order: Order;
	/** Ids of badges chosen to be compared: they narrow nothing, and stay chosen while the list changes. */
	compared: string[];
	/** Cursor of the last badge of the page before; null on the first page. */
	after: string | null;
}

/** The names in the address, in the order in which it is written. */
export const PARAMETERS = {
	words: "q",
	institutes: "institut",
	departements: "departement",
	collectives: "collectif",
	domains: "domaine",
	jobs: "metier",
	frameworks: "referentiel",
	recognisedBy: "reconnu-par",
	languages: "langue",
	requestable: "demandable",
	metabadge: "metabadge",
	retired: "retires",
	order: "tri",
	compared: "badge",
	after: "apres",
} as const;

/** In which order, as the hub names it, and as the address does; the best match first is not said. */
export const ORDERS = { BEST: null, NEWEST: "recents", NAME: "nom" } as const;
export type Order = keyof typeof ORDERS;

/** The filters that have several values. */
export const LISTS = ["institutes", "departements", "collectives", "domains", "jobs", "frameworks", "recognisedBy", "languages"] as const;
export type ListFilter = (typeof LISTS)[number];
const FLAGS = ["requestable", "metabadge", "retired"] as const;
const MAX_VALUES = 50;
const MAX_VALUE = 200;
/** A slug, a colon, 200 characters. */
const MAX_ID = 264;

/** Total: what it does not understand is as if it were absent. */
export function parseSearch(parameters: URLSearchParams): SearchState {
	const values = (key: keyof SearchState) => parameters.getAll(PARAMETERS[key]);
	const list = (key: keyof SearchState, longest = MAX_VALUE) =>
		[...new Set(values(key).map((value) => value.replace(/\p{Cc}+/gu, " ").trim()))]
			.filter((value) => value !== "" && value.length <= longest)
			.slice(0, MAX_VALUES);
	const flag = (key: keyof SearchState) => values(key).includes("1");
	const after = parameters.get(PARAMETERS.after) ?? "";
	return {
		words: typedWords(parameters.get(PARAMETERS.words) ?? ""),
		institutes: list("institutes"),
		departements: list("departements"),
		collectives: list("collectives"),
		domains: list("domains"),
		jobs: list("jobs"),
		frameworks: list("frameworks"),
		recognisedBy: list("recognisedBy"),
		languages: list("languages"),
		requestable: flag("requestable"),
		metabadge: flag("metabadge"),
		retired: flag("retired"),
		order: (Object.keys(ORDERS) as Order[]).find((order) => ORDERS[order] === parameters.get(PARAMETERS.order)) ?? "BEST",
		compared: list("compared", MAX_ID),
		after: after === "" ? null : after,
	};
}

/** The shortest address of a state: what is at its default is left out. `parseSearch` reads it back unchanged. */
export function formatSearch(state: SearchState): URLSearchParams {
	const parameters = new URLSearchParams();
	if (state.words) parameters.set(PARAMETERS.words, state.words);
	for (const key of LISTS) for (const value of state[key]) parameters.append(PARAMETERS[key], value);
	for (const key of FLAGS) if (state[key]) parameters.set(PARAMETERS[key], "1");
	const order = ORDERS[state.order];
	if (order !== null) parameters.set(PARAMETERS.order, order);
	for (const id of state.compared) parameters.append(PARAMETERS.compared, id);
	if (state.after !== null) parameters.set(PARAMETERS.after, state.after);
	return parameters;
}

/** `/badges?…` of a state changed in part; any change but that of the page goes back to the first page. */
export function searchPath(state: SearchState, change: Partial<SearchState> = {}, path = "/badges"): string {
	const query = formatSearch({ ...state, after: null, ...change }).toString();
	return query ? `${path}?${query}` : path;
}

/** A search alone, as it is saved, followed and read by programs: without what was chosen from it, from its beginning. */
export const savedPath = (state: SearchState, path = "/badges"): string => searchPath(state, { compared: [] }, path);

/** The whole list, and what was chosen to be compared. */
export const clearedPath = ({ compared }: SearchState): string => searchPath({ ...parseSearch(new URLSearchParams()), compared });

/** The `filter` argument of the hub's `searchBadges`. */
export const searchFilter = (state: SearchState) => ({
	...Object.fromEntries(LISTS.flatMap((key) => (state[key].length > 0 ? [[key, state[key]]] : []))),
	...(state.requestable && { requestable: true }),
	...(state.metabadge && { metabadge: true }),
	retired: state.retired,
});
