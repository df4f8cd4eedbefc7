import type { Answer } from "../../kit/ask.ts";
import { ANY_TEXT, type Expected, type ExpectedError } from "./case.ts";

/** The first way in which a value is not the expected one, in words; undefined when it is. */
export function difference(actual: unknown, expected: unknown, at: string): string | undefined {
	if (isAnyText(expected)) return typeof actual === "string" && actual !== "" ? undefined : told(at, "some text", actual);
	if (Array.isArray(expected)) {
		if (!Array.isArray(actual)) return told(at, "a list", actual);
		if (actual.length !== expected.length) return told(at, `${expected.length} items, ${show(expected)}`, actual);
		return first(expected.map((item, index) => () => difference(actual[index], item, `${at}[${index}]`)));
	}
	if (typeof expected === "object" && expected !== null) {
		if (typeof actual !== "object" || actual === null || Array.isArray(actual)) return told(at, show(expected), actual);
		const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
		return first(
			keys.map(
				(key) => () => difference((actual as Record<string, unknown>)[key], (expected as Record<string, unknown>)[key], `${at}.${key}`),
			),
		);
	}
	return actual === expected ? undefined : told(at, show(expected), actual);
}

function isAnyText(value: unknown): boolean {
	return typeof value === "object" && value !== null && (value as Record<string, unknown>).$any === ANY_TEXT.$any;
}

/** Compares a whole answer, but for what only the members know of it. */
export function answerDifference(answer: Answer, expected: Expected): string | undefined {
	return first([
		() => ("data" in expected ? difference(answer.data, expected.data, "data") : undefined),
		() => (expected.errors === "any" ? undefined : errorsDifference(answer.errors ?? [], expected.errors ?? [])),
		() => completenessDifference(answer, expected.completeness),
	]);
}

function errorsDifference(actual: NonNullable<Answer["errors"]>, expected: readonly ExpectedError[]): string | undefined {
	const left = [...actual];
	for (const wanted of expected) {
		const found = left.findIndex((error) => isExpected(error, wanted));
		if (found === -1) return told("errors", show(wanted), actual);
		left.splice(found, 1);
	}
	return left.length === 0 ? undefined : `errors: not expected: ${show(left)}`;
}

function isExpected(
	{ path, extensions = {} }: NonNullable<Answer["errors"]>[number],
	{ code, path: at, details = {} }: ExpectedError,
): boolean {
	return (
		extensions.code === code &&
		(at === undefined || show(path) === show(at)) &&
		Object.entries(details).every(([name, value]) => difference(extensions[name], value, name) === undefined)
	);
}

function completenessDifference({ extensions }: Answer, expected: Expected["completeness"]): string | undefined {
	if (expected === undefined) return undefined;
	const actual = extensions?.completeness;
	if (expected === "none") return actual === undefined ? undefined : told("completeness", "none", actual);
	const { asked, missing = {} } = expected;
	const wanted = {
		asked,
		answered: asked - Object.keys(missing).length,
		missing: Object.entries(missing).map(([institute, reason]) => ({ institute, reason })),
		stale: [],
	};
	return difference(actual, wanted, "completeness");
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
	for (const check of checks) {
		const found = check();
		if (found !== undefined) return found;
	}
	return undefined;
}

function told(at: string, expected: string, actual: unknown): string {
	return `${at}: expected ${expected}, was ${show(actual)}`;
}

export function show(value: unknown): string {
	const text = JSON.stringify(value) ?? "absent";
	return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
