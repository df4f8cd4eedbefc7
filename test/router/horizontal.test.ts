import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Row, rowsOf } from "../kit/member-server.ts";
import { type Region, startRegion } from "../kit/region.ts";
import { until } from "../kit/until.ts";

const NAMES = ["Écouter", "Accueillir", "Bâtir", "Élaguer", "Réparer", "accueillir", "Vendre", "Coudre"];

let region: Region;

beforeAll(async () => {
	region = await startRegion({
		alpha: rowsOf("alpha", NAMES),
		beta: rowsOf("beta", ["Forger", "Accueillir", "Zinguer", "Abattre"]),
		gamma: rowsOf("gamma", ["Lire", "Œuvrer", "Accueillir"]),
		empty: [],
	});
});
afterAll(() => region.stop());
afterEach(() => {
	for (const slug of ["alpha", "beta", "gamma", "empty"]) {
		region.member(slug).behave({ kind: "normal" });
		region.member(slug).tamper(undefined);
		region.member(slug).requests.length = 0;
	}
});

const LIST =
	"query ($first: Int, $after: String, $last: Int, $before: String) { badgeClasses(first: $first, after: $after, last: $last, before: $before, orderBy: NAME) { totalCount nodes { id name } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

async function readAll(size: number): Promise<string[]> {
	const ids: string[] = [];
	let after: string | null = null;
	for (;;) {
		const { data } = await region.ask(LIST, { first: size, after });
		ids.push(...data.badgeClasses.nodes.map(({ id }: Row) => id));
		if (!data.badgeClasses.pageInfo.hasNextPage) return ids;
		after = data.badgeClasses.pageInfo.endCursor;
	}
}

const names = (rows: readonly Row[]) => rows.map(({ name }) => name);

