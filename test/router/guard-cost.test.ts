import { Kind, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { compileOperation } from "../../router/execute/operation.ts";
import { readCostModel } from "../../router/guard/cost/cost-model.ts";
import { estimator } from "../../router/guard/cost/estimate.ts";
import { DEFAULT_LIMITS } from "../../router/guard/limits.ts";
import { readSupergraph } from "../../router/plan/supergraph.ts";
import { regionSdl } from "./guard-sdl.ts";

function estimatesOf(sdl: string): (query: string, variables?: Record<string, unknown>, members?: number) => number {
	const supergraph = readSupergraph(sdl);
	const model = readCostModel(parse(sdl), supergraph.schema, supergraph.horizontal, "members");
	return (query, variables = {}, members = 10) => {
		const document = parse(query);
		const definition = document.definitions.find((one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION);
		return estimator(compileOperation(document, definition as OperationDefinitionNode, supergraph, new Map()), model)(variables, members);
	};
}

const sdl = regionSdl();
const estimate = estimatesOf(sdl);

describe("the estimated cost of", () => {
	it("an object is 1, and of a scalar nothing", () => {
		expect(estimate('{ badgeClass(id: "a:b") { id name issuer { name } } }')).toBe(2);
		expect(estimate("{ __typename __schema { types { name } } }")).toBe(0);
	});

	it("a list is that of its rows, as many as asked for, else twenty", () => {
		expect(estimate('{ badgeClass(id: "a:b") { alignments { targetName } tags } }')).toBe(21);
		const query = "query ($n: Int) { badgeClasses(last: $n) { edges { node { id } } } }";
		expect(estimate(query, { n: 7 }, 1)).toBe(1 + 1 + 7 * 2);
		expect(estimate(query, {}, 1)).toBe(1 + 1 + 20 * 2);
		expect(estimate("query ($n: Int = 3) { badgeClasses(first: $n) { nodes { id } } }", {}, 1)).toBe(5);
		expect(estimate("{ badgeClasses(first: 3) { nodes { id } } }", {}, 1)).toBe(5);
	});

	it("a gathered field is what each member is asked, for each member; what others add counts once", () => {
		const members = "badgeClasses(first: 10) { nodes { id issuer { name } } }";
		expect(estimate(`{ ${members} }`, {}, 200)).toBe(200 * (1 + 1 + 10 * 2));
		expect(estimate("{ badgeClasses(first: 10) { nodes { id issuer { name } recognisedBy { reason } } } }", {}, 200)).toBe(
			200 * (1 + 1 + 10 * 2) + 10 * 20,
		);
		expect(estimate("{ badgeClassCount }", {}, 200)).toBe(200);
	});

	it("a gathered field that names its owners counts these", () => {
		const query = "query ($of: [ID!]) { badgeClassCount(filter: { institutes: $of }) }";
		expect(estimate(query, { of: ["a", "b", "a"] })).toBe(2);
		expect(estimate(query, { of: null })).toBe(10);
		expect(estimate('{ badgeClassCount(filter: { institutes: ["a"] }) }')).toBe(1);
	});

	it("what is skipped is nothing", () => {
		const query = "query ($all: Boolean = false) { badgeClass(id: 1) { id alignments @include(if: $all) { targetName } } }";
		expect([estimate(query), estimate(query, { all: true })]).toEqual([1, 21]);
	});

	it("a negative page is no discount", () => {
		expect(estimate("{ a: badgeClasses(first: -1000) { nodes { id } } b: badgeClassCount }", {}, 1)).toBe(3);
	});

	it("an event of a gathered stream is one row, and the members that are listened to", () => {
		expect(estimate("subscription { badgeClassChanged { badgeClass { name } } }", {}, 200)).toBe(202);
	});

	it("what the supergraph weighs with @cost and @listSize is as it says", () => {
		const weighed = estimatesOf(
			sdl
				.replace("alignments: [Alignment!]!", "alignments: [Alignment!]! @listSize(assumedSize: 3)")
				.replace("criteria: Criteria!", "criteria: Criteria! @cost(weight: 7)")
				.replace("type BadgeRequest", "type BadgeRequest @cost(weight: 5)"),
		);
		expect(weighed('{ badgeClass(id: "a:b") { alignments { targetName } } }')).toBe(4);
		expect(weighed('{ badgeClass(id: "a:b") { criteria { url } request { url } } }')).toBe(13);
	});
});

describe("the limit as it ships", () => {
	const README =
		"query ($first: Int!) { badgeClasses(first: $first, orderBy: NAME) { totalCount pageInfo { hasNextPage endCursor } nodes { id name issuer { name } institute { slug name } recognisedBy { by { name } since reason } } } }";
	const page = "badgeClasses(first: 100) { nodes { id alignments { targetName } recognisedBy { reason by { name } } } }";

	it("lets a region of two hundred members be read in pages of a hundred", () => {
		expect(estimate(README, { first: 100 }, 200)).toBeLessThan(DEFAULT_LIMITS.cost / 5);
	});

	it("refuses twenty aliases of such pages with lists in them, from fourteen members on", () => {
		const query = `{ ${Array.from({ length: 20 }, (_, index) => `a${index}: ${page}`).join(" ")} }`;
		expect(estimate(query, {}, 14)).toBeGreaterThan(DEFAULT_LIMITS.cost);
	});
});
