import { createHash } from "node:crypto";

/**
 * Cursors of gathered lists. Members agree on one order and each accepts any place in it (see `member.graphql`), so
 * the place of the last row is all that is needed to ask every member for what comes next: the cursor does not grow
 * with the network, and holds when members join, leave or fail between two pages.
 */
export interface ListCursor {
	/** The members' own cursor: a place in the order. */
	place: string;
	/** Members that were missing when the page was made: their rows before this place were not shown. */
	missing: readonly string[];
}

/** A digest of what the list is a list of: a cursor of one list is not taken for another's. */
export function listDigest(field: string, args: Readonly<Record<string, unknown>>): string {
	return createHash("sha256")
		.update(JSON.stringify([field, args]))
		.digest("base64url")
		.slice(0, 8);
}

export function encodeCursor(digest: string, { place, missing }: ListCursor): string {
	return Buffer.from(JSON.stringify(missing.length > 0 ? [digest, place, missing] : [digest, place])).toString("base64url");
}

/** Reads a cursor. Undefined when it is not one of this list. */
export function decodeCursor(digest: string, text: string): ListCursor | undefined {
	try {
		const parts: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
		if (!Array.isArray(parts)) return undefined;
		const [madeFor, place, missing = []] = parts as unknown[];
		if (madeFor !== digest || typeof place !== "string" || !Array.isArray(missing)) return undefined;
		return { place, missing: missing.filter((slug): slug is string => typeof slug === "string") };
	} catch {
		return undefined;
	}
}
