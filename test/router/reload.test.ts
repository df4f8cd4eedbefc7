import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { followSupergraphFile } from "../../router/supergraph-file.ts";
import { composeSupergraph } from "../../schema/compose.ts";
import { rowsOf } from "../kit/member-server.ts";
import { type Region, startRegion } from "../kit/region.ts";
import { until } from "../kit/until.ts";

const SCHEMA = path.resolve(import.meta.dirname, "../../schema");
const read = (file: string) => readFileSync(path.join(SCHEMA, file), "utf8");

/** The region's supergraph, with a description by which it is told from others. */
function supergraph(mark: string): string {
	const contract = read("member.graphql").replace('"How many badge classes pass the filter."', `"How many: ${mark}."`);
	return composeSupergraph(contract, new Map([["network", read("subgraphs/network.graphql")]])).supergraph;
}

const MARK = '{ __type(name: "Query") { fields { name description } } }';
const LIST = "query List($first: Int) { badgeClasses(first: $first) { nodes { id name recognisedBy { id } } } }";

let region: Region;

beforeEach(async () => {
	region = await startRegion({ alpha: rowsOf("alpha", ["Coudre", "Vendre"]), beta: rowsOf("beta", ["Forger"]) });
});
afterEach(() => region.stop());

async function markInForce(): Promise<string | undefined> {
	const { data } = await region.ask(MARK);
	const field = data.__type.fields.find(({ name }: { name: string }) => name === "badgeClassCount");
	return /How many: (.*)\./.exec(field.description)?.[1];
}

describe("a new supergraph", () => {
	it("is put in force under load, several times, without a failed request", async () => {
		let isLoading = true;
		let answered = 0;
		const failures: unknown[] = [];
		const client = async () => {
			while (isLoading) {
				const answer = await region.ask(LIST, { first: 5 }).catch((error: Error) => ({ data: null, errors: [error.message] }));
				answered += 1;
				if (answer.errors || answer.data.badgeClasses.nodes.length !== 3) failures.push(answer);
			}
		};
		const clients = Array.from({ length: 8 }, client);
		for (let turn = 1; turn <= 4; turn += 1) {
			const before = answered;
			await region.router.reload(supergraph(`turn ${turn}`));
			expect(await markInForce()).toBe(`turn ${turn}`);
			await until("requests after the reload", () => answered >= before + 20);
		}
		isLoading = false;
		await Promise.all(clients);
		expect(failures).toEqual([]);
	});

	it("leaves what is under way, and subscriptions, on the one that they began with", async () => {
		const { events, stop } = region.subscribe("subscription { badgeClassChanged { id badgeClass { name recognisedBy { id } } } }");
		await until("the stream to be open", () => region.member("alpha").subscribers() === 1);
		region.member("alpha").behave({ kind: "slow", milliseconds: 300, times: 1 });
		const underWay = region.ask(LIST, { first: 5 });
		await until("the member to be asked", () => region.member("alpha").requests.length > 0);
		await region.router.reload(supergraph("meanwhile"));
		expect((await underWay).data.badgeClasses.nodes).toHaveLength(3);
		region.member("alpha").announce("alpha:coudre-0");
		await until("an event", () => events.length === 1);
		expect(events[0]?.data.badgeClassChanged).toMatchObject({ id: "alpha:coudre-0", badgeClass: { name: "Coudre" } });
		stop();
	});

	it("has the plans of recent requests before it is in force", async () => {
		await region.ask(LIST, { first: 5 });
		await region.router.reload(supergraph("warm"));
		expect(region.router.engine().recentDocuments(10)).toContain(LIST);
	});

	it.each([
		["is no GraphQL", "type Query {"],
		["is no supergraph", "type Query { a: Int }"],
		["needs a subgraph without an address", supergraph("x").replaceAll('@join__graph(name: "network"', '@join__graph(name: "elsewhere"')],
	])("that %s is refused, and the one before goes on", async (_, sdl) => {
		await region.router.reload(supergraph("good"));
		await expect(region.router.reload(sdl)).rejects.toThrow();
		expect(await markInForce()).toBe("good");
		expect((await region.ask(LIST, { first: 5 })).data.badgeClasses.nodes).toHaveLength(3);
	});
});

describe("the file of the supergraph", () => {
	it("is read again when it changes, however it is written, and a broken one is told in the log", async () => {
		const folder = await mkdtemp(path.join(tmpdir(), "supergraph-"));
		const file = path.join(folder, "supergraph.graphql");
		await writeFile(file, supergraph("first"));
		const lines: { msg: string; error?: string }[] = [];
		const log = pino({ level: "info" }, { write: (line: string) => void lines.push(JSON.parse(line)) });
		const followed = followSupergraphFile(file, (sdl) => region.router.reload(sdl), log);
		try {
			expect(followed.text).toBe(await readFile(file, "utf8"));
			await writeFile(file, supergraph("in place"));
			await until("the file written in place", async () => (await markInForce()) === "in place");
			await writeFile(`${file}.new`, supergraph("beside"));
			await rename(`${file}.new`, file);
			await until("the file put in its place", async () => (await markInForce()) === "beside");
			await writeFile(file, "type Query {");
			await until("the refusal in the log", () => lines.some(({ msg }) => msg.includes("cannot be used")));
			expect(await markInForce()).toBe("beside");
			await writeFile(file, supergraph("mended"));
			await until("the mended file", async () => (await markInForce()) === "mended");
		} finally {
			followed.stop();
			await rm(folder, { recursive: true, force: true });
		}
	});
});

describe("@defer and @stream", () => {
	it.each([
		["{ badgeClasses { ... @defer { totalCount } } }", "defer"],
		["{ badgeClasses { nodes @stream(initialCount: 1) { id } } }", "stream"],
	])("%s is refused with what to do instead", async (query, name) => {
		const { data, errors } = await region.ask(query);
		expect(data ?? null).toBeNull();
		expect(errors).toMatchObject([
			{
				message: `@${name} is not supported: this router gives each answer whole. Leave @${name} out, or ask in several requests.`,
				extensions: { code: "GRAPHQL_VALIDATION_FAILED" },
			},
		]);
	});
});
