import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import autocannon from "autocannon";
import { ask } from "../../kit/ask.ts";
import { type Program, runProgram } from "../../kit/program.ts";
import { until } from "../../kit/until.ts";
import { BADGE, LIST, SEARCH, WORDS } from "./queries.ts";

/**
 * `npm run bench -- region`: requests per second and latency of the router, for the requests of its pages, against the
 * floor (`floor.ts`) on the same members, in alternating rounds of one run. Only the ratios mean anything: the machine is
 * shared, and the members take most of its time.
 */

const CONNECTIONS = 16;
const ROUNDS = 3;
const SECONDS = 5;
const WARM_UP_SECONDS = 2;

interface Figures {
	requestsPerSecond: number;
	p50: number;
	p99: number;
	failed: number;
}

type System = "router" | "floor";

export async function benchRegion(): Promise<Record<string, unknown>> {
	const folder = mkdtempSync(path.join(tmpdir(), "bench-region-"));
	chmodSync(folder, 0o755);
	const programs: Program[] = [];
	const start = async (file: string, ...words: string[]): Promise<string> => {
		const program = runProgram(file, words);
		programs.push(program);
		return (await program.line(/^ready/)).replace(/^ready:? ?/, "");
	};
	try {
		const region = JSON.parse(await start("test/bench/region/members.ts", path.join(folder, "data"))) as Record<
			"network" | "catalogue" | "competences",
			string
		> & { members: Record<string, string> };
		const { members, ...subgraphs } = region;
		const config = path.join(folder, "router.json");
		writeFileSync(
			config,
			JSON.stringify({
				supergraph: path.resolve(import.meta.dirname, "../../../schema/supergraph.graphql"),
				subgraphs,
				port: 0,
				allowPrivateAddresses: true,
			}),
		);
		const systems: Record<System, string> = {
			router: (await start("router/main.ts", "--config", config)).split(" ").at(-1) as string,
			floor: await start("test/bench/region/floor.ts", JSON.stringify(region)),
		};
		const ids = await waitForCatalogue(systems.router);
		const scenarios = {
			"search page": bodies(
				"Search",
				SEARCH,
				WORDS.map((q) => ({ q })),
			),
			"badge page": bodies(
				"Badge",
				BADGE,
				ids.map((id) => ({ id })),
			),
			"gathered list": bodies("List", LIST, [{ first: 20 }, { first: 19 }, { first: 18 }]),
		};
		await assertSameAnswers(systems, scenarios);
		const results: Record<string, unknown> = {};
		process.stdout.write(
			`${Object.keys(members).length} members, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s each, best round\n`,
		);
		for (const [name, requests] of Object.entries(scenarios)) {
			const best = await compare(systems, requests);
			const ratio = (pick: (figures: Figures) => number) => Number((pick(best.router) / pick(best.floor)).toFixed(3));
			const ratios = {
				throughput: ratio(({ requestsPerSecond }) => requestsPerSecond),
				p50: ratio(({ p50 }) => p50),
				p99: ratio(({ p99 }) => p99),
			};
			results[name] = { ...best, ratios };
			process.stdout.write(
				`${name.padEnd(14)} router ${describe(best.router)} · floor ${describe(best.floor)} · router/floor: throughput ${ratios.throughput}, p50 ${ratios.p50}, p99 ${ratios.p99}\n`,
			);
		}
		return results;
	} finally {
		await Promise.all(programs.map((program) => program.stop()));
		rmSync(folder, { recursive: true, force: true });
	}
}

async function waitForCatalogue(router: string): Promise<string[]> {
	return until(
		"the catalogue to know every badge",
		async () => {
			const { data } = await ask(
				router,
				"{ badgeClassCount searchBadges(filter: { retired: true }, first: 100) { totalCount edges { node { id } } } }",
			);
			return (
				data.badgeClassCount === data.searchBadges.totalCount &&
				data.searchBadges.edges.map(({ node }: { node: { id: string } }) => node.id)
			);
		},
		30_000,
	);
}

function bodies(operationName: string, query: string, variables: readonly object[]): string[] {
	return variables.map((one) => JSON.stringify({ query, operationName, variables: one }));
}

/** A floor that did less than the router would be no floor: both must give the same rows. */
async function assertSameAnswers(systems: Record<System, string>, scenarios: Record<string, string[]>): Promise<void> {
	for (const [name, requests] of Object.entries(scenarios)) {
		const [ours, theirs] = await Promise.all(
			Object.values(systems).map(async (url) =>
				count(await (await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: requests[0] })).json()),
			),
		);
		if (JSON.stringify(ours) !== JSON.stringify(theirs))
			throw new Error(`${name}: the router and the floor give different rows:\n${JSON.stringify(ours)}\n${JSON.stringify(theirs)}`);
	}
}

/** How often each field occurs with a value, but for those that are each side's own (ids it did not ask for, cursors). */
function count(value: unknown, counts: Record<string, number> = {}): Record<string, number> {
	if (Array.isArray(value)) for (const item of value) count(item, counts);
	else if (typeof value === "object" && value !== null) {
		for (const [key, inner] of Object.entries(value)) {
			if (key === "extensions") continue;
			if (key !== "id" && key !== "endCursor" && inner !== null) counts[key] = (counts[key] ?? 0) + 1;
			count(inner, counts);
		}
	}
	return Object.fromEntries(Object.entries(counts).sort());
}

async function compare(systems: Record<System, string>, requests: readonly string[]): Promise<Record<System, Figures>> {
	const rounds: Record<System, Figures[]> = { router: [], floor: [] };
	for (const system of ["router", "floor"] as const) await load(systems[system], requests, WARM_UP_SECONDS);
	for (let round = 0; round < ROUNDS; round += 1) {
		for (const system of ["router", "floor"] as const) rounds[system].push(await load(systems[system], requests, SECONDS));
	}
	const best = (figures: readonly Figures[]) => figures.reduce((a, b) => (b.requestsPerSecond > a.requestsPerSecond ? b : a));
	return { router: best(rounds.router), floor: best(rounds.floor) };
}

async function load(url: string, requests: readonly string[], duration: number): Promise<Figures> {
	const result = await autocannon({
		url,
		connections: CONNECTIONS,
		duration,
		method: "POST",
		headers: { "content-type": "application/json" },
		requests: requests.map((body) => ({ body })),
	});
	return {
		requestsPerSecond: result.requests.average,
		p50: result.latency.p50,
		p99: result.latency.p99,
		failed: result.errors + result.non2xx,
	};
}

function describe({ requestsPerSecond, p50, p99, failed }: Figures): string {
	return `${requestsPerSecond.toFixed(0)} req/s, p50 ${p50} ms, p99 ${p99} ms${failed > 0 ? `, ${failed} FAILED` : ""}`;
}