describe("a gathered list", () => {
	it("holds the rows of every member in one order, accents and case ignored, ties by id", async () => {
		const { data, extensions } = await region.ask(LIST, { first: 20 });
		expect(data.badgeClasses.nodes.map(({ name, id }: Row) => `${name} ${id.split(":")[0]}`)).toEqual([
			"Abattre beta",
			"Accueillir alpha",
			"accueillir alpha",
			"Accueillir beta",
			"Accueillir gamma",
			"Bâtir alpha",
			"Coudre alpha",
			"Écouter alpha",
			"Élaguer alpha",
			"Forger beta",
			"Lire gamma",
			"Œuvrer gamma",
			"Réparer alpha",
			"Vendre alpha",
			"Zinguer beta",
		]);
		expect(data.badgeClasses.totalCount).toBe(15);
		expect(data.badgeClasses.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
		expect(extensions?.completeness).toEqual({ asked: 4, answered: 4, missing: [], stale: [] });
	});

	it.each([1, 2, 3, 7, 100])("visits every row exactly once, in order, %i at a time", async (size) => {
		const whole = (await region.ask(LIST, { first: 100 })).data.badgeClasses.nodes.map(({ id }: Row) => id);
		expect(await readAll(size)).toEqual(whole);
	});

	it("is read backward from the end, and from any place", async () => {
		const whole = (await region.ask(LIST, { first: 100 })).data.badgeClasses.nodes.map(({ id }: Row) => id);
		const last = (await region.ask(LIST, { last: 4 })).data.badgeClasses;
		expect(last.nodes.map(({ id }: Row) => id)).toEqual(whole.slice(-4));
		expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
		const before = (await region.ask(LIST, { last: 5, before: last.pageInfo.startCursor })).data.badgeClasses;
		expect(before.nodes.map(({ id }: Row) => id)).toEqual(whole.slice(-9, -4));
	});

	it("goes on from any edge's cursor", async () => {
		const { edges, nodes } = (await region.ask(LIST, { first: 6 })).data.badgeClasses;
		const next = (await region.ask(LIST, { first: 3, after: edges[2].cursor })).data.badgeClasses;
		expect(next.nodes).toEqual(nodes.slice(3, 6));
	});

	it("asks only the members that the filter names, and says which is none", async () => {
		const { data, errors, extensions } = await region.ask('{ badgeClasses(filter: { institutes: ["gamma", "nobody"] }) { totalCount } }');
		expect(data.badgeClasses.totalCount).toBe(3);
		expect(extensions?.completeness.asked).toBe(1);
		expect(errors?.[0]?.extensions).toMatchObject({ code: "UNKNOWN_INSTITUTE", institute: "nobody" });
		expect(region.member("alpha").requests).toHaveLength(0);
	});

	it("keeps a cursor of one list from being taken for another's", async () => {
		const { endCursor } = (await region.ask(LIST, { first: 2 })).data.badgeClasses.pageInfo;
		const { data, errors } = await region.ask(
			"query ($after: String) { badgeClasses(first: 2, after: $after, orderBy: CREATED) { totalCount } }",
			{ after: endCursor },
		);
		expect(data).toBeNull();
		expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "after" });
	});

	it("holds each institute's own list below it, in one request to each", async () => {
		const { data } = await region.ask(
			"{ institutes { slug badgeClasses(first: 2) { totalCount nodes { name } pageInfo { endCursor } } } }",
		);
		expect(data.institutes.map(({ badgeClasses }: { badgeClasses: { nodes: Row[] } }) => names(badgeClasses.nodes))).toEqual([
			["Accueillir", "accueillir"],
			["Abattre", "Accueillir"],
			[],
			["Accueillir", "Lire"],
		]);
		expect(region.member("alpha").requests).toHaveLength(1);
		const [{ badgeClasses }] = data.institutes;
		const next = await region.ask(
			'query ($after: String) { institute(slug: "alpha") { badgeClasses(first: 2, after: $after) { nodes { name } } } }',
			{
				after: badgeClasses.pageInfo.endCursor,
			},
		);
		expect(names(next.data.institute.badgeClasses.nodes)).toEqual(["Bâtir", "Coudre"]);
	});

	it("merged as LIST leaves out a row that breaks the contract, and keeps the others", async () => {
		region.member("beta").behave({ kind: "rewriting", text: '"name":"Institute beta"', by: '"name":null' });
		const { data, errors } = await region.ask("{ institutes { slug name } }");
		expect(data.institutes.map(({ slug }: { slug: string }) => slug)).toEqual(["alpha", "empty", "gamma"]);
		expect(errors).toMatchObject([{ path: ["institutes"], extensions: { code: "INVALID_SUBGRAPH_ANSWER", institute: "beta" } }]);
	});

	it("adds up a sum, and joins lists by slug", async () => {
		const { data } = await region.ask("{ badgeClassCount institutes { slug } }");
		expect(data).toEqual({ badgeClassCount: 15, institutes: [{ slug: "alpha" }, { slug: "beta" }, { slug: "empty" }, { slug: "gamma" }] });
	});

	it("serves aliases, fragments and several selections of the same connection", async () => {
		const { data, errors } = await region.ask(
			`
			query ($with: Boolean!) { list: badgeClasses(first: 2) { ...C rows: edges { c: cursor node { n: name ...B @include(if: $with) } } info: pageInfo { more: hasNextPage } __typename } }
			fragment C on BadgeClassConnection { nodes { id } count: totalCount }
			fragment B on BadgeClass { issuer { name } }`,
			{ with: true },
		);
		expect(errors).toBeUndefined();
		expect(data.list).toMatchObject({
			count: 15,
			info: { more: true },
			__typename: "BadgeClassConnection",
			rows: [{ node: { n: "Abattre", issuer: { name: "Issuer of beta" } } }, { node: { n: "Accueillir" } }],
		});
		expect(data.list.rows[0].c).toEqual(expect.any(String));
	});
});

describe("a routed field", () => {
	it("is asked of the one member that its id names", async () => {
		const { data } = await region.ask('{ badgeClass(id: "beta:forger-0") { name institute { slug } } }');
		expect(data.badgeClass).toEqual({ name: "Forger", institute: { slug: "beta" } });
		expect(region.member("alpha").requests).toHaveLength(0);
		expect(region.member("beta").requests).toHaveLength(1);
	});

	it("is null without an error for an id that its owner does not have", async () => {
		expect(await region.ask('{ badgeClass(id: "beta:none") { name } }')).toMatchObject({
			data: { badgeClass: null },
			extensions: { completeness: { asked: 1, answered: 1 } },
		});
	});

	it("says when no member has the name, and when the id names none", async () => {
		const { data, errors } = await region.ask('{ a: badgeClass(id: "nobody:x") { name } b: badgeClass(id: "not an id") { name } }');
		expect(data).toEqual({ a: null, b: null });
		expect(errors?.map(({ path, extensions }) => [path, extensions.code, extensions.field])).toEqual([
			[["a"], "UNKNOWN_INSTITUTE", "id"],
			[["b"], "BAD_USER_INPUT", "id"],
		]);
	});
});

