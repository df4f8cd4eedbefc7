import "reflect-metadata";
import { OperatorError } from "../../subgraphs/kit/errors.ts";
import { run } from "../../subgraphs/kit/run.ts";
import { benchFreshness } from "./freshness.ts";
import { benchImport } from "./import.ts";
import { benchNetworkPage } from "./network-page.ts";
import { benchPathways } from "./pathways.ts";
import { benchRegion } from "./region/region.ts";
import { benchRevocation } from "./revocation.ts";
import { benchRouter } from "./router/router.ts";
import { benchSearch } from "./search/search.ts";

/** `npm run bench -- NAME`. Each ends with one line of JSON that holds every figure it printed. */
const BENCHMARKS: Record<string, (words: readonly string[]) => Promise<Record<string, unknown>>> = {
	region: benchRegion,
	freshness: benchFreshness,
	router: benchRouter,
	pathways: benchPathways,
	import: benchImport,
	"network-page": benchNetworkPage,
	search: benchSearch,
	revocation: benchRevocation,
};

await run(async () => {
	const [name, ...words] = process.argv.slice(2);
	const bench = name === undefined ? undefined : BENCHMARKS[name];
	if (!bench) throw new OperatorError(`Say which benchmark: npm run bench -- ${Object.keys(BENCHMARKS).join(" | ")}`);
	process.stdout.write(`${JSON.stringify({ benchmark: name, ...(await bench(words)) })}\n`);
	return undefined;
});
