import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { programEnvironment } from "../../kit/config.ts";
import { type Figures, measure } from "./measure.ts";
import { benchPlans } from "./plan-cost.ts";
import { SCENARIOS, type Scenario } from "./scenarios.ts";
import { regionSupergraph, shopSupergraph } from "./schemas.ts";

/**
 * `npm run bench -- router [scenario…]`: our router against Hive Gateway and the floor, in alternating rounds of one run.
 * The system under test has one processor to itself where the machine has two; members and load share the other.
 * Processor time per request is the figure to trust: the machine is shared.
 */

const CONNECTIONS = 50;
const ROUNDS = 3;
const SECONDS = 4;
const WARM_UP_SECONDS = 3;

type System = Scenario["systems"][number];

interface Running {
	url: string;
	pid: number;
	stop(): void;
}

interface Where {
	members: Record<string, string>;
	slow: string;
	dead: string;
	discovery: string;
	levels: string;
	shop: Record<string, string>;
}

export async function benchRouter(names: readonly string[]): Promise<Record<string, unknown>> {
	const folder = mkdtempSync(path.join(tmpdir(), "bench-router-"));
	const servers = await launch("servers.ts", [], 1);
	const where = JSON.parse(servers.url) as Where;
	const results: Record<string, unknown> = {};
	try {
		for (const name of names.length > 0 ? names : ["plans", ...Object.keys(SCENARIOS)]) {
			if (name === "plans") {
				process.stdout.write("plans of the query of ii\n");
				results[name] = benchPlans();
				continue;
			}
			const scenario = SCENARIOS[name];
			if (!scenario) throw new Error(`There is no scenario ${JSON.stringify(name)}: plans, ${Object.keys(SCENARIOS).join(", ")}`);
			results[name] = await benchScenario(scenario, where, path.join(folder, `${name}.json`));
		}
	} finally {
		servers.stop();
		rmSync(folder, { recursive: true, force: true });
	}
	return results;
}

async function benchScenario(scenario: Scenario, where: Where, file: string): Promise<Record<string, unknown>> {
	const members: Record<string, string> = Object.fromEntries(
		Object.entries(where.members).slice(0, scenario.members - (scenario.broken ? 2 : 0)),
	);
	if (scenario.broken) Object.assign(members, { slow: where.slow, dead: where.dead });
	const isRegion = scenario.graph === "region";
	writeFileSync(
		file,
		JSON.stringify({
			supergraph: isRegion ? regionSupergraph() : shopSupergraph(),
			subgraphs: isRegion ? { discovery: where.discovery, levels: where.levels } : where.shop,
			members: isRegion ? members : {},
		}),
	);
	const systems = new Map<System, Running>();
	try {
		for (const system of scenario.systems) {
			const [program, ...words] = system === "sharing" ? ["ours", "--deduplicate"] : [system];
			systems.set(system, await launch(`system-${program}.ts`, [file, ...words], 0));
		}
		if (!scenario.broken) await assertSameAnswers(systems, scenario);
		const best = new Map<System, Figures>();
		for (const { url, pid } of systems.values()) await measure(url, pid, scenario.bodies, CONNECTIONS, WARM_UP_SECONDS);
		for (let round = 0; round < ROUNDS; round += 1) {
			for (const [system, { url, pid }] of systems) {
				const figures = await measure(url, pid, scenario.bodies, CONNECTIONS, SECONDS);
				const known = best.get(system);
				if (!known || figures.requestsPerSecond > known.requestsPerSecond) best.set(system, figures);
			}
		}
		return tell(scenario, best);
	} finally {
		for (const system of systems.values()) system.stop();
	}
}

function tell({ title }: Scenario, best: ReadonlyMap<System, Figures>): Record<string, unknown> {
	process.stdout.write(`${title}\n`);
	for (const [system, { requestsPerSecond, cpu, p50, p99, failed, memory }] of best) {
		process.stdout.write(
			`  ${system.padEnd(7)} ${requestsPerSecond.toFixed(0).padStart(6)} req/s  ${cpu ?? "?"} ms of processor each  p50 ${p50} ms  p99 ${p99} ms  ${memory ?? "?"} MB${failed > 0 ? `  ${failed} FAILED` : ""}\n`,
		);
	}
	const ours = best.get("ours") as Figures;
	const against = (system: System) => {
		const other = best.get(system);
		return other
			? {
					throughput: round(ours.requestsPerSecond / other.requestsPerSecond),
					cpu: ours.cpu !== undefined && other.cpu !== undefined ? round(ours.cpu / other.cpu) : undefined,
				}
			: undefined;
	};
	const ratios = { sharing: against("sharing"), hive: against("hive"), floor: against("floor") };
	for (const [system, ratio] of Object.entries(ratios))
		if (ratio) process.stdout.write(`  ours/${system}: throughput ${ratio.throughput}, processor ${ratio.cpu ?? "?"}\n`);
	return { ...Object.fromEntries(best), ratios };
}

/** A system that answered something else would be measured at something else. */
async function assertSameAnswers(systems: ReadonlyMap<System, Running>, scenario: Scenario): Promise<void> {
	const answers = await Promise.all(
		[...systems].map(async ([system, { url }]) => {
			const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: scenario.bodies[3] });
			const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
			if (errors || !data) throw new Error(`${system}: ${JSON.stringify(errors ?? data).slice(0, 500)}`);
			return { system, text: JSON.stringify(data, (key, value: unknown) => (key === "endCursor" ? "" : value)) };
		}),
	);
	const [first, ...others] = answers;
	for (const { system, text } of others)
		if (text !== first?.text)
			throw new Error(`${scenario.title}: ${system} answers otherwise:\n${text.slice(0, 600)}\n${first?.text.slice(0, 600)}`);
}

/** Runs a file of this folder on one processor, where `taskset` is there to say so. */
function launch(file: string, words: readonly string[], processor: number): Promise<Running> {
	// As `npm start` and `npm run router` have it.
	const flags = file === "system-ours.ts" ? ["--max-semi-space-size=24", "--heap-growing-percent=110"] : [];
	const command = [process.execPath, ...flags, "--import", "@oxc-node/core/register", path.join(import.meta.dirname, file), ...words];
	const pinned = existsSync("/usr/bin/taskset") ? ["/usr/bin/taskset", "-c", String(processor), ...command] : command;
	const child = spawn(pinned[0] as string, pinned.slice(1), {
		env: { ...programEnvironment(), NODE_ENV: "production" },
		stdio: ["ignore", "pipe", "inherit"],
	});
	return new Promise((resolve, reject) => {
		let text = "";
		child.once("exit", (code) => reject(new Error(`${file} ended with ${code}`)));
		child.stdout.on("data", (chunk: Buffer) => {
			text += chunk.toString();
			const line = text.split("\n").find((one) => one.startsWith("ready "));
			if (line !== undefined && text.includes("\n"))
				resolve({ url: line.slice("ready ".length), pid: child.pid as number, stop: () => void child.kill("SIGKILL") });
		});
	});
}

function round(value: number): number {
	return Number(value.toFixed(3));
}
