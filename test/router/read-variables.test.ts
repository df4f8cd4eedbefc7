import fc from "fast-check";
import { buildSchema, type OperationDefinitionNode, parse } from "graphql";
import { getVariableValues } from "graphql/execution/values.js";
import { describe, expect, it } from "vitest";
import { compileVariables } from "../../router/execute/read-variables.ts";

const SCHEMA = buildSchema(`
	scalar Date
	enum Order { NAME DATE }
	input Filter { tag: String, sizes: [Int!] }
	type Query { a: Int, b: Float, c: ID, d: Boolean }
`);
const TYPES = [
	"String",
	"ID!",
	"Int",
	"Int!",
	"Float",
	"Boolean!",
	"Order",
	"Order!",
	"[String!]!",
	"[[Int]]",
	"Filter",
	"Date",
	"Int = 3",
	"Order! = NAME",
];

const values = fc.oneof(
	fc.constantFrom(undefined, null, "NAME", "DATE", "x", "", "3", 0, 3, -1, 2 ** 31, 1.5, Number.NaN, true, false),
	fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null)), { maxLength: 3 }),
	fc.constant({ tag: "a" }),
	fc.constant({ tag: 1, other: 2 }),
);

describe("variables", () => {
	it("are taken and refused exactly as graphql-js does, for every type and value", () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.constantFrom(...TYPES), values), { minLength: 1, maxLength: 4 }), (chosen) => {
				const text = `query (${chosen.map(([type], index) => `$v${index}: ${type}`).join(", ")}) { a }`;
				const operation = parse(text).definitions[0] as OperationDefinitionNode;
				const given = Object.fromEntries(chosen.flatMap(([, value], index) => (value === undefined ? [] : [[`v${index}`, value]])));
				const expected = getVariableValues(SCHEMA, operation.variableDefinitions ?? [], given, { maxErrors: 20 });
				const read = () => compileVariables(SCHEMA, operation)(given);
				if (expected.errors) expect(read).toThrow(expected.errors[0]?.message);
				else expect(read()).toEqual({ ...expected.coerced });
			}),
			{ numRuns: 2_000 },
		);
	});
});
