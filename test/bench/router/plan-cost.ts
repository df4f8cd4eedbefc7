import { createEngine } from "../../../router/execute/engine.ts";
import type { PreparedFetch, Service } from "../../../router/execute/execution.ts";
import { DEFAULT_LIMITS } from "../../../router/guard/limits.ts";
import { readSupergraph } from "../../../router/plan/supergraph.ts";
import { SCENARIOS } from "./scenarios.ts";
import { regionSupergraph } from "./schemas.ts";

const COLD = 400;
const WARM = 200_000;

/**
 * What it costs to meet a document for the first time (parse, validate, plan, compile), and to find it again: for the
 * query of (ii), under a new name each time. In microseconds.
 */
export function benchPlans(): Record<string, number> {
	const supergraph = readSupergraph(regionSupergraph());
	const unused: PreparedFetch = () => Promise.reject(new Error("Nothing is fetched here"));
	const service: Service = { prepare: () => unused, subscribe: () => (async function* () {})() };
	const engine = createEngine(supergraph, new Map([...supergraph.services].map((name) => [name, service])), DEFAULT_LIMITS);
	const { query } = JSON.parse(SCENARIOS.ii?.bodies[0] as string) as { query: string };
	const request = (text: string) => ({ query: text, signal: new AbortController().signal });
	const cold: number[] = [];
	for (let index = 0; index < COLD; index += 1) {
		const text = query.replace("Join", `Join${index}`);
		const began = performance.now();
		engine.prepare(request(text)).variant({ q: "mot" });
		cold.push((performance.now() - began) * 1000);
	}
	const again = request(query);
	engine.prepare(again).variant({ q: "mot" });
	const began = performance.now();
	for (let index = 0; index < WARM; index += 1) engine.prepare(again).variant({ q: "mot" });
	const warm = ((performance.now() - began) * 1000) / WARM;
	cold.sort((a, b) => a - b);
	const figures = {
		first: cold.at(-1) as number,
		coldP50: cold[COLD / 2] as number,
		coldP99: cold[Math.floor(COLD * 0.99)] as number,
		warm,
	};
	for (const [name, value] of Object.entries(figures)) process.stdout.write(`  ${name.padEnd(8)} ${value.toFixed(2)} µs\n`);
	return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(2))]));
}
