import { readFileSync } from "node:fs";
import path from "node:path";
import { parse, print } from "graphql";
import { describe, expect, it } from "vitest";
import { printPlan } from "../../router/plan/print.ts";
import { specialise } from "../../router/plan/specialise.ts";
import { readSupergraph } from "../../router/plan/supergraph.ts";

const supergraph = readSupergraph(readFileSync(path.resolve(import.meta.dirname, "../../schema/supergraph.graphql"), "utf8"));
const plan = (query: string) => printPlan(supergraph.planner.plan(query, null, new Set(), 0).node);

describe("the plan", () => {
	it("of a list with what the network and the catalogue add asks members first, then both side by side, then members again", () => {
		expect(
			plan("{ badgeClasses(first: 2) { nodes { name recognisedBy { by { name } } requires { badgeClass { name issuer { name } } } } } }"),
		).toMatchInlineSnapshot(`
			"sequence
			  fetch members
			    {
			      badgeClasses(first: 2) {
			        nodes {
			          __typename
			          name
			          id
			        }
			      }
			    }
			  parallel
			    at badgeClasses.nodes.@
			      fetch catalogue
			        query ($representations: [_Any!]!) {
			          _entities(representations: $representations) {
			            ... on BadgeClass {
			              requires {
			                badgeClass {
			                  __typename
			                  id
			                }
			              }
			            }
			          }
			        }
			    at badgeClasses.nodes.@
			      fetch network
			        query ($representations: [_Any!]!) {
			          _entities(representations: $representations) {
			            ... on BadgeClass {
			              recognisedBy {
			                by {
			                  name
			                }
			              }
			            }
			          }
			        }
			  at badgeClasses.nodes.@.requires.@.badgeClass
			    fetch members
			      query ($representations: [_Any!]!) {
			        _entities(representations: $representations) {
			          ... on BadgeClass {
			            name
			            issuer {
			              name
			            }
			          }
			        }
			      }"
		`);
	});

	it("of a search asks the catalogue, then the owners of what it found", () => {
		expect(
			plan('{ searchBadges(query: "emploi") { totalCount edges { node { name badgeClass { description } } } } }'),
		).toMatchInlineSnapshot(`
			"sequence
			  fetch catalogue
			    {
			      searchBadges(query: "emploi") {
			        totalCount
			        edges {
			          node {
			            name
			            badgeClass {
			              __typename
			              id
			            }
			          }
			        }
			      }
			    }
			  at searchBadges.edges.@.node.badgeClass
			    fetch members
			      query ($representations: [_Any!]!) {
			        _entities(representations: $representations) {
			          ... on BadgeClass {
			            description
			          }
			        }
			      }"
		`);
	});
});

describe("conditions", () => {
	it("are settled before planning, with the variables and fragments that fall away", () => {
		const document = parse(
			"query ($a: Boolean!, $id: ID!) { badgeClass(id: $id) { name @include(if: $a) ...F @skip(if: $a) } badgeClassCount @skip(if: true) } fragment F on BadgeClass { description }",
		);
		expect(print(specialise(document, { a: true }))).toBe("query ($id: ID!) {\n  badgeClass(id: $id) {\n    name\n  }\n}");
		expect(print(specialise(document, { a: false }))).toBe(
			"query ($id: ID!) {\n  badgeClass(id: $id) {\n    ...F\n  }\n}\n\nfragment F on BadgeClass {\n  description\n}",
		);
	});

	it("that leave nothing to select leave an object without fields", () => {
		expect(print(specialise(parse('{ badgeClass(id: "a:b") { name @skip(if: true) } }'), {}))).toContain("__empty: __typename");
	});
});
