import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { graphql } from "../../web/app/graphql.ts";
import { openHub } from "../../web/app/hub-client.ts";

const Institutes_Query = graphql("query Institutes_Query { institutes { slug } }");

interface Question {
	query: string;
	variables: { slugs?: string[] | null };
}

/** A hub of which some institutes do not answer, and which knows every slug by its name in capitals. */
describe("the institutes that a page could not hear", () => {
	let server: Server;
	let graphqlUrl: string;
	let silent: string[];
	let asked: Question[];

	beforeAll(async () => {
		server = createServer(async (request, response) => {
			const chunks: Buffer[] = [];
			for await (const chunk of request) chunks.push(chunk as Buffer);
			const question: Question = JSON.parse(Buffer.concat(chunks).toString());
			asked.push(question);
			const slugs = question.variables.slugs ?? ["alpha", "beta", "gamma"];
			const answer = question.query.includes("institutes")
				? { data: { institutes: [] }, extensions: { completeness: { missing: silent.map((institute) => ({ institute })), stale: [] } } }
				: { data: { members: slugs.map((slug) => ({ slug, name: slug.toUpperCase(), demonstration: false })) } };
			response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		graphqlUrl = `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql`;
	});
	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});
	beforeEach(() => {
		silent = [];
		asked = [];
	});

	const hubOf = () => openHub({ context: { get: () => ({ graphqlUrl }) }, request: new Request(graphqlUrl) } as never);
	const slugsAsked = () => asked.filter(({ query }) => query.includes("members")).map(({ variables }) => variables.slugs);

	it("have the names of the register, of which only those few are asked for", async () => {
		silent = ["beta"];
		const hub = hubOf();
		await hub.ask(Institutes_Query, {});
		expect((await hub.absence()).missing).toEqual([{ slug: "beta", name: "BETA" }]);
		expect(slugsAsked()).toEqual([["beta"]]);
	});

	it("are nobody, and nothing is asked for, when all have answered", async () => {
		const hub = hubOf();
		await hub.ask(Institutes_Query, {});
		expect(await hub.absence()).toEqual({ missing: [], stale: [] });
		expect(slugsAsked()).toEqual([]);
	});

	it("have the names that the page has read already", async () => {
		silent = ["gamma"];
		const hub = hubOf();
		const [{ names }] = await Promise.all([hub.members(), hub.ask(Institutes_Query, {})]);
		expect(Object.keys(names)).toEqual(["alpha", "beta", "gamma"]);
		expect((await hub.absence()).missing).toEqual([{ slug: "gamma", name: "GAMMA" }]);
		expect(slugsAsked()).toEqual([null]);
	});

	it("are asked for in parts when they are more than the hub takes in one question", async () => {
		silent = Array.from({ length: 201 }, (_, place) => `m${place}`);
		const hub = hubOf();
		await hub.ask(Institutes_Query, {});
		expect((await hub.absence()).missing.at(-1)).toEqual({ slug: "m200", name: "M200" });
		expect(slugsAsked().map((some) => some?.length)).toEqual([200, 1]);
	});

	it("are read by the badges that a page names, each institute once, and nothing is asked where there is none", async () => {
		const hub = hubOf();
		const { names } = await hub.membersOf(["beta:one", "alpha:two", "beta:three", "M1503", "https://x.example/a:b"]);
		expect(names).toEqual({ alpha: "ALPHA", beta: "BETA" });
		expect(await hub.membersOf(["M1503"])).toEqual({ names: {}, invented: [] });
		expect(slugsAsked()).toEqual([["beta", "alpha"]]);
	});
});
