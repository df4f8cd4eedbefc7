import { Directive, Field, ObjectType } from "type-graphql";
import { badInput } from "./errors.ts";

@Directive("@shareable")
@ObjectType({ simpleResolvers: true })
export class PageInfo {
	@Field(() => Boolean) hasNextPage: boolean;
	@Field(() => Boolean) hasPreviousPage: boolean;
	@Field(() => String, { nullable: true }) startCursor: string | null;
	@Field(() => String, { nullable: true }) endCursor: string | null;
}

/** Which page of a list is asked for: the `size` rows after, or before, a place in it. */
export interface PageRequest {
	size: number;
	/** True when rows are counted from the end (`last`). */
	backward: boolean;
	after: string | undefined;
	before: string | undefined;
}

const DEFAULT_SIZE = 20;
const LARGEST_CURSOR = 2000;

/** The four arguments of a Relay connection. */
export interface PageArguments {
	first?: number | null;
	after?: string | null;
	last?: number | null;
	before?: string | null;
}

/** Checks them. Throws `BAD_USER_INPUT` that names the wrong one. */
export function pageRequest(args: PageArguments, largest = 100, largestCursor = LARGEST_CURSOR): PageRequest {
	const { first, last } = args;
	if (first != null && last != null) throw badInput("last", "give either `first` or `last`, not both");
	checkSize("first", first, largest);
	checkSize("last", last, largest);
	checkCursor("after", args.after, largestCursor);
	checkCursor("before", args.before, largestCursor);
	return {
		size: first ?? last ?? DEFAULT_SIZE,
		backward: first == null && last != null,
		after: args.after ?? undefined,
		before: args.before ?? undefined,
	};
}

function checkSize(field: string, size: number | null | undefined, largest: number): void {
	if (size != null && (size < 0 || size > largest)) throw badInput(field, `must be between 0 and ${largest}, and is ${size}`);
}

function checkCursor(field: string, cursor: string | null | undefined, largest: number): void {
	if (cursor != null && (cursor === "" || cursor.length > largest))
		throw badInput(field, "is not a cursor of this list: leave it out to start again");
}

/**
 * Makes the page from the rows found when `size + 1` were asked for in the direction of reading: the one too many
 * tells that there are more.
 */
export function pageOf<Row>(
	found: readonly Row[],
	request: PageRequest,
	cursorOf: (row: Row) => string,
): { rows: Row[]; pageInfo: PageInfo } {
	const hasMore = found.length > request.size;
	const rows = found.slice(0, request.size);
	if (request.backward) rows.reverse();
	const pageInfo: PageInfo = {
		hasNextPage: request.backward ? request.before !== undefined : hasMore,
		hasPreviousPage: request.backward ? hasMore : request.after !== undefined,
		startCursor: rows[0] === undefined ? null : cursorOf(rows[0]),
		endCursor: rows.length === 0 ? null : cursorOf(rows[rows.length - 1] as Row),
	};
	return { rows, pageInfo };
}
