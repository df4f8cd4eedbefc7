import "reflect-metadata";
import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Agent } from "undici";
import { OperatorError } from "../../subgraphs/kit/errors.ts";
import { commandOptions, run } from "../../subgraphs/kit/run.ts";
import { startAuditedRegion } from "../audit/horizontal/audited-region.ts";
import type { Answer } from "../kit/ask.ts";
import { programEnvironment } from "../kit/config.ts";
import { judge, MEMBER_DEADLINE, type Tally } from "./judge.ts";
import { type ChaosMember, DISTURBANCES, disturb, LARGEST_ANSWER, revive, startMembers } from "./members.ts";
import { Random } from "./random.ts";
import { makeRequest } from "./requests.ts";
import type { ChaosRouterSettings } from "./router-process.ts";
import { Stalls } from "./stalls.ts";

/**
 * `npm run chaos -- --seconds 60 --seed 1`: twenty members that are killed, frozen, slowed, made to lie and revived at
 * random under load. Every request must get an answer without a wrong row and with true completeness, and the router's
 * memory must come back to its level. Ends with one line of JSON.
 */

const CONNECTIONS = 50;
const REQUEST_DEADLINE = 5_000;
/** Milliseconds beyond the deadline of a request: the machine has two cores, and the members are on it too. */
const SLACK = 3_000;
const WARM_UP = 4_000;
const MOST_DISTURBED = 7;
/** What the heap may have grown by: compiled operations and connections of the members that were not asked before. */
const HEAP_TOLERANCE = { share: 0.25, bytes: 12_000_000 };
const MOST_VIOLATIONS = 20;

const agent = new Agent({ connections: CONNECTIONS, pipelining: 1 });

await run(async () => {
	const options = commandOptions(process.argv.slice(2), { seconds: "how long, 60", seed: "of the disturbances, a whole number" });
	const seconds = readNumber(options.get("seconds")?.[0] ?? "60", "seconds");
	const seed = readNumber(options.get("seed")?.[0] ?? String(Date.now() % 1_000_000), "seed");
	process.stdout.write(`${seconds} s, seed ${seed}\n`);
	const region = await startAuditedRegion();
	const members = await startMembers(region.contract);
	const router = await startRouter({
		supergraphSdl: region.supergraph,
		subgraphs: Object.fromEntries(Object.entries(region.subgraphs).map(([name, { url }]) => [name, url])),
		members: members.map(({ slug, server }) => ({ slug, endpoint: server.url })),
		memberDeadline: MEMBER_DEADLINE,
		largestAnswer: LARGEST_ANSWER,
		requestDeadline: REQUEST_DEADLINE,
	});
	const stalls = new Stalls();
	const tally: Tally = { stalls, requests: 0, unjudged: 0, hadToAnswer: 0, couldNotAnswer: 0, missing: {}, violations: [] };
	const disturbances: Record<string, number> = {};
	try {
		// Cold code is slow: what it does is not judged. The heap's level is that of a router that has served every kind of request.
		await load(router.url, members, new Random(seed), WARM_UP, { ...tally, missing: {}, violations: [] }, 5);
		await load(router.url, members, new Random(seed), WARM_UP, tally);
		const before = await heap(router.url);
		const end = performance.now() + seconds * 1000;
		await Promise.all([
			load(router.url, members, new Random(seed + 1), seconds * 1000, tally),
			weather(members, new Random(seed + 2), end, disturbances),
		]);
		await Promise.all(members.map(revive));
		// Connections that nobody uses are closed, and what was under way has ended.
		await delay(REQUEST_DEADLINE + 1000);
		const after = await heap(router.url);
		const allowed = Math.round(before * (1 + HEAP_TOLERANCE.share) + HEAP_TOLERANCE.bytes);
		if (after > allowed)
			tally.violations.push(`the heap after the load is ${after} bytes; before it was ${before}, and ${allowed} are allowed`);
		if (tally.hadToAnswer === 0 || tally.couldNotAnswer === 0) tally.violations.push("no member could be judged: the test shows nothing");
		if (tally.unjudged > tally.requests / 5)
			tally.violations.push(
				`${tally.unjudged} of ${tally.requests} requests fell into pauses of this process: the machine is too busy for this test`,
			);
		if (router.process.exitCode !== null) tally.violations.push("the router ended");
		const { violations, stalls: _, ...counts } = tally;
		for (const violation of violations) process.stdout.write(`VIOLATION ${violation}\n`);
		process.stdout.write(
			`${JSON.stringify({ chaos: { seconds, seed, connections: CONNECTIONS, members: members.length, ...counts, stalls: stalls.count, disturbances, heap: { before, after, allowed } }, violations: violations.length })}\n`,
		);
		process.exitCode = violations.length > 0 ? 1 : 0;
	} finally {
		stalls.stop();
		router.process.kill("SIGKILL");
		await agent.destroy();
		await Promise.all(members.filter(({ isDown }) => !isDown).map(({ server }) => server.stop()));
		await region.stop();
	}
	return undefined;
});

