import { compareCursors } from "../../schema/cursor.ts";
import { ownerOf } from "../../schema/global-id.ts";
import type { SubgraphError } from "../execute/execution.ts";
import { isObject, type Json, type JsonObject } from "../execute/json.ts";
import type { RootField } from "./analyse.ts";
import type { PageArguments } from "./connection-page.ts";
import { PAGE, ROWS } from "./connection-shape.ts";
import type { Member } from "./member.ts";
import { foreignRow, outOfOrder } from "./member-errors.ts";
import { takeMerged } from "./merge-sorted.ts";

/** One row of one member: where it is in that member's answer, and its place in the order of the list. */
export interface Row {
	place: string;
	index: number;
	source: Source;
}

/** One member's page. */
export interface Source {
	member: Member;
	connection: JsonObject;
	/** Its own rows within the page asked for, in order. */
	rows: Row[];
	hasNextPage: boolean;
	hasPreviousPage: boolean;
}

/** Whether what a member gave is a page at all. */
export function isPage(value: Json | undefined): value is JsonObject {
	if (!isObject(value) || !Array.isArray(value[ROWS])) return false;
	for (const edge of value[ROWS]) if (!isObject(edge) || typeof edge.cursor !== "string") return false;
	return true;
}

/**
 * Reads one member's page as a stranger's: rows that are not its own, or outside the page asked for, are left out and
 * told; rows in a wrong order are sorted and told.
 */
export function readSource(
	member: Member,
	value: JsonObject,
	root: RootField,
	keyField: string | undefined,
	page: PageArguments,
	errors: SubgraphError[],
): Source {
	const info = isObject(value[PAGE]) ? value[PAGE] : {};
	const source: Source = {
		member,
		connection: value,
		rows: [],
		hasNextPage: info.hasNextPage === true,
		hasPreviousPage: info.hasPreviousPage === true,
	};
	let isOrderly = true;
	const places = new Set<string>();
	for (const [index, edge] of (value[ROWS] as { cursor: string; node: Json }[]).entries()) {
		const { cursor: place } = edge;
		const key = isObject(edge.node) ? edge.node.key : undefined;
		if (keyField !== undefined && (typeof key !== "string" || ownerOf(key) !== member.slug)) {
			errors.push(foreignRow(member, String(key), [root.key]));
		} else if (isOutside(place, page)) {
			// Rows that were shown before would come back on every page.
			isOrderly = false;
		} else {
			const previous = source.rows.at(-1);
			if (previous && compareCursors(previous.place, place) >= 0) isOrderly = false;
			// A row that is given twice is one row.
			if (!places.has(place)) source.rows.push({ place, index, source });
			places.add(place);
		}
	}
	if (!isOrderly) {
		errors.push(outOfOrder(member, [root.key]));
		source.rows.sort((a, b) => compareCursors(a.place, b.place));
	}
	return source;
}

function isOutside(place: string, { after, before }: PageArguments): boolean {
	return (after !== undefined && compareCursors(place, after) <= 0) || (before !== undefined && compareCursors(place, before) >= 0);
}

/** Order in which a page takes its rows: that of the list, or from its end. */
export function comparePlaces({ backward }: PageArguments): (a: Row, b: Row) => number {
	return backward ? (a, b) => compareCursors(b.place, a.place) : (a, b) => compareCursors(a.place, b.place);
}

/** A member's rows in the order in which the page takes them. */
export function rowsInTurn({ rows }: Source, { backward }: PageArguments): readonly Row[] {
	return backward ? rows.toReversed() : rows;
}

/** Whether the member has rows beyond those it gave, in the direction of the page. */
export function hasMore({ hasNextPage, hasPreviousPage }: Source, { backward }: PageArguments): boolean {
	return backward ? hasPreviousPage : hasNextPage;
}

/** The sources that may hold back rows of this page, and what is to be asked of each. */
export function tooShort(sources: readonly Source[], page: PageArguments): { index: number; rest: PageArguments }[] {
	const compare = comparePlaces(page);
	const lists = sources.map((source) => rowsInTurn(source, page));
	const candidates = takeMerged(lists, page.size, compare);
	const last = candidates.length < page.size ? undefined : candidates.at(-1);
	return lists.flatMap((list, index) => {
		const end = list.at(-1);
		// What comes after the last row that the page could take is not of this page.
		if (!end || !hasMore(sources[index] as Source, page) || (last && compare(end, last) >= 0)) return [];
		return [{ index, rest: { ...page, ...(page.backward ? { before: end.place } : { after: end.place }) } }];
	});
}

/** A source with the rows that follow its own in the direction of the page. */
export function extend(source: Source, next: Source, { backward }: PageArguments): Source {
	return backward
		? { ...source, rows: [...next.rows, ...source.rows], hasPreviousPage: next.hasPreviousPage }
		: { ...source, rows: [...source.rows, ...next.rows], hasNextPage: next.hasNextPage };
}
