import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { ask } from "../kit/ask.ts";
import { rowsOf } from "../kit/member-server.ts";
import { runProgram } from "../kit/program.ts";
import { startRegion } from "../kit/region.ts";
import { until } from "../kit/until.ts";

it("the router by itself takes a new supergraph from its file and at SIGHUP, keeps the last good one, and sends its traces", async () => {
	const folder = await mkdtemp(path.join(tmpdir(), "router-main-"));
	const region = await startRegion({ alpha: rowsOf("alpha", ["Coudre", "Vendre"]) });
	const paths: string[] = [];
	const collector = createServer((request, response) => {
		paths.push(request.url ?? "");
		request.resume().on("end", () => response.end("{}"));
	});
	await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
	const file = path.join(folder, "supergraph.graphql");
	const sdl = (mark: string) => region.supergraph.replace("How many badge classes pass the filter.", `How many: ${mark}.`);
	const config = path.join(folder, "router.json");
	await writeFile(file, sdl("first"));
	await writeFile(
		config,
		JSON.stringify({
			supergraph: "supergraph.graphql",
			subgraphs: { network: region.network },
			port: 0,
			allowPrivateAddresses: true,
			telemetry: { endpoint: `http://127.0.0.1:${(collector.address() as AddressInfo).port}/v1/traces`, interval: 20 },
		}),
	);
	const program = runProgram("router/main.ts", ["--config", config]);
	try {
		const url = (await program.line(/^ready/)).split(" ").at(-1) as string;
		await until("the member to be known", async () => (await ask(url, "{ badgeClassCount }")).data?.badgeClassCount === 2);
		const mark = async () => {
			const { data } = await ask(url, '{ __type(name: "Query") { fields { name description } } }');
			const field = data.__type.fields.find(({ name }: { name: string }) => name === "badgeClassCount");
			return /How many: (.*)\./.exec(field.description)?.[1];
		};
		expect(await mark()).toBe("first");
		await writeFile(`${file}.new`, sdl("second"));
		await rename(`${file}.new`, file);
		await until("the changed file to be in force", async () => (await mark()) === "second");
		await writeFile(file, "type Query {");
		program.process.kill("SIGHUP");
		await program.line(/the supergraph cannot be used/);
		expect(await mark()).toBe("second");
		await writeFile(file, sdl("third"));
		program.process.kill("SIGHUP");
		await until("the mended file to be in force", async () => (await mark()) === "third");
		await until("the traces to arrive", () => paths.length > 0);
		expect(new Set(paths)).toEqual(new Set(["/v1/traces"]));
		expect(await program.stop("SIGTERM")).toBe(0);
	} finally {
		await program.stop();
		await region.stop();
		collector.closeAllConnections();
		await new Promise((resolve) => collector.close(resolve));
		await rm(folder, { recursive: true, force: true });
	}
});
