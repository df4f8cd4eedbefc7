import "reflect-metadata";
import { OperatorError } from "../../subgraphs/kit/errors.ts";
import { run } from "../../subgraphs/kit/run.ts";
import { benchFreshness } from "./freshness.ts";
import { benchRegion } from "./region/region.ts";

/** `npm run bench -- NAME`. Each ends with one line of JSON that holds every figure it printed. */
const BENCHMARKS: Record<string, () => Promise<Record<string, unknown>>> = { region: benchRegion, freshness: benchFreshness };

await run(async () => {
	const [name] = process.argv.slice(2);
	const bench = name === undefined ? undefined : BENCHMARKS[name];
	if (!bench) throw new OperatorError(`Say which benchmark: npm run bench -- ${Object.keys(BENCHMARKS).join(" | ")}`);
	process.stdout.write(`${JSON.stringify({ benchmark: name, ...(await bench()) })}\n`);
	return undefined;
});
