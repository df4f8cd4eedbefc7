import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instituteSchema } from "../../../subgraphs/institute/schema.ts";
import { printSubgraphSchema } from "../../../subgraphs/kit/federated-schema.ts";
import type { RunningServer } from "../../../subgraphs/kit/serve.ts";
import { checkContract } from "../../../subgraphs/network/check-contract.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { saveCollective } from "../../../subgraphs/network/directory-service.ts";
import { followDirectory } from "../../../subgraphs/network/follow-directory.ts";
import { startNetwork } from "../../../subgraphs/network/server.ts";
import { until } from "../../kit/until.ts";
import { startFakeMember } from "./fake-member.ts";
import { log, startTestHub, type TestHub } from "./test-hub.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const contract = readFileSync(path.join(ROOT, "schema/member.graphql"), "utf8");

describe("the contract", () => {
	const check = (sdl: string) => checkContract(parse(contract), sdl);

	test("is met by itself, and by the reference institute, which offers more", async () => {
		expect(check(contract)).toEqual([]);
		expect(check(printSubgraphSchema(await instituteSchema()))).toEqual([]);
	});

	test.each([
		["without a field", /^\tcriteria: .*\n| {2}criteria: Criteria!\n/m, "", "BadgeClass.criteria: there is no such field"],
		[
			"with a field that may be null",
			/name: String!\n {2}description: String!/,
			"name: String\n  description: String!",
			"BadgeClass.name: must be String!, and is String",
		],
		["without an argument", /changes\(since: String, /, "changes(", "Query.changes(since:): there is no such argument"],
		[
			"with another default",
			/orderBy: BadgeClassOrder! = NAME/,
			"orderBy: BadgeClassOrder! = CREATED",
			"Query.badgeClasses(orderBy:): must be NAME by default",
		],
		[
			"with an argument that nobody would send",
			/institute\(slug: ID!\)/,
			"institute(slug: ID!, token: String!)",
			"Query.institute(token:): is required, and the contract does not know it",
		],
		["without a key", /type Issuer @key\(fields: "id"\)/, "type Issuer", 'Issuer: must be an entity, @key(fields: "id")'],
		["without a value", / {2}AT_LEAST\n/, "", "RequirementRule: lacks the value AT_LEAST"],
		["that is not a schema", /[^]*/, "type {", 'The schema cannot be read: Syntax Error: Expected Name, found "{".'],
	])("is not met by a schema %s, and says where", (_name, find, replacement, problem) => {
		const changed = contract.replace(find, replacement);
		expect(changed).not.toBe(contract);
		expect(check(changed)).toEqual([problem]);
	});
});

describe("npm run admit", () => {
	let hub: TestHub;
	let network: RunningServer;

	beforeAll(async () => {
		hub = await startTestHub();
		network = await startNetwork({ database: hub.network, port: 0, host: "127.0.0.1", log });
		const register = await openNetworkDatabase(hub.network);
		await register.transaction((manager) => saveCollective(manager, { id: "bravo-bfc", name: "BRAVO-BFC" }));
		await register.destroy();
	});

	afterAll(async () => {
		await network.stop();
		await hub.stop();
	});

	function admit(...words: string[]): Promise<{ code: number; output: string }> {
		const environment = {
			PATH: process.env.PATH,
			DATABASE_URL: `postgres://${hub.network.user}@localhost/${hub.network.database}?host=${encodeURIComponent(hub.network.host)}`,
		};
		return new Promise((resolve) => {
			execFile(
				process.execPath,
				["--import", "@oxc-node/core/register", "subgraphs/network/admit.ts", ...words],
				{ cwd: ROOT, env: environment },
				(error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
			);
		});
	}

	test("admits an institute that conforms; whoever follows the directory sees it at once; it can be suspended, admitted again and removed", async () => {
		const directory = followDirectory({ url: network.url, log });
		const institute = await hub.institute("precision-haut-jura");
		const admitted = await admit(
			"--endpoint",
			institute.url,
			"--collective",
			"bravo-bfc",
			"--departement",
			"39",
			"--departement",
			"25",
			"--demonstration",
			"yes",
		);
		expect(admitted.output).toContain(
			"Précision Haut-Jura (precision-haut-jura), conforms to the member contract, and has 14 badge classes.\nprecision-haut-jura is admitted.",
		);
		expect(admitted.code).toBe(0);
		await until("the directory to change", () => directory.entries().length === 1, 1000);
		expect(directory.entries()).toEqual([
			{
				slug: "precision-haut-jura",
				name: "Précision Haut-Jura",
				endpoint: institute.url,
				departements: ["39", "25"],
				collectives: ["bravo-bfc"],
			},
		]);

		expect((await admit("--suspend", "precision-haut-jura")).code).toBe(0);
		await until("the directory to change", () => directory.entries().length === 0, 1000);
		expect((await admit("--endpoint", institute.url)).output).toContain("is no longer suspended");
		await until("the directory to change", () => directory.entries()[0]?.collectives.length === 1, 1000);
		expect((await admit("--remove", "precision-haut-jura")).code).toBe(0);
		await until("the directory to change", () => directory.entries().length === 0, 1000);
		await directory.stop();
	});

	test.each([
		[["--endpoint", "http://127.0.0.1:1/graphql"], "http://127.0.0.1:1/graphql cannot be admitted: nothing answers there."],
		[["--endpoint", "ftp://somewhere"], '"ftp://somewhere" is not an http(s) address.'],
		[["--remove", "nobody"], 'The network has no member "nobody".'],
		[["--remove", "a", "--suspend", "b"], "Give one of:"],
		[[], "Give one of:"],
		[["--slug", "a"], 'Unknown option "--slug".'],
	])("says plainly what is wrong: %j", async (words, problem) => {
		const { code, output } = await admit(...words);
		expect(output).toContain(problem);
		expect(output).not.toMatch(/\n\s+at /);
		expect(code).toBe(1);
	});

	test.each([
		[
			"has two institutes",
			{
				institutes: [
					{ slug: "a", name: "A" },
					{ slug: "b", name: "B" },
				],
				_service: { sdl: contract },
			},
			"must be one institute, and presents 2",
		],
		[
			"lacks a field",
			{ institutes: [{ slug: "a", name: "A" }], _service: { sdl: contract.replace(/"[^"\n]*"\n {2}requirement: Requirement\n/, "") } },
			"- BadgeClass.requirement: there is no such field",
		],
		[
			"returns the rows of another",
			{ institutes: [{ slug: "a", name: "A" }], _service: { sdl: contract } },
			'returned "b:one": every id of a must be a:<local id>',
		],
	])("refuses an endpoint that %s", async (_name, presentation, problem) => {
		const node = (id: string) => ({ id, issuer: { id: "a:issuer" }, institute: { slug: "a" } });
		const member = await startFakeMember((query) => ({
			data: query.includes("_service")
				? presentation
				: { badgeClasses: { totalCount: 2, nodes: [node("a:one"), node("b:one")] }, changes: { changes: [] } },
		}));
		const { code, output } = await admit("--endpoint", member.url);
		await member.stop();
		expect(output).toContain(problem);
		expect(code).toBe(1);
	});

	test("refuses an endless answer, one that is not GraphQL, and a collective or département that there is none of", async () => {
		const endless = await startFakeMember(() => "x".repeat(3 * 1024 * 1024));
		expect((await admit("--endpoint", endless.url)).output).toContain("its answer is larger than 2048 kB");
		await endless.stop();
		const page = await startFakeMember(() => "<html>Bonjour</html>");
		expect((await admit("--endpoint", page.url)).output).toContain("does not speak GraphQL");
		await page.stop();
		const institute = await hub.institute("relais-nievre");
		expect((await admit("--endpoint", institute.url, "--collective", "bravo")).output).toContain(
			'There is no collective "bravo". There are: bravo-bfc.',
		);
		expect((await admit("--endpoint", institute.url, "--departement", "20")).output).toContain('There is no département "20"');
	});
});
