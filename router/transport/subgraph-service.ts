import type { Dispatcher } from "undici";
import type { Execution, Service, SubgraphAnswer } from "../execute/execution.ts";
import { JointFetches } from "../execute/joint-fetch.ts";
import { isObject } from "../execute/json.ts";
import { variablesText } from "../execute/representations.ts";
import { PostError, postJson } from "./http-post.ts";
import { joinEntities } from "./join-entities.ts";
import { subscribeOverWebSocket } from "./web-socket.ts";

export interface SubgraphServiceOptions {
	name: string;
	url: URL;
	pool: Dispatcher;
	deadline: number;
	largestAnswer: number;
}

/** One of the hub's own subgraphs, at one address. */
export function subgraphService({ name, url, pool, deadline, largestAnswer }: SubgraphServiceOptions): Service {
	const unavailable = (reason: string): SubgraphAnswer => ({
		data: null,
		errors: [{ message: `The hub's service "${name}" did not answer.`, extensions: { code: "SERVICE_UNAVAILABLE", reason } }],
	});
	async function ask(body: string, { signal, trace }: Execution): Promise<SubgraphAnswer> {
		const ended = trace?.begin(name);
		try {
			const text = await postJson(pool, url, body, { deadline, largestAnswer, signal });
			const answer = readAnswer(text) ?? unavailable("INVALID_ANSWER");
			ended?.(answer.data ? "ok" : "INVALID_ANSWER");
			return answer;
		} catch (error) {
			const reason = error instanceof PostError ? error.reason : "UNREACHABLE";
			ended?.(reason);
			return unavailable(reason);
		}
	}

	return {
		prepare(operation, entities = []) {
			const query = JSON.stringify(operation);
			if (entities.length === 0)
				return (variables, execution) => ask(`{"query":${query},"variables":${variablesText(variables)}}`, execution);
			return joinEntities(query, entities, new JointFetches(deadline), ask);
		},
		subscribe(operation, variables, execution) {
			return subscribeOverWebSocket(url, operation, variables, execution.signal);
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
