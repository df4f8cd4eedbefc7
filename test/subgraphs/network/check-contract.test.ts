import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "graphql";
import { describe, expect, test } from "vitest";
import { instituteSchema } from "../../../subgraphs/institute/schema.ts";
import { printSubgraphSchema } from "../../../subgraphs/kit/federated-schema.ts";
import { checkContract } from "../../../subgraphs/network/check-contract.ts";

const contract = readFileSync(path.resolve(import.meta.dirname, "../../../schema/member.graphql"), "utf8");

describe("the contract", () => {
	const check = (sdl: string) => checkContract(parse(contract), sdl);

	test("is met by itself, and by the reference institute, which offers more", async () => {
		expect(check(contract)).toEqual([]);
		expect(check(printSubgraphSchema(await instituteSchema()))).toEqual([]);
	});

	test.each([
		["without a field", /^\tcriteria: .*\n| {2}criteria: Criteria!\n/m, "", "BadgeClass.criteria: there is no such field"],
		[
			"with a field that may be null",
			/name: String!\n {2}description: String!/,
			"name: String\n  description: String!",
			"BadgeClass.name: must be String!, and is String",
		],
		["without an argument", /changes\(since: String, /, "changes(", "Query.changes(since:): there is no such argument"],
		[
			"with another default",
			/orderBy: BadgeClassOrder! = NAME/,
			"orderBy: BadgeClassOrder! = CREATED",
			"Query.badgeClasses(orderBy:): must be NAME by default",
		],
		[
			"with an argument that nobody would send",
			/institute\(slug: ID!\)/,
			"institute(slug: ID!, token: String!)",
			"Query.institute(token:): is required, and the contract does not know it",
		],
		["without a key", /type Issuer @key\(fields: "id"\)/, "type Issuer", 'Issuer: must be an entity, @key(fields: "id")'],
		["without a value", / {2}AT_LEAST\n/, "", "RequirementRule: lacks the value AT_LEAST"],
		["that is not a schema", /^.*$/s, "type {", 'The schema cannot be read: Syntax Error: Expected Name, found "{".'],
	])("is not met by a schema %s, and says where", (_name, find, replacement, problem) => {
		const changed = contract.replace(find, replacement);
		expect(changed).not.toBe(contract);
		expect(check(changed)).toEqual([problem]);
	});
});
