/** What `/reseau` is asked; the address of the page is its only home. */
export interface NetworkQuestion {
	/** Slug of the member in the middle. */
	centre: string | null;
	depth: 1 | 2;
	/** Id of a collective; `-` for the members of none. */
	collective: string | null;
	/** Recognitions by members of one collective, of members of another. */
	from: string | null;
	to: string | null;
	scope: Scope | null;
	/** Name of a member that is looked for. */
	words: string;
	/** Cursor of the page before in the list. */
	after: string | null;
}

export const SCOPES = { INSTITUTE: "etablissement", BADGE_CLASS: "badge", ISSUER: "emetteur", FIELD: "domaine" } as const;
export type Scope = keyof typeof SCOPES;

/** Total: what it does not understand is as if it were absent. */
export function readNetworkQuestion(parameters: URLSearchParams): NetworkQuestion {
	const one = (name: string) => parameters.get(name) || null;
	const scope = (Object.keys(SCOPES) as Scope[]).find((key) => SCOPES[key] === one("portee")) ?? null;
	const centre = one("centre");
	const collective = centre ? null : one("collectif");
	const [from, to] = centre || collective ? [null, null] : [one("de"), one("vers")];
	return {
		centre,
		depth: one("rayon") === "2" ? 2 : 1,
		collective,
		from,
		to,
		scope,
		words: (one("q") ?? "").trim().slice(0, 100),
		after: one("apres"),
	};
}

export function networkPath(question: Partial<NetworkQuestion>): string {
	const { centre, depth, collective, from, to, scope, words, after } = question;
	const query = new URLSearchParams({
		...(centre && { centre }),
		...(centre && depth === 2 && { rayon: "2" }),
		...(collective && { collectif: collective }),
		...(from && { de: from }),
		...(to && { vers: to }),
		...(scope && { portee: SCOPES[scope] }),
		...(words && { q: words }),
		...(after && { apres: after }),
	}).toString();
	return query ? `/reseau?${query}` : "/reseau";
}
