import type { Execution, SubgraphError } from "../execute/execution.ts";
import { isObject, type JsonObject } from "../execute/json.ts";
import { askStandIn } from "./ask-stand-in.ts";
import type { MissingReason } from "./completeness.ts";
import { ROWS } from "./connection-shape.ts";
import { type Asking, type Member, MemberFailure } from "./member.ts";

interface Answered {
	ok: true;
	data: JsonObject;
	errors: SubgraphError[];
}

/** A member's answer, or why there is none; a failure is already in the request's completeness. */
export type MemberAnswer = Answered | { ok: false; reason: MissingReason };

/** Whether an answer has the shape of what was asked; one that has not is as good as none. */
export type IsUsable = (answer: Answered) => boolean;

/**
 * Asks one member, and for a read that it does not answer whoever stands in for it. Never rejects: a member's failure is
 * the failure of its own rows only.
 */
export function askMember(
	member: Member,
	body: string,
	asking: Asking,
	execution: Execution,
	isUsable: IsUsable = always,
): Promise<MemberAnswer> {
	const { completeness, signal, until, trace, caller } = execution;
	completeness.ask(member.slug);
	const begun = trace?.begin("members", member.slug);
	const standIn = asking !== "mutation" && member.standIn ? askStandIn(member.slug, member.standIn, body, execution) : undefined;
	const fail = (reason: MissingReason): MemberAnswer | Promise<MemberAnswer> => {
		completeness.fail(member.slug, reason);
		begun?.ended(reason);
		const failed = { ok: false, reason } as const;
		return standIn ? standIn.answer((text) => read(text, isUsable)).then((answer) => answer ?? failed) : failed;
	};
	return member.call(body, { signal, asking, until, caller, traceparent: begun?.traceparent }).then(
		(text) => {
			const answer = read(text, isUsable);
			if (!answer) return fail("INVALID_ANSWER");
			standIn?.drop();
			begun?.ended("ok", rowsIn(answer.data));
			return answer;
		},
		(error: unknown) => fail(error instanceof MemberFailure ? error.reason : "UNREACHABLE"),
	);
}

const always: IsUsable = () => true;

/** How many rows an answer brings: of a page, of lists, or single ones. */
function rowsIn(data: JsonObject): number {
	let rows = 0;
	for (const value of Object.values(data)) {
		const list = isObject(value) ? value[ROWS] : value;
		if (Array.isArray(list)) rows += list.length;
		else if (isObject(value)) rows += 1;
	}
	return rows;
}

/** Reads a GraphQL answer that a stranger wrote. Undefined when it has no data, or not what was asked for. */
function read(text: string, isUsable: IsUsable): (Answered & { extensions: unknown }) | undefined {
	let answer: unknown;
	try {
		answer = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!isObject(answer) || !isObject(answer.data)) return undefined;
	const errors = Array.isArray(answer.errors) ? answer.errors.flatMap(readError) : [];
	const { data, extensions } = answer;
	const whole = { ok: true, data, errors, extensions } as const;
	return isUsable(whole) ? whole : undefined;
}

const LONGEST_MESSAGE = 500;

function readError(error: unknown): SubgraphError[] {
	if (!isObject(error)) return [];
	const { message, path, extensions } = error;
	return [
		{
			message: typeof message === "string" ? message.slice(0, LONGEST_MESSAGE) : "An error without a message.",
			...(Array.isArray(path) && path.every((segment) => typeof segment === "string" || typeof segment === "number")
				? { path: path as (string | number)[] }
				: {}),
			...(isObject(extensions) ? { extensions } : {}),
		},
	];
}
