import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { CompositionError, composeSupergraph } from "../../schema/compose.ts";
import { diffSchemas } from "../../schema/diff.ts";
import { readHorizontal } from "../../schema/horizontal.ts";
import { emitSchemas, findDrift } from "../../subgraphs/emit-schema.ts";
import { checkContract } from "../../subgraphs/network/check-contract.ts";

const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, "../../schema", file), "utf8");

describe("the committed schema files", () => {
	it("are what the classes say", async () => {
		expect(findDrift(await emitSchemas())).toEqual([]);
	});

	it("hold an institute's schema that keeps the member contract", () => {
		expect(checkContract(parse(read("member.graphql")), read("subgraphs/institute.graphql"))).toEqual([]);
	});

	it("keep the horizontal directives in the supergraph, where the router reads them", () => {
		const { owned, roots } = readHorizontal(parse(read("supergraph.graphql")));
		expect(Object.fromEntries(owned)).toEqual({ BadgeClass: "id", Institute: "slug", Issuer: "id" });
		expect(roots.get("Query.badgeClasses")).toEqual({ kind: "gather", merge: "CONNECTION", owners: ["filter", "institutes"] });
		expect(roots.get("Query.badgeClass")).toEqual({ kind: "route", argument: "id" });
		expect(readHorizontal(parse(read("member.graphql")))).toEqual({ owned, roots: new Map([...roots]) });
	});

	it("hide from clients what is between the parts of the hub", () => {
		expect(read("api.graphql")).not.toMatch(/directory|changes\(|_entities|join__|GatherMerge/i);
	});
});

describe("composition", () => {
	it("refuses subgraphs that do not fit, and says why", () => {
		expect(() => composeSupergraph("type Query { a: Int }", new Map([["other", "type Query { a: String }"]]))).toThrow(CompositionError);
	});
});

describe("the comparison of two versions of the schema", () => {
	it("tells what would break clients from what may surprise them", () => {
		const { breaking, dangerous } = diffSchemas(
			"type Query { a: Int b(x: Int): E } enum E { X }",
			"type Query { b(x: Int): E } enum E { X Y }",
		);
		expect(breaking.map(({ description }) => description)).toEqual(["Query.a was removed."]);
		expect(dangerous.map(({ description }) => description)).toEqual(["Y was added to enum type E."]);
	});
});
