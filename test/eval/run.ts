import "reflect-metadata";
import { OperatorError } from "../../subgraphs/kit/errors.ts";
import { run } from "../../subgraphs/kit/run.ts";
import { evaluatePolicy } from "./policy.ts";
import { evaluateSearch } from "./search/search.ts";

/** `npm run eval -- NAME`. Each ends with one line of JSON that holds every figure it printed. */
const EVALUATIONS: Record<string, (words: readonly string[]) => Promise<Record<string, unknown>>> = {
	policy: evaluatePolicy,
	search: evaluateSearch,
};

await run(async () => {
	const [name, ...words] = process.argv.slice(2);
	const evaluate = name === undefined ? undefined : EVALUATIONS[name];
	if (!evaluate) throw new OperatorError(`Say what to evaluate: npm run eval -- ${Object.keys(EVALUATIONS).join(" | ")}`);
	process.stdout.write(`${JSON.stringify({ evaluation: name, ...(await evaluate(words)) })}\n`);
	return undefined;
});
