import { isDeepStrictEqual } from "node:util";

/** The same value; lists as sets. */
export function sameValue(a: unknown, b: unknown): boolean {
	if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one) => includes(b, one));
	return isDeepStrictEqual(a, b);
}

/** Whether a list holds a value, objects compared by what they hold. */
export function includes(list: readonly unknown[], value: unknown): boolean {
	return list.some((one) => isDeepStrictEqual(one, value));
}

/** The first list, and what only the second holds. */
export function union(a: readonly unknown[], b: readonly unknown[]): unknown[] {
	return [...a, ...b.filter((one) => !includes(a, one))];
}

/** What both hold, in the order of the first. */
export function intersection(a: readonly unknown[], b: readonly unknown[]): unknown[] {
	return a.filter((one) => includes(b, one));
}
