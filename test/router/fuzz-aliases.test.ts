import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rowsOf } from "../kit/member-server.ts";
import { runProgram } from "../kit/program.ts";
import { type Region, startRegion } from "../kit/region.ts";

/** What the fuzz test found: aliases that are names which plans and members' requests use for something else. */

let region: Region;

beforeAll(async () => {
	region = await startRegion({ alpha: rowsOf("alpha", ["Un"]) });
});
afterAll(() => region.stop());

describe("an alias that is the name of a key", () => {
	it("does not change what other subgraphs say of the row", async () => {
		const { data, errors } = await region.ask('{ institute(slug: "alpha") { slug: website membership { name } } }');
		expect(errors).toBeUndefined();
		expect(data).toEqual({ institute: { slug: null, membership: { name: "Institute alpha" } } });
	});

	it("may stand for an object, before or after what other subgraphs say", async () => {
		for (const query of [
			'{ badgeClass(id: "alpha:un-0") { id: issuer { name } recognisedBy { id } } }',
			'{ badgeClass(id: "alpha:un-0") { recognisedBy { id } id: issuer { name } } }',
		]) {
			const { data, errors } = await region.ask(query);
			expect(errors).toBeUndefined();
			expect(data.badgeClass).toEqual({ id: { name: "Issuer of alpha" }, recognisedBy: [] });
		}
	});

	it("does not end the router's process", async () => {
		const program = runProgram("test/router/fuzz-plan-program.ts", [
			'{ badgeClass(id: "alpha:un-0") { recognisedBy { id } id: issuer { __typename } } }',
		]);
		expect([await program.ended, program.output()]).toEqual([0, "planned\n"]);
	});
});

describe("an alias that the router uses in its own requests", () => {
	it.each([
		["__key", '{ badgeClass(id: "alpha:un-0") { __key: name } }', { badgeClass: { __key: "Un" } }],
		["__rows", "{ badgeClasses { __rows: totalCount } }", { badgeClasses: { __rows: 1 } }],
		["__page", "{ badgeClasses { __page: nodes { name } } }", { badgeClasses: { __page: [{ name: "Un" }] } }],
		[
			"__typename",
			'{ badgeClass(id: "alpha:un-0") { __typename: name recognisedBy { id } } }',
			{ badgeClass: { __typename: "Un", recognisedBy: [] } },
		],
		["__empty", '{ badgeClass(id: "alpha:un-0") { __empty: name } }', { badgeClass: { __empty: "Un" } }],
		["_entities", '{ _entities: badgeClass(id: "alpha:un-0") { name } }', { _entities: { name: "Un" } }],
	])("is the client's to use: %s", async (_, query, expected) => {
		const { data, errors } = await region.ask(query);
		expect(errors).toBeUndefined();
		expect(data).toEqual(expected);
	});
});
