import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { fuzzRouter } from "../router/fuzz-check.ts";
import { startFuzzRegion } from "../router/fuzz-region.ts";
import type { Verdict } from "./verdict.ts";

const RUNS = 2000;
const SEED = 1;

/** The fuzz test of `npm test`, ten times as long: random valid queries against one schema that holds every row. */
export async function auditByFuzz(database: DatabaseAddress): Promise<Verdict> {
	const region = await startFuzzRegion(database);
	const verdict = {
		id: "f022",
		subject: "fuzz",
		title: `${RUNS} random valid queries have the answer of one server with every row`,
		required: true,
	};
	try {
		await fuzzRouter(region, { runs: RUNS, seed: SEED });
		return verdict;
	} catch (error) {
		const { message, cause } = error as Error;
		return { ...verdict, problem: `${message}\n${cause instanceof Error ? cause.message : ""}` };
	} finally {
		await region.stop();
	}
}
