import type { SubgraphError } from "../execute/execution.ts";
import { argumentValue, type RootField } from "./analyse.ts";
import { decodeCursor } from "./list-cursor.ts";

/** The arguments that say which page of a connection is asked for. Relay Cursor Connections §4. */
export const PAGING = ["first", "after", "last", "before"] as const;

const DEFAULT_SIZE = 20;
const LARGEST_PAGE = 100;

export interface PageArguments {
	size: number;
	/** True when rows are counted from the end. */
	backward: boolean;
	/** Places in the members' common order. */
	after: string | undefined;
	before: string | undefined;
}

/** Checks the four paging arguments, and opens the cursors. `digest` is that of the list: see `list-cursor.ts`. */
export function readPage(root: RootField, variables: Record<string, unknown>, digest: string): PageArguments | { error: SubgraphError } {
	const given = Object.fromEntries(PAGING.map((name) => [name, argumentValue(root.node, [name], variables) ?? undefined]));
	const wrong = (field: string, message: string): { error: SubgraphError } => ({
		error: { message: `${field}: ${message}`, path: [root.key], extensions: { code: "BAD_USER_INPUT", field } },
	});
	const { first, last } = given;
	if (first !== undefined && last !== undefined) return wrong("last", "give either `first` or `last`, not both");
	for (const [field, size] of Object.entries({ first, last })) {
		if (size !== undefined && (Number(size) < 0 || Number(size) > LARGEST_PAGE)) {
			return wrong(field, `must be between 0 and ${LARGEST_PAGE}, and is ${size}`);
		}
	}
	const places: { after?: string; before?: string } = {};
	for (const field of ["after", "before"] as const) {
		if (given[field] === undefined) continue;
		const cursor = decodeCursor(digest, String(given[field]));
		if (!cursor) return wrong(field, "is not a cursor of this list, with this filter and order: leave it out to start again");
		places[field] = cursor.place;
	}
	return {
		size: Number(first ?? last ?? DEFAULT_SIZE),
		backward: first === undefined && last !== undefined,
		after: places.after,
		before: places.before,
	};
}

/** The page as each member is asked for it: as the values of the variables that `connection-shape.ts` adds. */
export function pagingVariables({ size, backward, after, before }: PageArguments): Record<string, unknown> {
	return { __first: backward ? null : size, __after: after ?? null, __last: backward ? size : null, __before: before ?? null };
}
