import { discoveryGraph, levelsGraph, memberGraph, memberSlugs, shopGraphs } from "./canned-graph.ts";
import { startCannedServer } from "./canned-server.ts";

/** All subgraphs and members of the benchmark, in one process of their own. Prints where they are. */

const MEMBERS = 200;
const SLOW_MILLISECONDS = 5_000;

const slugs = memberSlugs(MEMBERS);
const start = async (answer: (body: string) => Promise<string>, delay = 0) =>
	`http://127.0.0.1:${(await startCannedServer({ answer, delay })).port}/graphql`;
const shop = shopGraphs();

const where = {
	members: Object.fromEntries(await Promise.all(slugs.map(async (slug) => [slug, await start(memberGraph(slug))]))),
	/** Accepts, and answers far after any deadline. */
	slow: await start(memberGraph("slow"), SLOW_MILLISECONDS),
	/** Nobody listens there. */
	dead: "http://127.0.0.1:9/graphql",
	discovery: await start(discoveryGraph(slugs.slice(0, 10))),
	levels: await start(levelsGraph()),
	shop: Object.fromEntries(await Promise.all(Object.entries(shop).map(async ([name, answer]) => [name, await start(answer)]))),
};
process.stdout.write(`ready ${JSON.stringify(where)}\n`);
