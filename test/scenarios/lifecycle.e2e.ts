import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAlive } from "../../subgraphs/kit/postgres/process-identity.ts";
import { ask } from "../kit/ask.ts";
import { type Program, runCommand, runProgram } from "../kit/program.ts";
import { until } from "../kit/until.ts";

let folder: string;
let programs: Program[];

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), "hub with space "));
	chmodSync(folder, 0o755);
	programs = [];
});
afterEach(async () => {
	await Promise.all(programs.map((program) => program.stop("SIGKILL")));
	// A killed hub leaves its database server: the next start would mend it, here nobody starts again.
	const postmaster = postmasterOf(folder);
	if (postmaster !== undefined && isAlive(postmaster)) {
		process.kill(postmaster, "SIGQUIT");
		await until("the database server's end", () => !isAlive(postmaster));
	}
	rmSync(folder, { recursive: true, force: true });
});

function start(env: Record<string, string> = {}, uid?: number): Program {
	const program = runProgram("web/serve.ts", [], { env: { PORT: "0", HUB_DATA: path.join(folder, "data"), ...env }, uid });
	programs.push(program);
	return program;
}

async function ready(program: Program): Promise<string> {
	return (await program.line(/^ready /)).split(" ")[1] as string;
}

function postmasterOf(base: string): number | undefined {
	try {
		return Number(readFileSync(path.join(base, "data/postgres/cluster/postmaster.pid"), "utf8").split("\n")[0]);
	} catch {
		return undefined;
	}
}

const count = async (origin: string) => (await ask(`${origin}graphql`, "{ badgeClassCount }")).data.badgeClassCount as number;

describe("npm start", () => {
	it("prints where everything is, keeps its data between starts, and ends all it started on SIGTERM and Ctrl-C", async () => {
		const first = start();
		const origin = await ready(first);
		expect(first.output()).toMatch(/pages .*\n.*graphql .*\n.*data .*hub with space/);
		expect(await count(origin)).toBeGreaterThanOrEqual(200);
		const key = readFileSync(path.join(folder, "data/keys/emfor-bfc.key"), "utf8").trim();
		const endpoint = await memberEndpoint(first);
		await ask(
			endpoint,
			'mutation { updateBadgeClass(id: "emfor-bfc:super-accompagnateur", changes: { name: "Renommé pour durer" }) { __typename } }',
			{},
			{ authorization: `Bearer ${key}` },
		);
		const server = postmasterOf(folder) as number;
		expect(await first.stop("SIGTERM")).toBe(0);
		expect(isAlive(server)).toBe(false);

		const second = start();
		const { data } = await ask(`${await ready(second)}graphql`, '{ badgeClass(id: "emfor-bfc:super-accompagnateur") { name } }');
		expect(data.badgeClass.name).toBe("Renommé pour durer");
		const again = postmasterOf(folder) as number;
		expect(await second.stop("SIGINT")).toBe(130);
		expect(isAlive(again)).toBe(false);
	});

	it("ends all it started when npm itself is told to end", async () => {
		const npm = runCommand("npm", ["start"], { env: { PORT: "0", HUB_DATA: path.join(folder, "data") } });
		programs.push(npm);
		const origin = await ready(npm);
		const server = postmasterOf(folder) as number;
		npm.process.kill("SIGTERM");
		expect(await npm.ended, npm.output()).toBe(0);
		expect(isAlive(server)).toBe(false);
		await until("the hub's end", () =>
			fetch(origin).then(
				() => false,
				() => true,
			),
		);
	});

	it.each(["SIGTERM", "SIGINT"] as const)("told to end by %s while it still starts, leaves nothing running", async (signal) => {
		const program = start();
		const server = await until("its database server", () => postmasterOf(folder));
		expect(await program.stop(signal)).toBe(signal === "SIGINT" ? 130 : 0);
		expect(isAlive(server)).toBe(false);
		expect(program.output()).not.toMatch(/^ready /m);
	});

	it("mends what kill -9 left behind", async () => {
		const first = start();
		await ready(first);
		const orphan = postmasterOf(folder) as number;
		await first.stop("SIGKILL");
		expect(isAlive(orphan)).toBe(true);
		expect(await count(await ready(start()))).toBeGreaterThanOrEqual(200);
		expect(isAlive(orphan)).toBe(false);
	});

	it("with its port taken says which, and which setting changes it, and starts nothing", async () => {
		const taken = createServer().listen(0, "127.0.0.1");
		await new Promise((resolve) => taken.once("listening", resolve));
		const { port } = taken.address() as { port: number };
		const program = start({ PORT: String(port) });
		expect(await program.ended).toBe(1);
		expect(program.output()).toMatch(new RegExp(`Port ${port} .*taken.*PORT`));
		expect(program.output()).not.toMatch(/at .*\.ts:/);
		expect(postmasterOf(folder)).toBeUndefined();
		taken.close();
	});

	it("with wrong settings names each of them", async () => {
		const program = start({ PORT: "many", HUB_LOG: "loud" });
		expect(await program.ended).toBe(1);
		expect(program.output()).toMatch(/The environment has 2 mistakes:\n {2}- PORT: .*\n {2}- HUB_LOG: /);
	});

	it("beside a second hub in another folder, and refuses a second one in the same", async () => {
		const [origin, other] = [start(), start({ HUB_DATA: path.join(folder, "other data") })];
		expect(await count(await ready(origin))).toBe(await count(await ready(other)));
		const third = start();
		expect(await third.ended).toBe(1);
		expect(third.output()).toMatch(/in use by process \d+.*HUB_DATA/);
		expect(await other.stop()).toBe(0);
	});

	it.runIf(process.getuid?.() === 0)("runs as an ordinary user too", async () => {
		const nobody = 65_534;
		chownSync(folder, nobody, nobody);
		const program = start({}, nobody);
		expect(await count(await ready(program))).toBeGreaterThanOrEqual(200);
		expect(await program.stop()).toBe(0);
	});
});

async function memberEndpoint(program: Program): Promise<string> {
	const network = /network\s+(http:\S+)/.exec(program.output())?.[1] as string;
	const { data } = await ask(network, "{ directory { entries { slug endpoint } } }");
	return data.directory.entries.find(({ slug }: { slug: string }) => slug === "emfor-bfc").endpoint;
}