/** {@link CONNECTIONS} clients, each with one request at a time. */
async function load(
	url: string,
	members: readonly ChaosMember[],
	random: Random,
	milliseconds: number,
	tally: Tally,
	connections = CONNECTIONS,
): Promise<void> {
	const bySlug = new Map(members.map((member) => [member.slug, member]));
	const end = performance.now() + milliseconds;
	await Promise.all(
		Array.from({ length: connections }, async () => {
			while (performance.now() < end && tally.violations.length < MOST_VIOLATIONS) {
				const request = makeRequest(random, members);
				const from = performance.now();
				const problem = await send(url, request.query, request.variables, request.strict)
					.then((answer) => judge(request, answer, from, performance.now(), bySlug, tally))
					.catch((error: Error) => `there is no answer: ${error.message}`);
				tally.requests += 1;
				if (problem !== undefined) tally.violations.push(`${problem}: ${request.query} ${JSON.stringify(request.variables)}`);
			}
		}),
	);
}

async function send(url: string, query: string, variables: object, strict: boolean): Promise<Answer> {
	const { statusCode, body } = await agent.request({
		origin: url,
		path: "/graphql",
		method: "POST",
		headers: { "content-type": "application/json", ...(strict ? { "hub-completeness": "strict" } : {}) },
		body: JSON.stringify({ query, variables }),
		signal: AbortSignal.timeout(REQUEST_DEADLINE + SLACK),
	});
	const text = await body.text();
	if (statusCode !== 200) throw new Error(`HTTP ${statusCode}: ${text.slice(0, 200)}`);
	return JSON.parse(text) as Answer;
}

/** Disturbs and revives members, one at a time, until the end. */
async function weather(members: readonly ChaosMember[], random: Random, end: number, counts: Record<string, number>): Promise<void> {
	const disturbed = new Set<ChaosMember>();
	while (performance.now() < end) {
		await delay(random.between(100, 500));
		const member = random.of(members);
		if (disturbed.delete(member)) await revive(member);
		else if (disturbed.size >= MOST_DISTURBED) {
			const other = random.of([...disturbed]);
			disturbed.delete(other);
			await revive(other);
		} else {
			const how = random.of(DISTURBANCES);
			counts[how] = (counts[how] ?? 0) + 1;
			disturbed.add(member);
			await disturb(member, how, random);
		}
	}
}

async function heap(url: string): Promise<number> {
	const { body } = await agent.request({ origin: url, path: "/heap", method: "GET" });
	return ((await body.json()) as { heapUsed: number }).heapUsed;
}

async function startRouter(settings: ChaosRouterSettings): Promise<{ url: string; process: ChildProcess }> {
	const child = spawn(
		process.execPath,
		["--expose-gc", "--import", "@oxc-node/core/register", path.resolve(import.meta.dirname, "router-process.ts")],
		{ env: programEnvironment(), stdio: ["pipe", "pipe", "inherit"] },
	);
	child.stdin.end(JSON.stringify(settings));
	for await (const chunk of child.stdout) {
		const url = /^ready (\S+)/m.exec(String(chunk))?.[1];
		if (url !== undefined) return { url, process: child };
	}
	throw new Error("The router's process ended before it was ready");
}

function readNumber(text: string, name: string): number {
	const number = Number(text);
	if (!Number.isInteger(number) || number < 0) throw new OperatorError(`--${name}: must be a whole number, and is ${JSON.stringify(text)}`);
	return number;
}
