/**
 * Global ids name their owner: `<institute slug>:<local id>`. Routing a row to its owner needs no look-up.
 */

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LOCAL_ID = /^[A-Za-z0-9._~-]{1,200}$/;

export type GlobalId = `${string}:${string}`;

export function isSlug(value: string): boolean {
	return SLUG.test(value);
}

export function isGlobalId(value: string): value is GlobalId {
	const separator = value.indexOf(":");
	return separator > 0 && SLUG.test(value.slice(0, separator)) && LOCAL_ID.test(value.slice(separator + 1));
}

/** Makes the id of a row. Throws a `RangeError` that names the wrong part: ids are made from checked input. */
export function globalId(slug: string, localId: string): GlobalId {
	if (!SLUG.test(slug)) throw new RangeError(`"${slug}" is not an institute's slug ([a-z0-9-], 1 to 63 characters)`);
	if (!LOCAL_ID.test(localId)) throw new RangeError(`"${localId}" is not a local id ([A-Za-z0-9._~-], 1 to 200 characters)`);
	return `${slug}:${localId}`;
}

/** The slug of the institute that owns the row, or undefined when the id names none. Does not check the local part. */
export function ownerOf(id: string): string | undefined {
	const separator = id.indexOf(":");
	const slug = separator === -1 ? id : id.slice(0, separator);
	return SLUG.test(slug) ? slug : undefined;
}

/** Turns a title into a local id: `Organiser sa recherche d'emploi` → `organiser-sa-recherche-d-emploi`. */
export function localIdFrom(text: string): string {
	return fold(text).replaceAll("_", "-").slice(0, 200).replace(/-+$/, "");
}

/**
 * The `fold` of the member contract: NFKD, marks removed, lower case, œ and æ spelled out, runs of anything that is
 * neither letter nor digit as one `_`, none at either end.
 */
export function fold(text: string): string {
	return text
		.normalize("NFKD")
		.replace(/\p{M}+/gu, "")
		.toLowerCase()
		.replaceAll("œ", "oe")
		.replaceAll("æ", "ae")
		.replace(/[^\p{L}\p{N}]+/gu, "_")
		.replace(/^_+|_+$/g, "");
}