describe("a member that fails", () => {
	it.each([
		["never answers", { kind: "silent" }, "TIMEOUT"],
		["answers garbage", { kind: "garbage", body: "<html>" }, "INVALID_ANSWER"],
		["answers JSON that is no answer", { kind: "garbage", body: "[1,2]" }, "INVALID_ANSWER"],
		["answers an answer without the list", { kind: "garbage", body: '{"data":{}}' }, "INVALID_ANSWER"],
		["answers an error of HTTP", { kind: "garbage", body: "no", status: 503 }, "HTTP_ERROR"],
		["cuts the connection half-way", { kind: "half" }, "UNREACHABLE"],
		["answers with too much", { kind: "huge", bytes: 9_000_000 }, "TOO_LARGE"],
	] as const)("and %s is missing by name, and every other row is there", async (_, behaviour, reason) => {
		region.member("beta").behave(behaviour);
		const { data, errors, extensions } = await region.ask(LIST, { first: 20 });
		expect(errors).toBeUndefined();
		expect(data.badgeClasses.nodes).toHaveLength(11);
		expect(extensions?.completeness).toEqual({ asked: 4, answered: 3, missing: [{ institute: "beta", reason }], stale: [] });
	});

	it("makes the whole request an error under the strict policy, by header or by directive", async () => {
		region.member("gamma").behave({ kind: "garbage", body: "" });
		const byHeader = await region.ask(LIST, { first: 5 }, { "hub-completeness": "strict" });
		const byDirective = await region.ask("query @completeness(policy: STRICT) { badgeClassCount }");
		for (const { data, errors } of [byHeader, byDirective]) {
			expect(data).toBeNull();
			expect(errors).toMatchObject([
				{
					message: expect.stringContaining("gamma"),
					extensions: { code: "INCOMPLETE", missing: [{ institute: "gamma", reason: "INVALID_ANSWER" }] },
				},
			]);
		}
	});

	it("is whole again with the next answer, when it is stopped and started", async () => {
		await region.member("beta").stop();
		expect((await region.ask("{ badgeClassCount }")).extensions?.completeness.missing).toEqual([
			{ institute: "beta", reason: "UNREACHABLE" },
		]);
		await region.member("beta").start();
		expect(await region.ask("{ badgeClassCount }")).toEqual({
			data: { badgeClassCount: 15 },
			extensions: { completeness: { asked: 4, answered: 4, missing: [], stale: [] } },
		});
	});

	it("has rows under another's prefix dropped and reported, in lists and below them", async () => {
		region
			.member("gamma")
			.tamper((row) =>
				row.name === "Lire"
					? { ...row, id: "alpha:stolen" }
					: row.name === "Œuvrer"
						? { ...row, issuer: { id: "beta:issuer", name: "Issuer of beta" } }
						: row,
			);
		const { data, errors } = await region.ask("{ badgeClasses(first: 50) { nodes { id name } } }");
		expect(data.badgeClasses.nodes.map(({ name }: Row) => name)).not.toContain("Lire");
		expect(data.badgeClasses.nodes).toHaveLength(14);
		expect(errors).toMatchObject([{ extensions: { code: "FOREIGN_ROW", institute: "gamma", id: "alpha:stolen" } }]);
		const nested = await region.ask('{ badgeClass(id: "gamma:-uvrer-1") { name issuer { id name } } }');
		expect(nested.data.badgeClass).toBeNull();
		expect(nested.errors).toMatchObject([
			{ path: ["badgeClass", "issuer"], extensions: { code: "FOREIGN_ROW", institute: "gamma", id: "beta:issuer" } },
		]);
	});

	it("has rows in a wrong order reported, and sorted", async () => {
		region.member("alpha").tamper((row) => row);
		region.member("alpha").behave({
			kind: "garbage",
			body: JSON.stringify({
				data: {
					badgeClasses: {
						nodes: [{ name: "B" }, { name: "A" }],
						__rows: [
							{ cursor: "b alpha:b", node: { key: "alpha:b" } },
							{ cursor: "a alpha:a", node: { key: "alpha:a" } },
						],
						__page: { hasNextPage: false, hasPreviousPage: false },
					},
				},
			}),
		});
		const { data, errors } = await region.ask('{ badgeClasses(filter: { institutes: ["alpha"] }) { nodes { name } } }');
		expect(data.badgeClasses.nodes).toEqual([{ name: "A" }, { name: "B" }]);
		expect(errors).toMatchObject([{ extensions: { code: "OUT_OF_ORDER", institute: "alpha" } }]);
	});
});

