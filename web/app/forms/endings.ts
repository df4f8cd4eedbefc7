/** The forms that a page has beside itself, by the ending of its address, and the content type of each. */
export const FORM_TYPES = {
	csv: "text/csv",
	json: "application/json",
	jsonld: "application/ld+json",
} as const;

export type Ending = keyof typeof FORM_TYPES;

export const ENDINGS = Object.keys(FORM_TYPES) as Ending[];

/** The form that an address asks for. Throws for an address that no form has: the routes lead none here. */
export function endingOf(pathname: string): Ending {
	const ending = ENDINGS.find((one) => pathname.endsWith(`.${one}`));
	if (!ending) throw new Error(`no form has the address ${pathname}`);
	return ending;
}

/** The address of a page in another form: the ending comes before the question. */
export function withEnding(path: string, ending: string): string {
	const [pathname, query] = path.split("?");
	return `${pathname}.${ending}${query === undefined ? "" : `?${query}`}`;
}
