import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "../kit/member-server.ts";
import { type FrontedRouter, startFronted } from "./front-kit.ts";

const COUNT = "{ badgeClassCount }";
const rows = { alpha: rowsOf("alpha", ["Un", "Deux"]), beta: rowsOf("beta", ["Trois"]) };

describe("a document that is too large", () => {
	let router: FrontedRouter;
	beforeAll(async () => {
		router = await startFronted(rows, { limits: { aliases: 5, directives: 4, fields: 200, cost: 1000 } });
	});
	afterAll(() => router.stop());

	it.each([
		["aliases", `{ badgeClasses { nodes { ${[1, 2, 3, 4, 5, 6].map((n) => `a${n}: id`).join(" ")} } } }`, 6, 5],
		["aliases", "{ badgeClasses { nodes { ...A } edges { node { ...A } } } } fragment A on BadgeClass { a: id b: id c: id }", 6, 5],
		["directives", `{ badgeClasses { nodes { id ${"@include(if: true) @skip(if: false) name ".repeat(3)} } } }`, 6, 4],
		[
			"fields",
			`{ badgeClasses { ...F0 } } ${[0, 1, 2, 3, 4, 5, 6, 7].map((n) => `fragment F${n} on BadgeClassConnection { ...F${n + 1} ...F${n + 1} }`).join(" ")} fragment F8 on BadgeClassConnection { totalCount }`,
			257,
			200,
		],
		["cost", "{ badgeClasses(first: 100) { nodes { id alignments { targetName } } } }", 4204, 1000],
	])("in %s is refused with the figure and the limit", async (limit, query, figure, allowed) => {
		for (const { errors } of [await router.post({ query }), ...(await router.overWebSocket({ query }))]) {
			expect(errors?.[0]?.message).toContain(`is ${figure}; at most ${allowed} is accepted`);
			expect(errors?.[0]?.extensions).toEqual({ code: "LIMIT_EXCEEDED", limit, figure, allowed });
		}
		expect(router.member("alpha").requests).toEqual([]);
	});
});

describe("the cost", () => {
	let router: FrontedRouter;
	beforeAll(async () => {
		router = await startFronted(rows);
	});
	afterAll(() => router.stop());
	const query = "query ($first: Int = 10) { badgeClasses(first: $first) { nodes { id issuer { id } } } }";

	it("is reported beside the answer to whoever asks", async () => {
		const { data, extensions } = await router.post({ query }, { "hub-cost": "report" });
		expect(data.badgeClasses.nodes).toHaveLength(3);
		expect(extensions).toMatchObject({ cost: { estimated: 44, limit: 500_000, members: 2 }, completeness: { asked: 2 } });
		expect((await router.post({ query, variables: { first: 2 } }, { "hub-cost": "report" })).extensions).toMatchObject({
			cost: { estimated: 12 },
		});
		expect((await router.post({ query }))?.extensions).not.toHaveProperty("cost");
	});

	it("is told with the plan, and nothing is executed, in a dry run", async () => {
		router.member("alpha").requests.length = 0;
		const { data, extensions } = await router.post({ query }, { "hub-cost": "dry-run" });
		expect(data).toBeNull();
		expect(extensions).toMatchObject({ cost: { estimated: 44, members: 2 }, plan: { text: expect.stringMatching(/^fetch members/) } });
		expect(router.member("alpha").requests).toEqual([]);
	});

	it("is told in a dry run even when it is over the limit", async () => {
		const one =
			"badgeClasses(first: 100) { nodes { alignments { targetName } issuer { institute { issuers { institute { issuers { id } } } } } } }";
		const { extensions } = await router.post({ query: `{ ${one} }` }, { "hub-cost": "dry-run" });
		expect(extensions).toEqual({ cost: { estimated: expect.any(Number), limit: 500_000, members: 2 }, plan: expect.anything() });
		const abusive = `{ ${Array.from({ length: 20 }, (_, index) => `a${index}: ${one}`).join(" ")} }`;
		expect((await router.post({ query: abusive }, { "hub-cost": "dry-run" })).extensions).not.toHaveProperty("plan");
		expect((await router.post({ query: abusive })).errors?.[0]?.extensions).toMatchObject({ code: "LIMIT_EXCEEDED", limit: "cost" });
	});

	it("is asked for with a word that is known", async () => {
		expect(await router.post({ query }, { "hub-cost": "maybe" })).toMatchObject({ status: 400, errors: [{ message: /^hub-cost/ }] });
	});
});

