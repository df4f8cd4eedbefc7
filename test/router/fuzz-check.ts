import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { parse, validate } from "graphql";
import { type Answer, ask } from "../kit/ask.ts";
import { type FuzzQuery, makeQuery } from "./fuzz-query.ts";
import { createReference, PLACE } from "./fuzz-reference.ts";
import type { FuzzRegion } from "./fuzz-region.ts";

export interface FuzzOptions {
	runs: number;
	seed: number;
}

export interface FuzzReport {
	runs: number;
	/** How many rows and objects the answers held: a generator that asks for nothing would find nothing. */
	objects: number;
	/** How many of the queries had errors, the same on both sides. */
	withErrors: number;
	/** How many used a variable, a fragment, a condition, a cursor. */
	used: Record<"variable" | "fragment" | "condition" | "cursor", number>;
}

/** Queries made before that are sent again beside each new one. */
const COMPANY = 3;

/** Compares the router's answers with those of one server that holds every row. Throws for the first that differs, shrunk, with its seed. */
export async function fuzzRouter({ url, data, schema }: FuzzRegion, { runs, seed }: FuzzOptions): Promise<FuzzReport> {
	const reference = createReference(schema, data);
	const report: FuzzReport = { runs: 0, objects: 0, withErrors: 0, used: { variable: 0, fragment: 0, condition: 0, cursor: 0 } };
	const recent: { query: FuzzQuery; expected: Answer }[] = [];
	await fc.assert(
		fc.asyncProperty(fc.array(fc.nat(10_000), { minLength: 20, maxLength: 400, size: "max" }), async (numbers) => {
			const query = makeQuery(numbers, schema, data);
			const document = parse(query.text);
			const invalid = validate(schema, document);
			if (invalid.length > 0) throw new Error(`The generator made an invalid query: ${invalid[0]?.message}\n${query.text}`);
			const [actual, expected, ...again] = await Promise.all([
				ask(url, query.text, query.variables),
				reference(parse(query.text), query.referenceVariables),
				// Requests that are under way together share what they fetch: each must have its own answer all the same.
				...recent.map((other) => ask(url, other.query.text, other.query.variables)),
			]);
			for (const [index, other] of recent.entries()) compare(other.query, again[index] as Answer, other.expected);
			// What the router refuses for its size is not compared.
			fc.pre(!actual.errors?.some(({ extensions }) => extensions.code === "LIMIT_EXCEEDED"));
			compare(query, actual, expected);
			recent.push({ query, expected });
			if (recent.length > COMPANY) recent.shift();
			count(report, query, expected);
		}),
		{ numRuns: runs, seed, endOnFailure: false },
	);
	return report;
}

/** Throws when the two differ: data by value and order of keys, errors by path and code. */
function compare({ text, variables }: FuzzQuery, actual: Answer, expected: Answer): void {
	const ours = JSON.stringify(openCursors(actual.data));
	const theirs = JSON.stringify(expected.data);
	const errors = { ours: errorsOf(actual), theirs: errorsOf(expected) };
	if (ours === theirs && isDeepStrictEqual(errors.ours, errors.theirs)) return;
	throw new Error(
		`The answers differ.\n${text}\nvariables ${JSON.stringify(variables)}\nrouter    ${ours} ${JSON.stringify(actual.errors ?? [])}\nreference ${theirs} ${JSON.stringify(expected.errors ?? [])}`,
	);
}

function errorsOf({ errors = [] }: Answer): string[] {
	return errors.map(({ path, extensions }) => JSON.stringify([path, extensions.code])).sort();
}

/** The router's cursors as the places that they hold. */
function openCursors(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(openCursors);
	if (typeof value === "object" && value !== null)
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, openCursors(inner)]));
	return typeof value === "string" ? openCursor(value) : value;
}

function openCursor(text: string): string {
	if (!/^Wy[IJ][\w-]+$/.test(text)) return text;
	const [, place] = JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as string[];
	return `${PLACE}${place}`;
}

function count(report: FuzzReport, { text, referenceVariables }: FuzzQuery, expected: Answer): void {
	report.runs += 1;
	report.objects += JSON.stringify(expected.data).split("{").length - 1;
	if (expected.errors) report.withErrors += 1;
	if (text.includes("$")) report.used.variable += 1;
	if (text.includes("fragment ")) report.used.fragment += 1;
	if (/@(skip|include)/.test(text)) report.used.condition += 1;
	if (JSON.stringify(referenceVariables).includes(PLACE)) report.used.cursor += 1;
}
