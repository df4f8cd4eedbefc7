import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../kit/ask.ts";
import { rowsOf } from "../kit/member-server.ts";
import { type Region, startRegion } from "../kit/region.ts";

let region: Region;

beforeAll(async () => {
	region = await startRegion({ alpha: rowsOf("alpha", ["Un", "Deux"]) });
});
afterAll(() => region.stop());

async function send(
	body: string,
	{
		accept,
		type = "application/json",
		method = "POST",
		path = "",
	}: { accept?: string; type?: string; method?: string; path?: string } = {},
) {
	const response = await fetch(region.url + path, {
		method,
		headers: { "content-type": type, ...(accept ? { accept } : {}) },
		...(method === "GET" ? {} : { body }),
	});
	return { status: response.status, type: response.headers.get("content-type"), ...((await response.json()) as Answer) };
}

const graphql = (query: string, rest: object = {}) => JSON.stringify({ query, ...rest });

describe("a request that is wrong", () => {
	it.each([
		["malformed GraphQL", graphql("{ badgeClassCount"), "GRAPHQL_PARSE_FAILED", /Syntax Error/],
		["an unknown field", graphql("{ badgeClassCountt }"), "GRAPHQL_VALIDATION_FAILED", /badgeClassCountt.*Did you mean/],
		["a missing variable", graphql("query ($id: ID!) { badgeClass(id: $id) { name } }"), "BAD_USER_INPUT", /\$id/],
		[
			"a variable of the wrong type",
			graphql("query ($n: Int) { badgeClasses(first: $n) { totalCount } }", { variables: { n: "x" } }),
			"BAD_USER_INPUT",
			/\$n/,
		],
		[
			"several operations and no name",
			graphql("query A { badgeClassCount } query B { badgeClassCount }"),
			"OPERATION_RESOLUTION_FAILURE",
			/A, B/,
		],
		["a page that is too large", graphql("{ badgeClasses(first: 5000) { totalCount } }"), "BAD_USER_INPUT", /between 0 and 100/],
		["a bad cursor", graphql('{ badgeClasses(after: "%%%") { totalCount } }'), "BAD_USER_INPUT", /cursor/],
		[
			"a document that is too deep",
			graphql(`{ badgeClasses { nodes { ${"institute { issuers { ".repeat(10)}name${" } }".repeat(10)} } } }`),
			"LIMIT_EXCEEDED",
			/depth is 23; at most 16/,
		],
		["too many tokens", graphql(`{ ${"a ".repeat(5000)} }`), "LIMIT_EXCEEDED", /tokens/],
	])("by %s is answered with 200 to clients of plain JSON, with a code and a reason", async (_, body, code, message) => {
		const answer = await send(body);
		expect(answer.status).toBe(200);
		expect(answer.errors?.[0]?.extensions.code).toBe(code);
		expect(answer.errors?.[0]?.message).toMatch(message);
	});

	it.each([
		["no JSON", "{", 400, /body is not JSON/],
		["a list of requests", "[]", 400, /Several requests/],
		["no query", "{}", 400, /^query:/],
		["variables that are no object", graphql("{ a }", { variables: [1] }), 400, /^variables:/],
	])("by %s is answered with 400", async (_, body, status, message) => {
		const answer = await send(body);
		expect(answer.status).toBe(status);
		expect(answer.errors?.[0]?.message).toMatch(message);
	});

	it("is told by the status to clients that take GraphQL's own type", async () => {
		const answer = await send(graphql("{ nope }"), { accept: "application/graphql-response+json" });
		expect([answer.status, answer.type]).toEqual([400, "application/graphql-response+json; charset=utf-8"]);
	});

	it("is refused with a wrong content type, a type nobody serves, or another method", async () => {
		expect((await send("{ badgeClassCount }", { type: "text/plain" })).status).toBe(415);
		expect((await send(graphql("{ badgeClassCount }"), { accept: "text/csv" })).status).toBe(406);
		expect((await send("", { method: "PUT" })).status).toBe(405);
		expect((await send(graphql("x".repeat(300_000)))).status).toBe(413);
	});
});

