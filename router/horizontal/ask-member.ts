import type { Execution, SubgraphError } from "../execute/execution.ts";
import { isObject, type JsonObject } from "../execute/json.ts";
import type { MissingReason } from "./completeness.ts";
import { type Member, MemberFailure } from "./member.ts";

/** A member's answer, or why there is none; a failure is already in the request's completeness. */
export type MemberAnswer = { ok: true; data: JsonObject; errors: SubgraphError[] } | { ok: false; reason: MissingReason };

/** Asks one member. Never rejects: a member's failure is the failure of its own rows only. */
export function askMember(member: Member, body: string, idempotent: boolean, execution: Execution): Promise<MemberAnswer> {
	const { completeness, signal, until, trace } = execution;
	completeness.ask(member.slug);
	const ended = trace?.begin("members", member.slug);
	const fail = (reason: MissingReason): MemberAnswer => {
		completeness.fail(member.slug, reason);
		ended?.(reason);
		return { ok: false, reason };
	};
	return member.call(body, { signal, idempotent, until }).then(
		(text) => {
			const answer = readAnswer(text);
			if (!answer) return fail("INVALID_ANSWER");
			ended?.("ok");
			return answer;
		},
		(error: unknown) => fail(error instanceof MemberFailure ? error.reason : "UNREACHABLE"),
	);
}

/** Reads a GraphQL answer that a stranger wrote. Undefined when it has no data. */
function readAnswer(text: string): MemberAnswer | undefined {
	let answer: unknown;
	try {
		answer = JSON.parse(text);
	} catch {
		return undefined;
	}
	if (!isObject(answer) || !isObject(answer.data)) return undefined;
	return { ok: true, data: answer.data, errors: Array.isArray(answer.errors) ? answer.errors.flatMap(readError) : [] };
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