describe("a trusted document", () => {
	const hash = createHash("sha256").update(COUNT).digest("hex");
	const trustedDocuments = { documents: { [hash]: COUNT, "count-1": COUNT }, enforce: true };
	let strict: FrontedRouter;
	let lenient: FrontedRouter;
	beforeAll(async () => {
		strict = await startFronted(rows, { trustedDocuments });
		lenient = await startFronted(rows, { trustedDocuments: { ...trustedDocuments, enforce: false } });
	});
	afterAll(() => Promise.all([strict.stop(), lenient.stop()]));
	const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });
	const json = { accept: "application/graphql-response+json" };

	it("is named by its id, by POST, by GET and over WebSocket", async () => {
		const answers = [
			await strict.post({ documentId: "count-1" }),
			await strict.post({ documentId: `sha256:${hash}` }),
			await strict.post({ extensions: persisted(hash) }),
			await strict.get({ documentId: hash }, json),
			await strict.get({ extensions: JSON.stringify(persisted(hash)) }, json),
			...(await strict.overWebSocket({ query: "", extensions: persisted(hash) })),
			...(await strict.overWebSocket({ query: "", documentId: "count-1" })),
			await strict.post({ query: COUNT }),
		];
		expect(answers.map(({ data }) => data.badgeClassCount)).toEqual(answers.map(() => 3));
	});

	it("is the only kind of document where nothing else is trusted", async () => {
		const query = "{ badgeClassCount institutes { slug } }";
		const answers = [await strict.post({ query }), await strict.get({ query }, json), ...(await strict.overWebSocket({ query }))];
		for (const { errors } of answers)
			expect(errors?.[0]).toMatchObject({ extensions: { code: "DOCUMENT_NOT_TRUSTED" }, message: /documentId/ });
		expect((await lenient.post({ query })).data.badgeClassCount).toBe(3);
	});

	it("is missed by its id", async () => {
		const answers = [
			await strict.post({ documentId: "count-2" }),
			await lenient.get({ documentId: "count-2" }, json),
			...(await strict.overWebSocket({ query: "", documentId: "count-2" })),
			await strict.post({ extensions: persisted("count-2") }),
		];
		for (const { errors } of answers)
			expect(errors?.[0]).toMatchObject({ message: /"count-2"/, extensions: { code: "PERSISTED_QUERY_NOT_FOUND", id: "count-2" } });
	});

	it("is not mistaken for another that comes with its id", async () => {
		const query = "{ institutes { slug } }";
		expect((await lenient.post({ query, documentId: "count-1" })).errors?.[0]?.message).toMatch(/not the document "count-1"/);
		expect((await lenient.post({ query, extensions: persisted("0".repeat(64)) })).errors?.[0]?.message).toMatch(/not that of the query/);
		const own = createHash("sha256").update(query).digest("hex");
		expect((await lenient.post({ query, extensions: persisted(own) })).data.institutes).toHaveLength(2);
		expect((await strict.post({ query, extensions: persisted(own) })).errors?.[0]?.extensions.code).toBe("DOCUMENT_NOT_TRUSTED");
	});
});

describe("questions about the schema", () => {
	it("are refused where the schema is not told, whichever way they come", async () => {
		const router = await startFronted(rows, { introspection: false });
		try {
			const query = 'query { ...More } fragment More on Query { badgeClassCount __type(name: "BadgeClass") { name } }';
			for (const { errors } of [await router.post({ query }), ...(await router.overWebSocket({ query }))])
				expect(errors?.[0]?.extensions.code).toBe("INTROSPECTION_DISABLED");
			expect((await router.post({ query: "{ __typename badgeClassCount }" })).data).toEqual({ __typename: "Query", badgeClassCount: 3 });
		} finally {
			await router.stop();
		}
	});
});

describe("a client that asks too often", () => {
	let router: FrontedRouter;
	beforeAll(async () => {
		router = await startFronted(rows, { rateLimit: { perSecond: 0.01, burst: 2 }, proxies: 1 });
	});
	afterAll(() => router.stop());
	const from = (address: string) => router.post({ query: COUNT }, { "x-forwarded-for": address });

	it("is told to wait, while others are answered", async () => {
		expect([(await from("192.0.2.1")).status, (await from("192.0.2.1")).status]).toEqual([200, 200]);
		const refused = await from("192.0.2.1");
		expect(refused).toMatchObject({ status: 429, errors: [{ extensions: { code: "RATE_LIMITED", retryAfter: 100 } }] });
		expect(refused.headers.get("retry-after")).toBe("100");
		expect((await from("192.0.2.2")).status).toBe(200);
	});

	it("is known by what the proxy saw, not by what it says itself, and by its network", async () => {
		const statuses = [];
		for (const address of ["198.51.100.1, 192.0.2.9", "198.51.100.2, 192.0.2.9", "198.51.100.3, 192.0.2.9"])
			statuses.push((await from(address)).status);
		for (const address of ["2001:db8::1", "2001:db8:0:0:ffff::2", "2001:db8::3"]) statuses.push((await from(address)).status);
		expect(statuses).toEqual([200, 200, 429, 200, 200, 429]);
	});

	it("is told so over WebSocket too, where each operation counts", async () => {
		const asked = async () => (await router.overWebSocket({ query: COUNT }, undefined, { "x-forwarded-for": "192.0.2.50" }))[0];
		expect([(await asked())?.errors, (await asked())?.errors]).toEqual([undefined, undefined]);
		expect((await asked())?.errors?.[0]?.extensions.code).toBe("RATE_LIMITED");
	});

	it("is not limited on this machine", async () => {
		for (let count = 0; count < 5; count += 1) expect((await router.post({ query: COUNT })).status).toBe(200);
	});
});
