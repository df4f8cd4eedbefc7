import fc from "fast-check";
import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { describe, expect, it } from "vitest";
import type { ResponseError } from "../../router/errors.ts";
import { fragmentsOf } from "../../router/execute/collect-fields.ts";
import { completeAnswer } from "../../router/execute/complete.ts";
import type { JsonObject } from "../../router/execute/json.ts";
import { mergeInto } from "../../router/execute/merge.ts";
import { compileWriter } from "../../router/execute/write.ts";
import { decodeCursor, encodeCursor } from "../../router/horizontal/list-cursor.ts";
import { takeMerged } from "../../router/horizontal/merge-sorted.ts";

describe("the merge of sorted lists", () => {
	it("is the sorted whole, cut", () => {
		const sorted = fc.array(fc.integer()).map((list) => list.sort((a, b) => a - b));
		fc.assert(
			fc.property(fc.array(sorted), fc.nat(50), (lists, count) => {
				const whole = lists.flat().sort((a, b) => a - b);
				expect(takeMerged(lists, count, (a, b) => a - b)).toEqual(whole.slice(0, count));
			}),
		);
	});
});

describe("the cursor of a gathered list", () => {
	it("comes back as it was made, for its own list only", () => {
		fc.assert(
			fc.property(fc.string(), fc.array(fc.string()), (place, missing) => {
				expect(decodeCursor("a", encodeCursor("a", { place, missing }))).toEqual({ place, missing });
				expect(decodeCursor("b", encodeCursor("a", { place, missing }))).toBeUndefined();
			}),
		);
	});

	it("is refused, whatever else is sent for one", () => {
		fc.assert(fc.property(fc.string(), (text) => decodeCursor("a", text) === undefined));
	});
});

describe("what two subgraphs say of one object", () => {
	it("is merged, lists by position, and a null erases nothing", () => {
		const target: JsonObject = { a: 1, list: [{ id: 1 }, null, { id: 3 }], deep: { x: 1 }, gone: null };
		mergeInto(target, { b: 2, a: null, list: [{ name: "one" }, { name: "two" }, null], deep: { y: 2 }, gone: { z: 1 } });
		expect(target).toEqual({
			a: 1,
			b: 2,
			list: [{ id: 1, name: "one" }, { name: "two" }, { id: 3 }],
			deep: { x: 1, y: 2 },
			gone: { z: 1 },
		});
	});
});

describe("an answer", () => {
	const schema = buildSchema(`
		type Query { node: Node nodes: [Node!] must: Leaf! }
		interface Node { id: ID! name: String leaf: Leaf list: [Leaf!]! count: Int ratio: Float yes: Boolean kind: Kind any: Any }
		type A implements Node { id: ID! name: String leaf: Leaf list: [Leaf!]! count: Int ratio: Float yes: Boolean kind: Kind any: Any a: String! }
		type B implements Node { id: ID! name: String leaf: Leaf list: [Leaf!]! count: Int ratio: Float yes: Boolean kind: Kind any: Any b: [Int] }
		type Leaf { text: String! }
		enum Kind { X Y }
		scalar Any`);
	const document = parse(
		"{ must { text } node { ...F } nodes { ...F __typename } } fragment F on Node { n: name id leaf { text } list { text } count ratio yes kind any ... on A { a } ... on B { b } }",
	);
	const operation = document.definitions[0] as OperationDefinitionNode;
	const write = compileWriter(schema, operation, fragmentsOf(document));

	const leaf = fc.record({ text: fc.oneof({ weight: 9, arbitrary: fc.string() }, fc.constant(null)) });
	const node = fc.record({
		__typename: fc.oneof({ weight: 9, arbitrary: fc.constantFrom("A", "B") }, fc.constantFrom("C", null)),
		n: fc.option(fc.string()),
		id: fc.oneof(fc.string(), fc.nat()),
		leaf: fc.option(leaf),
		list: fc.array(leaf, { maxLength: 3 }),
		count: fc.option(fc.oneof({ weight: 9, arbitrary: fc.integer() }, fc.constantFrom("1", 1.5, true))),
		ratio: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
		yes: fc.option(fc.boolean()),
		kind: fc.option(fc.constantFrom("X", "Y", "Z")),
		any: fc.jsonValue(),
		a: fc.oneof({ weight: 9, arbitrary: fc.string() }, fc.constant(null)),
		b: fc.option(fc.array(fc.option(fc.integer({ min: -10, max: 10 })))),
	});
	const data = fc.record({
		must: fc.oneof({ weight: 9, arbitrary: leaf }, fc.constant(null)),
		node: fc.option(node),
		nodes: fc.option(fc.array(node, { maxLength: 3 })),
	});

	it("is the same written fast as completed by the specification, and given up exactly where completion finds an error", () => {
		fc.assert(
			fc.property(data, (given) => {
				const errors: ResponseError[] = [];
				const plain = JSON.parse(JSON.stringify(given)) as JsonObject;
				const completed = completeAnswer(schema, operation, fragmentsOf(document), plain, errors);
				const written = write(plain);
				if (errors.length === 0) expect(written).toBe(JSON.stringify(completed));
				else expect(written).toBeUndefined();
			}),
			{ numRuns: 2000 },
		);
	});

	it("has the error of a null in a non-null place once, at its path, and none where the subgraph told why", () => {
		const errors: ResponseError[] = [];
		const given = { must: { text: "m" }, node: { __typename: "A", id: "1", list: [{ text: null }], a: "a" }, nodes: null };
		expect(completeAnswer(schema, operation, fragmentsOf(document), given, errors)).toEqual({
			must: { text: "m" },
			node: null,
			nodes: null,
		});
		expect(errors.map(({ path }) => path)).toEqual([["node", "list", 0, "text"]]);
		const told: ResponseError[] = [{ message: "why", path: ["node", "list", 0, "text"], extensions: { code: "X" } }];
		completeAnswer(schema, operation, fragmentsOf(document), given, told);
		expect(told).toHaveLength(1);
	});

	it("is null as a whole when its root cannot be", () => {
		const errors: ResponseError[] = [];
		expect(completeAnswer(schema, operation, fragmentsOf(document), { must: null }, errors)).toBeNull();
		expect(errors).toMatchObject([{ message: "Cannot return null for non-nullable field Query.must.", path: ["must"] }]);
	});
});
