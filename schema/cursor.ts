import { fold } from "./global-id.ts";

/**
 * The cursors of the member contract: a row's place in an order, comparable across members. See `BadgeClassOrder`
 * in `member.graphql`.
 */

const LAST_INSTANT = 9_999_999_999_999;

/** Cursor of the order `NAME`. */
export function nameCursor(name: string, id: string): string {
	return `${fold(name)} ${id}`;
}

/** Cursor of the orders `CREATED` and `UPDATED`: later instants come first. */
export function latestFirstCursor(instant: Date, id: string): string {
	return `${String(LAST_INSTANT - instant.getTime()).padStart(13, "0")} ${id}`;
}

/**
 * Compares two cursors by Unicode code point, as PostgreSQL's collation "C" does in UTF-8.
 * JavaScript compares UTF-16 units, which differs only where surrogates meet the characters U+E000 to U+FFFF.
 */
export function compareCursors(left: string, right: string): number {
	if (left === right) return 0;
	const shorter = Math.min(left.length, right.length);
	for (let index = 0; index < shorter; index += 1) {
		const a = left.charCodeAt(index);
		const b = right.charCodeAt(index);
		if (a !== b) return order(a) - order(b);
	}
	return left.length - right.length;
}

/** Surrogates (the characters above U+FFFF) sort after every other unit. */
function order(unit: number): number {
	return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
