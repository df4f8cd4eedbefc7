import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningServer } from "../../../subgraphs/kit/serve.ts";
import { openNetworkDatabase } from "../../../subgraphs/network/database.ts";
import { admitMember, saveCollective } from "../../../subgraphs/network/directory-service.ts";
import { examineMember } from "../../../subgraphs/network/examine-member.ts";
import { followDirectory } from "../../../subgraphs/network/follow-directory.ts";
import { startNetwork } from "../../../subgraphs/network/server.ts";
import { until } from "../../kit/until.ts";
import { startFakeMember } from "./fake-member.ts";
import { log, startTestHub, type TestHub } from "./test-hub.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const contract = readFileSync(path.join(ROOT, "schema/member.graphql"), "utf8");

describe("npm run admit", () => {
	let hub: TestHub;
	let network: RunningServer;

	beforeAll(async () => {
		hub = await startTestHub();
		network = await startNetwork({ database: hub.network, port: 0, host: "127.0.0.1", access: { publicReads: true }, log });
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
				signedReads: false,
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
		[["--remove", "nobody"], 'The network has no member "nobody".'],
		[["--remove", "a", "--suspend", "b"], "Give one of:"],
	])("says plainly what is wrong: %j", async (words, problem) => {
		const { code, output } = await admit(...words);
		expect(output).toContain(problem);
		expect(output).not.toMatch(/\n\s+at /);
		expect(code).toBe(1);
	});

	test.each([
		[{ collectives: ["bravo"] }, 'There is no collective "bravo". There are: bravo-bfc.'],
		[{ departements: ["20"] }, 'There is no département "20"'],
		[{ endpoint: "ftp://somewhere" }, '"ftp://somewhere" is not an http(s) address.'],
		[{ slug: "Not A Slug" }, '"Not A Slug" is not a slug'],
	])("admits nobody with %j", async (wrong, problem) => {
		const register = await openNetworkDatabase(hub.network, 1);
		const admission = { slug: "a", name: "A", endpoint: "http://a.example/graphql", ...wrong };
		await expect(register.transaction((manager) => admitMember(manager, admission))).rejects.toThrow(problem);
		await register.destroy();
	});
});

describe("the examination of an endpoint", () => {
	const node = (id: string) => ({ id, issuer: { id: "a:issuer" }, institute: { slug: "a" } });
	const one = [{ slug: "a", name: "A" }];
	const two = [...one, { slug: "b", name: "B" }];
	const lacking = contract.replace(/"[^"\n]*"\n {2}requirement: Requirement\n/, "");

	test.each([
		["has two institutes", { data: { institutes: two, _service: { sdl: contract } } }, "must be one institute, and presents 2"],
		[
			"calls itself what is no slug",
			{ data: { institutes: [{ slug: "A B", name: "A" }], _service: { sdl: contract } } },
			'calls itself "A B"',
		],
		["lacks a field", { data: { institutes: one, _service: { sdl: lacking } } }, "- BadgeClass.requirement: there is no such field"],
		[
			"returns the rows of another",
			{ data: { institutes: one, _service: { sdl: contract } } },
			'returned "b:one": every id of a must be a:<local id>',
		],
		["answers with another shape", { data: { institutes: "a" } }, "gave an answer that is not what was asked for: institutes"],
		["answers with errors", { errors: [{ message: "Non." }] }, "it answered with an error: Non."],
		["does not speak GraphQL", "<html>Bonjour</html>", "does not speak GraphQL"],
		["never ends", "x".repeat(3 * 1024 * 1024), "its answer is larger than 2048 kB"],
	])("refuses one that %s", async (_name, presentation, problem) => {
		const sample = { data: { badgeClasses: { totalCount: 2, nodes: [node("a:one"), node("b:one")] }, changes: { changes: [] } } };
		const member = await startFakeMember((query) => (query.includes("_service") ? presentation : sample));
		await expect(examineMember(member.url)).rejects.toThrow(problem);
		await member.stop();
	});
});
