import { type Answer, ask } from "../../kit/ask.ts";
import { until } from "../../kit/until.ts";
import type { AskStep, Expected, Saved, Step, WalkStep } from "./case.ts";
import { answerDifference, difference } from "./difference.ts";
import type { CaseRun } from "./run-case.ts";

/** Sends a request, and compares what came of it at the client and at the members. */
export async function askAndCompare(step: AskStep, run: CaseRun): Promise<string | undefined> {
	if (!step.eventually) return askOnce(step, run);
	let last: string | undefined;
	await until("the expected answer", async () => (last = await askOnce(step, run)) === undefined, 15_000).catch(() => undefined);
	return last;
}

async function askOnce(
	{ ask: query, variables = {}, headers, save, expect: expected }: AskStep,
	run: CaseRun,
): Promise<string | undefined> {
	for (const member of run.members.values()) {
		member.requests.length = 0;
		member.pages.length = 0;
	}
	const start = performance.now();
	const answer = await ask(run.router.url, query, fillIn(variables, run.saved), { ...headersOf(query, run), ...headers });
	const took = performance.now() - start;
	if (save !== undefined) run.saved.set(save, answer.data);
	return answerDifference(answer, expected) ?? membersDifference(expected, run) ?? lateness(took, expected.within);
}

function headersOf(query: string, { router }: CaseRun): Record<string, string> {
	return query.startsWith("mutation") ? (router.mutationHeaders ?? {}) : {};
}

function membersDifference({ requests = {}, pages = {} }: Expected, { members }: CaseRun): string | undefined {
	for (const [slug, count] of Object.entries(requests)) {
		const found = difference(members.get(slug)?.requests.length, count, `requests to ${slug}`);
		if (found !== undefined) return found;
	}
	for (const [slug, sizes] of Object.entries(pages)) {
		const found = difference(members.get(slug)?.pages, sizes, `rows on the pages of ${slug}`);
		if (found !== undefined) return found;
	}
	return undefined;
}

function lateness(took: number, within: number | undefined): string | undefined {
	return within !== undefined && took > within ? `time: expected at most ${within} ms, was ${Math.round(took)} ms` : undefined;
}

/** Puts values of earlier answers in their places. */
export function fillIn(variables: Record<string, unknown>, saved: ReadonlyMap<string, Answer["data"]>): Record<string, unknown> {
	return fill(variables) as Record<string, unknown>;

	function fill(value: unknown): unknown {
		if (Array.isArray(value)) return value.map(fill);
		if (typeof value !== "object" || value === null) return value;
		if (!isSaved(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
		if (!saved.has(value.$saved)) throw new Error(`No answer was saved as ${value.$saved}`);
		return value.path
			.split(".")
			.reduce<unknown>((found, key) => (found as Record<string, unknown> | null | undefined)?.[key], saved.get(value.$saved));
	}
}

function isSaved(value: object): value is Saved {
	return "$saved" in value;
}

const FORWARD =
	"query ($size: Int!, $cursor: String, $filter: BadgeClassFilter, $orderBy: BadgeClassOrder!) { badgeClasses(first: $size, after: $cursor, filter: $filter, orderBy: $orderBy) { nodes { id } pageInfo { more: hasNextPage cursor: endCursor } } }";
const BACKWARD =
	"query ($size: Int!, $cursor: String, $filter: BadgeClassFilter, $orderBy: BadgeClassOrder!) { badgeClasses(last: $size, before: $cursor, filter: $filter, orderBy: $orderBy) { nodes { id } pageInfo { more: hasPreviousPage cursor: startCursor } } }";

/** A walk that has not ended after so many pages never will. */
const MOST_PAGES = 200;

interface Page {
	nodes: { id: string }[];
	pageInfo: { more: boolean; cursor: string | null };
}

/** Reads the whole list, page by page. */
export async function walk(
	{ walk: { size, orderBy = "NAME", filter, backward = false }, meanwhile = [], expect: expected }: WalkStep,
	run: CaseRun,
	runSteps: (steps: readonly Step[]) => Promise<string | undefined>,
): Promise<string | undefined> {
	const ids: string[] = [];
	let cursor: string | null = null;
	for (let count = 1; count <= MOST_PAGES; count += 1) {
		const answer: Answer = await ask(run.router.url, backward ? BACKWARD : FORWARD, { size, orderBy, filter, cursor });
		const found = answerDifference(answer, {});
		if (found !== undefined) return `page ${count}: ${found}`;
		const { nodes, pageInfo } = answer.data.badgeClasses as Page;
		ids.push(...nodes.map(({ id }) => id));
		if (!pageInfo.more) return difference(ids, expected, "ids of all pages");
		cursor = pageInfo.cursor;
		if (count === 1) {
			const failed = await runSteps(meanwhile);
			if (failed !== undefined) return `between the first pages: ${failed}`;
		}
	}
	return `the list does not end: ${MOST_PAGES} pages of ${size}`;
}
