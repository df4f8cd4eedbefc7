import type { Dispatcher } from "undici";
import type { Execution, Service, SubgraphAnswer } from "../execute/execution.ts";
import { JointFetches } from "../execute/joint-fetch.ts";
import { isObject } from "../execute/json.ts";
import { variablesText } from "../execute/representations.ts";
import type { Asking } from "../horizontal/member.ts";
import { dispatchJson, type OnPosted, PostError } from "./http-post.ts";
import { joinEntities } from "./join-entities.ts";
import { SharedReads } from "./shared-reads.ts";
import { dispatchSigned } from "./signed-post.ts";
import type { Signing } from "./signing.ts";
import { subscribeOverWebSocket } from "./web-socket.ts";

/** `outcome`: `ok`, or why there was no answer. */
export type CallReport = (outcome: string, milliseconds: number) => void;

export interface SubgraphServiceOptions {
	name: string;
	url: URL;
	pool: Dispatcher;
	deadline: number;
	largestAnswer: number;
	/** Whether identical reads that are under way at the same time are one request. */
	deduplicate: boolean;
	/** Told of each call, for the figures. */
	report?: CallReport;
	/** Proves to it that requests are the router's. */
	signing: Signing;
}

/** One of the hub's own subgraphs, at one address. */
export function subgraphService({
	name,
	url,
	pool,
	deadline,
	largestAnswer,
	deduplicate,
	report,
	signing,
}: SubgraphServiceOptions): Service {
	const unavailable = (reason: string): SubgraphAnswer => ({
		data: null,
		errors: [{ message: `The hub's service "${name}" did not answer.`, extensions: { code: "SERVICE_UNAVAILABLE", reason } }],
	});
	const reads = deduplicate ? new SharedReads(() => new PostError("CANCELLED", "The request was cancelled")) : undefined;
	function post(body: string, execution: Execution, asking: Asking, traceparent: string | undefined): Promise<string> {
		const { signal, caller } = execution;
		const sendIt = () => send(body, execution, asking !== "mutation", traceparent === undefined ? undefined : { traceparent });
		return reads && asking === "read" ? reads.read(body, caller, signal, sendIt) : sendIt();
	}

	function send(
		body: string,
		{ signal, caller }: Execution,
		isRead: boolean,
		headers: Record<string, string> | undefined,
	): Promise<string> {
		return new Promise((resolve, reject) => {
			const done: OnPosted = (error, text) => (error ? reject(error) : resolve(text));
			if (isRead) dispatchSigned(signing, caller, pool, url, body, { deadline, largestAnswer, signal, headers }, done);
			else
				dispatchJson(
					pool,
					url,
					body,
					{ deadline, largestAnswer, signal, headers: { ...headers, ...signing.headers(body, false, caller) } },
					done,
				);
		});
	}

	async function ask(body: string, execution: Execution, asking: Asking): Promise<SubgraphAnswer> {
		const begun = execution.trace?.begin(name);
		const start = performance.now();
		const ended = (outcome: string) => {
			report?.(outcome, performance.now() - start);
			begun?.ended(outcome);
		};
		try {
			const text = await post(body, execution, asking, begun?.traceparent);
			const answer = readAnswer(text) ?? unavailable("INVALID_ANSWER");
			ended(answer.data ? "ok" : "INVALID_ANSWER");
			return answer;
		} catch (error) {
			const reason = error instanceof PostError ? error.reason : "UNREACHABLE";
			ended(reason);
			return unavailable(reason);
		}
	}

	return {
		prepare(operation, entities = []) {
			const query = JSON.stringify(operation);
			const asking = /^\s*mutation\b/.test(operation) ? "mutation" : "read";
			if (entities.length === 0)
				return (variables, execution) => ask(`{"query":${query},"variables":${variablesText(variables)}}`, execution, asking);
			return joinEntities(query, entities, new JointFetches(deadline), (body, execution) => ask(body, execution, "entities"));
		},
		subscribe(operation, variables, execution) {
			return subscribeOverWebSocket(
				url,
				operation,
				variables,
				execution.signal,
				signing.connectionParams(operation, variables, execution.caller),
			);
		},
	};
}

function readAnswer(text: string): SubgraphAnswer | undefined {
	try {
		const answer: unknown = JSON.parse(text);
		if (!isObject(answer)) return undefined;
		const errors = Array.isArray(answer.errors) ? (answer.errors as unknown as SubgraphAnswer["errors"]) : [];
		if (!isObject(answer.data) && errors.length === 0) return undefined;
		return { data: isObject(answer.data) ? answer.data : null, errors };
	} catch {
		return undefined;
	}
}
