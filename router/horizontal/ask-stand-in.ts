import type { Execution } from "../execute/execution.ts";
import { isObject } from "../execute/json.ts";
import type { StandIn } from "./member.ts";

/** What stands in for a member in one call, should the member fail. */
export interface WaitingStandIn {
	/** Gives the stand-in's answer when it has one that says how old it is. Never rejects; its rows are then stale in the answer's completeness. */
	answer<Answer extends { extensions: unknown }>(read: (text: string) => Answer | undefined): Promise<Answer | undefined>;
	/** The member has answered. */
	drop(): void;
}

/** Waits beside a member, and asks its stand-in when the member is late, so that it has answered when the member's time is over. */
export function askStandIn(
	slug: string,
	standIn: StandIn,
	body: string,
	{ signal, until, completeness, trace }: Execution,
): WaitingStandIn {
	let dropped: AbortController | undefined;
	let asked: Promise<string | undefined> | undefined;
	const ask = () => {
		if (asked) return asked;
		dropped = new AbortController();
		const begun = trace?.begin("stand-in", slug);
		const own = AbortSignal.any([signal, dropped.signal]);
		asked = standIn.ask(body, { signal: own, until, traceparent: begun?.traceparent }).then(
			(text) => {
				begun?.ended("ok");
				return text;
			},
			() => {
				begun?.ended("failed");
				return undefined;
			},
		);
		return asked;
	};
	const timer = setTimeout(ask, standIn.lateAfter(until));
	return {
		async answer(read) {
			clearTimeout(timer);
			const text = await ask();
			const answer = text === undefined ? undefined : read(text);
			const asOf = answer && readInstant(answer.extensions);
			if (asOf === undefined) return undefined;
			completeness.standIn(slug, asOf);
			standIn.used();
			return answer;
		},
		drop() {
			clearTimeout(timer);
			dropped?.abort();
		},
	};
}

function readInstant(extensions: unknown): string | undefined {
	const asOf = isObject(extensions as never) ? (extensions as { asOf?: unknown }).asOf : undefined;
	return typeof asOf === "string" && !Number.isNaN(Date.parse(asOf)) ? asOf : undefined;
}
