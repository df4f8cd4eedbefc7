import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "graphql-ws";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { createMembersEndpoint, type MembersEndpoint } from "../../router/members-endpoint/endpoint.ts";
import { composeSupergraph } from "../../schema/compose.ts";
import type { DatabaseAddress } from "../../subgraphs/kit/database-address.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import { openNetworkDatabase } from "../../subgraphs/network/database.ts";
import { admitMember } from "../../subgraphs/network/directory-service.ts";
import { startNetwork } from "../../subgraphs/network/server.ts";
import { type Answer, ask } from "../kit/ask.ts";
import { freshSchemas } from "../kit/database.ts";
import { rowsOf, startMember } from "../kit/member-server.ts";
import { runProgram } from "../kit/program.ts";
import { type Region, startRegion } from "../kit/region.ts";
import { until } from "../kit/until.ts";

const SCHEMA = path.resolve(import.meta.dirname, "../../schema");
const CONTRACT = readFileSync(path.join(SCHEMA, "member.graphql"), "utf8");
const SLUGS = ["alpha", "beta", "gamma"];

let region: Region;
let endpoint: MembersEndpoint;
let server: Server;
let url: string;

beforeAll(async () => {
	region = await startRegion({
		alpha: rowsOf("alpha", ["Écouter", "Accueillir"]),
		beta: rowsOf("beta", ["Forger", "Zinguer"]),
		gamma: rowsOf("gamma", ["Lire"]),
	});
	endpoint = createMembersEndpoint({ contractSdl: CONTRACT, members: region.router.members, log: createLog("test", "silent") });
	server = createServer((request, response) => void endpoint.handle(request, response));
	server.on("upgrade", (request, socket, head) => endpoint.upgrade(request, socket, head));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	url = `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql`;
});
afterAll(async () => {
	server.closeAllConnections();
	await endpoint.stop();
	await new Promise<void>((resolve) => server.close(() => resolve()));
	await region.stop();
});
afterEach(() => {
	for (const slug of SLUGS) {
		region.member(slug).behave({ kind: "normal" });
		region.member(slug).requests.length = 0;
	}
});

const requests = () => SLUGS.map((slug) => region.member(slug).requests.length);
const badge = (id: string) => ({ __typename: "BadgeClass", id });
const ENTITIES = "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on BadgeClass { name } } }";

