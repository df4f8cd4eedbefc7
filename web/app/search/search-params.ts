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
	after: "apres",
} as const;

/** The filters that have several values. */
export const LISTS = ["institutes", "departements", "collectives", "domains", "jobs", "frameworks", "recognisedBy", "languages"] as const;
export type ListFilter = (typeof LISTS)[number];
const FLAGS = ["requestable", "metabadge", "retired"] as const;
const MAX_WORDS = 300;
const MAX_VALUES = 50;
const MAX_VALUE = 200;

/** Total: what it does not understand is as if it were absent. */
export function parseSearch(parameters: URLSearchParams): SearchState {
	const values = (key: keyof SearchState) => parameters.getAll(PARAMETERS[key]);
	const list = (key: keyof SearchState) =>
		[...new Set(values(key).map((value) => value.trim()))]
			.filter((value) => value !== "" && value.length <= MAX_VALUE)
			.slice(0, MAX_VALUES);
	const flag = (key: keyof SearchState) => values(key).includes("1");
	const after = parameters.get(PARAMETERS.after) ?? "";
	return {
		words: shorten((parameters.get(PARAMETERS.words) ?? "").replace(/\s+/g, " ").trim()),
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
		after: after === "" ? null : after,
	};
}

/** The shortest address of a state: what is at its default is left out. `parseSearch` reads it back unchanged. */
export function formatSearch(state: SearchState): URLSearchParams {
	const parameters = new URLSearchParams();
	if (state.words) parameters.set(PARAMETERS.words, state.words);
	for (const key of LISTS) for (const value of state[key]) parameters.append(PARAMETERS[key], value);
	for (const key of FLAGS) if (state[key]) parameters.set(PARAMETERS[key], "1");
	if (state.after !== null) parameters.set(PARAMETERS.after, state.after);
	return parameters;
}

/** `/badges?…` of a state changed in part; any change but that of the page goes back to the first page. */
export function searchPath(state: SearchState, change: Partial<SearchState> = {}, path = "/badges"): string {
	const query = formatSearch({ ...state, after: null, ...change }).toString();
	return query ? `${path}?${query}` : path;
}

/** The `filter` argument of the hub's `searchBadges`. */
export const searchFilter = (state: SearchState) => ({
	...Object.fromEntries(LISTS.flatMap((key) => (state[key].length > 0 ? [[key, state[key]]] : []))),
	...(state.requestable && { requestable: true }),
	...(state.metabadge && { metabadge: true }),
	retired: state.retired,
});

/** At most what the hub accepts, never half of a surrogate pair. */
function shorten(words: string): string {
	return words.length <= MAX_WORDS
		? words
		: words
				.slice(0, MAX_WORDS)
				.replace(/[\uD800-\uDBFF]$/, "")
				.trim();
}
