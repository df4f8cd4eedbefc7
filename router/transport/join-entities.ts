import type { EntityRoot, Execution, PreparedFetch, SubgraphAnswer, SubgraphError } from "../execute/execution.ts";
import { alone, type Joined, type JointFetches, learnFrom } from "../execute/joint-fetch.ts";
import type { JsonObject } from "../execute/json.ts";
import { Representations, variablesText } from "../execute/representations.ts";

/**
 * A fetch of entities of one subgraph that joins those of other requests, and takes its own out of the answer.
 * `query` is the operation as JSON; `ask` sends a body and never rejects.
 */
export function joinEntities(
	query: string,
	roots: readonly EntityRoot[],
	fetches: JointFetches<SubgraphAnswer>,
	ask: (body: string, execution: Execution) => Promise<SubgraphAnswer>,
): PreparedFetch {
	const names = [...new Set(roots.map(({ variable }) => variable))];
	const openings = names.map((name, index) => `${index > 0 ? "]," : ""}${JSON.stringify(name)}:[`);
	const fields = roots.map(({ alias, variable }) => ({ alias, variable: names.indexOf(variable) }));

	return async (variables, execution) => {
		const shared: Record<string, unknown> = {};
		for (const name in variables) if (!names.includes(name)) shared[name] = variables[name];
		const sharedText = variablesText(shared);
		const asked = names.map((name) => variables[name] as Representations);
		const wanted = { lists: asked.map((one) => one.listText()), counts: asked.map(({ length }) => length) };
		const send = (lists: readonly string[], by: Execution): Promise<SubgraphAnswer> => {
			let body = `{"query":${query},"variables":${sharedText.slice(0, -1)}${sharedText.length > 2 ? "," : ""}`;
			for (let variable = 0; variable < lists.length; variable += 1) body += `${openings[variable]}${lists[variable]}`;
			return ask(`${body}]}}`, by);
		};
		const joined = await fetches.join(sharedText, wanted, execution, send);
		if (!joined.sharedBy) return joined.answer;
		const own = takeOwn(joined, wanted.counts);
		// What is wrong with a joint answer may be another request's fault.
		if (!own) return (await alone(wanted, execution, send)).answer;
		learnFrom(joined.sharedBy, execution);
		return own;
	};

	/** This request's part of a joint answer; undefined where it cannot be told apart. */
	function takeOwn({ answer, offsets, totals }: Joined<SubgraphAnswer>, counts: readonly number[]): SubgraphAnswer | undefined {
		if (answer.data === null) return isUnreachable(answer) ? answer : undefined;
		const data: JsonObject = {};
		for (const { alias, variable } of fields) {
			const entities = answer.data[alias];
			if (!Array.isArray(entities) || entities.length !== totals[variable]) return undefined;
			const offset = offsets[variable] as number;
			data[alias] = entities.slice(offset, offset + (counts[variable] as number));
		}
		return { data, errors: answer.errors.length === 0 ? answer.errors : ownErrors(answer.errors, offsets, counts) };
	}

	function ownErrors(errors: readonly SubgraphError[], offsets: readonly number[], counts: readonly number[]): SubgraphError[] {
		return errors.flatMap((error) => {
			const [alias, position, ...rest] = error.path ?? [];
			const field = fields.find((one) => one.alias === alias);
			if (!field || typeof position !== "number") return [error];
			const own = position - (offsets[field.variable] as number);
			return own >= 0 && own < (counts[field.variable] as number) ? [{ ...error, path: [field.alias, own, ...rest] }] : [];
		});
	}
}

/** Whether the subgraph gave nothing because it could not be asked: asking again would not help. */
function isUnreachable({ errors }: SubgraphAnswer): boolean {
	const reason = errors[0]?.extensions?.reason;
	return reason === "TIMEOUT" || reason === "UNREACHABLE" || reason === "HTTP_ERROR" || reason === "CANCELLED";
}