describe("membership", () => {
	it("grows and shrinks while the router runs, and pages go on", async () => {
		const first = (await region.ask(LIST, { first: 2 })).data.badgeClasses;
		await region.join("delta", rowsOf("delta", ["Aaa", "Mesurer"]));
		const rest = (await region.ask(LIST, { first: 100, after: first.pageInfo.endCursor })).data.badgeClasses;
		expect(rest.nodes.map(({ name }: Row) => name)).toContain("Mesurer");
		expect(rest.nodes).toHaveLength(14);
		await region.leave("delta");
		expect((await region.ask("{ badgeClassCount }")).extensions?.completeness.asked).toBe(4);
		await region.member("delta").stop();
	});
});

describe("a subscription", () => {
	it("carries every member's events, outlives the loss of one, and takes it up again where it was lost", async () => {
		const { events, stop } = region.subscribe("subscription { badgeClassChanged { id badgeClass { name recognisedBy { id } } } }");
		await until("all streams to be open", () => ["alpha", "beta", "gamma"].every((slug) => region.member(slug).subscribers() === 1));
		region.member("alpha").announce("alpha:coudre-7");
		region.member("beta").announce("beta:forger-0");
		await until("two events", () => events.length === 2);
		await region.member("beta").stop();
		region.member("beta").announce("beta:zinguer-2");
		region.member("gamma").announce("gamma:lire-0");
		await until("gamma's event", () => events.length === 3);
		await region.member("beta").start();
		await until("beta's event of meanwhile", () => events.length === 4);
		expect(events.map(({ data }) => data.badgeClassChanged.id)).toEqual([
			"alpha:coudre-7",
			"beta:forger-0",
			"gamma:lire-0",
			"beta:zinguer-2",
		]);
		expect(events[0]).toEqual({ data: { badgeClassChanged: { id: "alpha:coudre-7", badgeClass: { name: "Coudre", recognisedBy: [] } } } });
		stop();
		await until("the streams to be closed", () => ["alpha", "beta", "gamma"].every((slug) => region.member(slug).subscribers() === 0));
	});

	it("comes as server-sent events too, and a refusal as the only one", async () => {
		const open = new AbortController();
		const stream = async (query: string) =>
			fetch(region.url, {
				method: "POST",
				headers: { "content-type": "application/json", accept: "text/event-stream" },
				body: JSON.stringify({ query }),
				signal: open.signal,
			});
		const response = await stream("subscription { badgeClassChanged { id } }");
		expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
		await until("the stream to be open", () => region.member("alpha").subscribers() === 1);
		region.member("alpha").announce("alpha:vendre-6");
		let text = "";
		for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
			text += Buffer.from(chunk).toString();
			if (text.includes("\n\n", 3)) break;
		}
		expect(text).toBe(':\n\nevent: next\ndata: {"data":{"badgeClassChanged":{"id":"alpha:vendre-6"}}}\n\n');
		open.abort();
		await until("the stream to be closed", () => region.member("alpha").subscribers() === 0);
		const whole = (query: string) =>
			fetch(region.url, {
				method: "POST",
				headers: { "content-type": "application/json", accept: "text/event-stream" },
				body: JSON.stringify({ query }),
			}).then((one) => one.text());
		expect(await whole("{ badgeClassCount }")).toContain('data: {"data":{"badgeClassCount":15}');
		expect(await whole("{ nope }")).toMatch(/event: next\ndata: \{"errors":.*\n\nevent: complete/);
	});

	it("is resumed by a client with the position of its last event", async () => {
		const first = region.subscribe("subscription { badgeClassChanged { id position } }");
		await until("the stream to be open", () => region.member("alpha").subscribers() === 1 && region.member("gamma").subscribers() === 1);
		region.member("alpha").announce("alpha:bâtir-2");
		await until("an event", () => first.events.length === 1);
		first.stop();
		await until("the stream to be closed", () => region.member("alpha").subscribers() === 0);
		region.member("alpha").announce("alpha:vendre-6");
		const second = region.subscribe("subscription ($since: String) { badgeClassChanged(since: $since) { id } }", {
			since: first.events[0]?.data.badgeClassChanged.position,
		});
		await until("what was missed", () => second.events.length === 1);
		expect(second.events[0]?.data.badgeClassChanged.id).toBe("alpha:vendre-6");
		second.stop();
	});
});
