import type { Service } from "../execute/execution.ts";

/** The members as one service, with a span around each fetch of the plan: the calls to members are parts of it. */
export function spanFetches(service: Service): Service {
	return {
		...service,
		prepare(operation, entities) {
			const fetch = service.prepare(operation, entities);
			return async (variables, execution) => {
				const { trace } = execution;
				const span = trace?.span?.open("step", "fetch members", { "graphql.document": operation.slice(0, LONGEST_DOCUMENT) });
				if (!trace || !span) return fetch(variables, execution);
				const answer = await fetch(variables, { ...execution, trace: trace.below(span) });
				span.end(answer.errors.length === 0 ? "ok" : String(answer.errors[0]?.extensions?.code ?? "error"));
				return answer;
			};
		},
	};
}

const LONGEST_DOCUMENT = 2_000;