describe("the members endpoint", () => {
	it("gives the contract as its SDL, from which the committed supergraph is composed", async () => {
		const { data } = await ask(url, "{ _service { sdl again: sdl __typename } }");
		expect(data._service).toEqual({ sdl: CONTRACT, again: CONTRACT, __typename: "_Service" });
		const others = ["catalogue", "competences", "network"].map(
			(name) => [name, readFileSync(path.join(SCHEMA, `subgraphs/${name}.graphql`), "utf8")] as const,
		);
		expect(composeSupergraph(data._service.sdl, new Map(others)).supergraph).toBe(
			readFileSync(path.join(SCHEMA, "supergraph.graphql"), "utf8"),
		);
	});

	it("answers entities in their places, asking each owner once and each representation once", async () => {
		const ids = ["beta:forger-0", "alpha:accueillir-1", "beta:zinguer-1", "beta:forger-0", "gamma:none", "alpha:-couter-0"];
		const { data, errors, extensions } = await ask(url, ENTITIES, { representations: ids.map(badge) });
		expect(errors).toBeUndefined();
		expect(data._entities).toEqual([
			{ name: "Forger" },
			{ name: "Accueillir" },
			{ name: "Zinguer" },
			{ name: "Forger" },
			null,
			{ name: "Écouter" },
		]);
		expect(requests()).toEqual([1, 1, 1]);
		expect(region.member("beta").requests[0]?.variables.__r0).toEqual([badge("beta:forger-0"), badge("beta:zinguer-1")]);
		expect(extensions?.completeness).toEqual({ asked: 3, answered: 3, missing: [], stale: [] });
	});

	it("answers entities of several types in one list, with __typename, aliases and fragments, in one request to each owner", async () => {
		const { data, errors } = await ask(
			url,
			`query ($representations: [_Any!]!) { things: _entities(representations: $representations) { kind: __typename ...B ... on Institute { slug label: name } } }
			fragment B on BadgeClass { id title: name issuer { name ...I } } fragment I on Issuer { id }`,
			{
				representations: [
					badge("alpha:accueillir-1"),
					{ __typename: "Institute", slug: "alpha" },
					{ __typename: "Issuer", id: "beta:issuer" },
				],
			},
		);
		expect(errors).toBeUndefined();
		expect(data.things).toEqual([
			{
				kind: "BadgeClass",
				id: "alpha:accueillir-1",
				title: "Accueillir",
				issuer: { name: "Issuer of alpha", id: "alpha:issuer" },
			},
			{ kind: "Institute", slug: "alpha", label: "Institute alpha" },
			{ kind: "Issuer" },
		]);
		expect(requests()).toEqual([1, 1, 0]);
	});

	it("tells what is wrong with each representation at its place, and answers the others", async () => {
		region.member("gamma").behave({ kind: "garbage", body: "x" });
		const { data, errors, extensions } = await ask(url, ENTITIES, {
			representations: [badge("nobody:x"), badge("gamma:lire-0"), { __typename: "Nope" }, 7, badge("beta:forger-0"), badge("gamma:lire-0")],
		});
		expect(data._entities).toEqual([null, null, null, null, { name: "Forger" }, null]);
		expect(errors?.map(({ path: at, extensions: { code } }) => [at?.[1], code]).sort()).toEqual([
			[0, "UNKNOWN_INSTITUTE"],
			[1, "MEMBER_UNAVAILABLE"],
			[2, "BAD_USER_INPUT"],
			[3, "BAD_USER_INPUT"],
			[5, "MEMBER_UNAVAILABLE"],
		]);
		expect(extensions?.completeness.missing).toEqual([{ institute: "gamma", reason: "INVALID_ANSWER" }]);
	});

	it("takes representations as literals, and entities beside root fields and __typename, in fragments of the root", async () => {
		const { data, errors } = await ask(
			url,
			`query ($id: ID!) { ...R __typename badgeClassCount } fragment R on Query {
				_entities(representations: [{ __typename: "BadgeClass", id: "beta:forger-0" }]) { ... on BadgeClass { name } }
				badgeClass(id: $id) { name } badgeClass(id: $id) { institute { slug } } institutes { slug }
			}`,
			{ id: "gamma:lire-0" },
		);
		expect(errors).toBeUndefined();
		expect(data).toEqual({
			_entities: [{ name: "Forger" }],
			badgeClass: { name: "Lire", institute: { slug: "gamma" } },
			institutes: [{ slug: "alpha" }, { slug: "beta" }, { slug: "gamma" }],
			__typename: "Query",
			badgeClassCount: 5,
		});
	});

	it("settles conditions with variables before anybody is asked", async () => {
		const query =
			"query ($representations: [_Any!]!, $with: Boolean!) { _entities(representations: $representations) { ... on BadgeClass { name @include(if: $with) id @skip(if: $with) } } badgeClassCount @skip(if: $with) }";
		const representations = [badge("beta:forger-0")];
		expect((await ask(url, query, { representations, with: true })).data).toEqual({ _entities: [{ name: "Forger" }] });
		expect(region.member("beta").requests[0]?.query).not.toContain("@include");
		expect((await ask(url, query, { representations, with: false })).data).toEqual({
			_entities: [{ id: "beta:forger-0" }],
			badgeClassCount: 5,
		});
	});

	it("gathers pages whose cursors are good for the next", async () => {
		const query = "query ($after: String) { badgeClasses(first: 2, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } }";
		const names: string[] = [];
		let after: string | null = null;
		do {
			const { data } = await ask(url, query, { after });
			names.push(...data.badgeClasses.nodes.map(({ name }: { name: string }) => name));
			after = data.badgeClasses.pageInfo.hasNextPage ? data.badgeClasses.pageInfo.endCursor : null;
		} while (after !== null);
		expect(names).toEqual(["Accueillir", "Écouter", "Forger", "Lire", "Zinguer"]);
	});

	it("coerces variables, and refuses wrong ones and wrong documents with a code", async () => {
		const count = "query ($filter: BadgeClassFilter) { badgeClassCount(filter: $filter) }";
		expect((await ask(url, count, { filter: { institutes: "alpha" } })).data).toEqual({ badgeClassCount: 2 });
		expect((await ask(url, count, { filter: { nope: 1 } })).errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
		expect((await ask(url, "{ nope }")).errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
	});

	it("refuses a field that means nothing over all members", async () => {
		const { data, errors } = await ask(url, "{ changes { hasMore } }");
		expect(data).toBeNull();
		expect(errors).toMatchObject([{ path: ["changes"], extensions: { code: "BAD_USER_INPUT", field: "changes" } }]);
	});

	it("carries the members' events over WebSocket", async () => {
		const client = createClient({ url: url.replace("http", "ws"), webSocketImpl: WebSocket, retryAttempts: 0 });
		const events: Answer[] = [];
		client.subscribe<never>(
			{ query: "subscription { ...S } fragment S on Subscription { badgeClassChanged { id badgeClass { name } } }" },
			{ next: (event) => void events.push(event as never), error: () => undefined, complete: () => undefined },
		);
		await until("all streams to be open", () => SLUGS.every((slug) => region.member(slug).subscribers() === 1));
		region.member("gamma").announce("gamma:lire-0");
		await until("the event", () => events.length === 1);
		expect(events[0]?.data).toEqual({ badgeClassChanged: { id: "gamma:lire-0", badgeClass: { name: "Lire" } } });
		await client.dispose();
	});
});

describe("npm run members-endpoint", () => {
	it("runs by itself on the router's settings, and follows the directory", async () => {
		const folder = mkdtempSync(path.join(tmpdir(), "members-endpoint-"));
		const database = (await freshSchemas(["network"])).get("network") as DatabaseAddress;
		const network = await startNetwork({
			database,
			port: 0,
			host: "127.0.0.1",
			access: { publicReads: true },
			log: createLog("test", "silent"),
		});
		const operator = await openNetworkDatabase(database, 1);
		const member = await startMember("solo", rowsOf("solo", ["Un", "Deux"]));
		const config = path.join(folder, "router.json");
		writeFileSync(
			config,
			JSON.stringify({
				supergraph: path.join(SCHEMA, "supergraph.graphql"),
				subgraphs: { network: network.url },
				allowPrivateAddresses: true,
			}),
		);
		const program = runProgram("router/members-endpoint/main.ts", ["--config", config, "--port", "0"]);
		try {
			const own = (await program.line(/^ready/)).split(" ").at(-1) as string;
			await operator.transaction((manager) => admitMember(manager, { slug: "solo", name: "Solo", endpoint: member.url }));
			await until("the endpoint to know the member", async () => (await ask(own, "{ badgeClassCount }")).data.badgeClassCount === 2);
			expect((await ask(own, ENTITIES, { representations: [badge("solo:deux-1")] })).data).toEqual({ _entities: [{ name: "Deux" }] });
			expect(await program.stop()).toBe(0);
		} finally {
			await program.stop("SIGKILL");
			await member.stop();
			await operator.destroy();
			await network.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	});
});
