import type { Answer } from "../kit/ask.ts";
import type { ChaosMember } from "./members.ts";
import type { ChaosRequest, Presence } from "./requests.ts";
import type { Stalls } from "./stalls.ts";

/** Milliseconds that the router gives a member. */
export const MEMBER_DEADLINE = 2_000;

/** How long after its recovery a member may still be left alone: what it failed to answer before comes to an end, and the router has tried by itself whether it is back. */
const RECOVERY = MEMBER_DEADLINE + 1_000 + 1_500;

export interface Tally {
	stalls: Stalls;
	requests: number;
	/** Requests during which this process stood still: only their rows are judged. */
	unjudged: number;
	/** Judgements that were possible: members that had to answer, and members that could not. */
	hadToAnswer: number;
	couldNotAnswer: number;
	missing: Record<string, number>;
	violations: string[];
}

/** Codes of errors that failing members cause. */
const EXPECTED_CODES = new Set(["MEMBER_UNAVAILABLE", "FOREIGN_ROW", "OUT_OF_ORDER", "INCOMPLETE"]);

/** Holds an answer against what its members were like while it was made. Returns what is wrong with it. */
export function judge(
	request: ChaosRequest,
	answer: Answer,
	from: number,
	to: number,
	members: ReadonlyMap<string, ChaosMember>,
	tally: Tally,
): string | undefined {
	const isStalled = tally.stalls.touch(from, to);
	if (isStalled) tally.unjudged += 1;
	const completeness = answer.extensions?.completeness;
	if (!completeness && isStalled) return undefined;
	if (!completeness) return "it does not speak of completeness";
	const missing = new Map(completeness.missing.map(({ institute, reason }) => [institute, reason]));
	for (const reason of missing.values()) tally.missing[reason] = (tally.missing[reason] ?? 0) + 1;
	if (completeness.asked !== request.asked.size) return `${completeness.asked} members asked instead of ${request.asked.size}`;
	if (completeness.answered !== completeness.asked - missing.size) return `asked, answered and missing do not add up`;
	const stale = new Set(completeness.stale.map(({ institute }) => institute));
	for (const slug of stale) if (!missing.has(slug)) return `${slug} is stale and not missing`;
	for (const slug of missing.keys()) if (!request.asked.has(slug)) return `${slug} is missing and was not asked`;
	for (const slug of request.asked) {
		const problem = judgeMember(slug, missing.get(slug));
		if (problem !== undefined) return problem;
	}
	return judgeErrors() ?? judgeData();

	function statesOf(slug: string, since: number): Set<string> {
		return (members.get(slug) as ChaosMember).timeline.during(since, to);
	}

	function judgeMember(slug: string, reason: string | undefined): string | undefined {
		const states = statesOf(slug, from);
		const only = states.size === 1 ? [...states][0] : undefined;
		if (only === "bad") {
			tally.couldNotAnswer += 1;
			return reason === undefined ? `${slug} could not answer, and is counted as if it had` : undefined;
		}
		if (isStalled || tally.stalls.touch(from - RECOVERY, from)) return undefined;
		const recently = statesOf(slug, from - RECOVERY);
		if (recently.has("bad") || recently.has("changing")) return undefined;
		tally.hadToAnswer += 1;
		return reason === undefined ? undefined : `${slug} had nothing wrong with it, and is missing (${reason})`;
	}

	function judgeErrors(): string | undefined {
		for (const { extensions } of answer.errors ?? []) {
			const { code, institute } = extensions as { code: string; institute?: string };
			if (!EXPECTED_CODES.has(code)) return `an error with the code ${code}`;
			if (code === "MEMBER_UNAVAILABLE" && !missing.has(institute as string)) return `${institute} is unavailable, and not missing`;
			if ((code === "FOREIGN_ROW" || code === "OUT_OF_ORDER") && !mayHaveLied(institute as string))
				return `${institute} is said to have lied (${code})`;
		}
		return undefined;
	}

	function judgeData(): string | undefined {
		if (request.strict && missing.size > 0) return answer.data === null ? undefined : "the strict policy let an incomplete answer pass";
		if (answer.data === null || answer.data === undefined) return "there is no data";
		return request.check(answer.data, present);
	}

	function mayHaveLied(slug: string): boolean {
		const states = statesOf(slug, from);
		return states.has("liar") || states.has("changing");
	}

	function present(slug: string): Presence {
		// A snapshot may be older than the rows that the judge knows.
		if (stale.has(slug)) return "some";
		if (missing.has(slug)) return "none";
		return mayHaveLied(slug) ? "some" : "all";
	}
}