describe("a request that is right", () => {
	it("may come by GET", async () => {
		expect(
			await send("", {
				method: "GET",
				path: `?query=${encodeURIComponent("query ($n: Int) { badgeClasses(first: $n) { totalCount } }")}&variables=${encodeURIComponent('{"n":1}')}`,
			}),
		).toMatchObject({ status: 200, data: { badgeClasses: { totalCount: 2 } } });
	});

	it("may ask about the schema, alone or beside data", async () => {
		const { data } = await send(
			graphql(
				'{ __typename kind: __type(name: "BadgeClass") { name } badgeClassCount ...More } fragment More on Query { __schema { queryType { name } } }',
			),
		);
		expect(data).toEqual({
			__typename: "Query",
			kind: { name: "BadgeClass" },
			badgeClassCount: 2,
			__schema: { queryType: { name: "Query" } },
		});
	});

	it("has its conditions settled, and its keys in the order asked", async () => {
		const query =
			"query ($yes: Boolean!) { b: badgeClassCount @include(if: $yes) a: badgeClasses(first: 1) { nodes { name @skip(if: $yes) id } totalCount @skip(if: $yes) } }";
		expect(Object.entries((await send(graphql(query, { variables: { yes: true } }))).data)).toEqual([
			["b", 2],
			["a", { nodes: [{ id: "alpha:deux-1" }] }],
		]);
		expect((await send(graphql(query, { variables: { yes: false } }))).data).toEqual({
			a: { nodes: [{ name: "Deux", id: "alpha:deux-1" }], totalCount: 2 },
		});
	});

	it("has its plan and what it led to told on demand", async () => {
		const answer = await region.ask('{ badgeClass(id: "alpha:un-0") { name recognisedBy { reason } } }', {}, { "hub-plan": "show" });
		expect(answer.extensions).toMatchObject({
			plan: {
				text: expect.stringMatching(/^sequence\n {2}fetch members\n[\s\S]*at badgeClass\n {4}fetch network/),
				milliseconds: expect.any(Number),
				calls: [
					{ service: "members", institute: "alpha", outcome: "ok" },
					{ service: "network", outcome: "ok" },
				],
			},
		});
	});

	it("is served while another one is answered with an error", async () => {
		const answers = await Promise.all(["{ badgeClassCount }", "{", "{ badgeClassCount }"].map((query) => send(graphql(query))));
		expect(answers.map(({ data }) => data?.badgeClassCount)).toEqual([2, undefined, 2]);
	});
});

describe("an answer that breaks the schema", () => {
	it("has its nulls carried up to the nearest nullable field, with an error at each place", async () => {
		region
			.member("alpha")
			.behave({ kind: "garbage", body: JSON.stringify({ data: { badgeClass: { __key: "alpha:x", name: null, tags: ["a", null] } } }) });
		expect(await send(graphql('{ badgeClass(id: "alpha:x") { name } }'))).toMatchObject({
			data: { badgeClass: null },
			errors: [{ path: ["badgeClass", "name"], extensions: { code: "INVALID_SUBGRAPH_ANSWER" } }],
		});
		expect(await send(graphql('{ badgeClass(id: "alpha:x") { tags } }'))).toMatchObject({
			data: { badgeClass: null },
			errors: [{ path: ["badgeClass", "tags", 1] }],
		});
		region
			.member("alpha")
			.behave({ kind: "garbage", body: JSON.stringify({ data: { badgeClass: { __key: "alpha:x", status: "INVENTED", image: 12 } } }) });
		expect((await send(graphql('{ badgeClass(id: "alpha:x") { status } }'))).data.badgeClass).toBeNull();
		expect(await send(graphql('{ badgeClass(id: "alpha:x") { image } }'))).toMatchObject({ data: { badgeClass: { image: "12" } } });
		region.member("alpha").behave({ kind: "normal" });
	});
});
