import type { Behaviour } from "../../../kit/member-server.ts";
import { type AuditCase, rows } from "../case.ts";
import { BY_NAME, nodes, THREE, without } from "./region.ts";

const LIST = "{ badgeClasses { nodes { id } totalCount } badgeClassCount }";

/** Beta misbehaves: it is missing by name, and every other row is there. */
function misbehaving(id: string, title: string, as: Behaviour, reason: string): AuditCase {
	const left = without(BY_NAME, "beta");
	return {
		id,
		title,
		members: THREE,
		steps: [
			{ behave: "beta", as },
			{
				ask: LIST,
				expect: {
					data: { badgeClasses: { nodes: nodes(left), totalCount: left.length }, badgeClassCount: left.length },
					completeness: { asked: 3, missing: { beta: reason } },
					within: 10_000,
				},
			},
			{ behave: "beta", as: { kind: "normal" } },
			{
				ask: LIST,
				eventually: true,
				expect: { data: { badgeClasses: { nodes: nodes(BY_NAME), totalCount: 8 }, badgeClassCount: 8 }, completeness: { asked: 3 } },
			},
		],
	};
}

export const FAILURES: AuditCase[] = [
	misbehaving("fb04", "A member that never answers is missing after its deadline", { kind: "silent" }, "TIMEOUT"),
	misbehaving("23e7", "A member that answers with a page of HTML is missing", { kind: "garbage", body: "<html>" }, "INVALID_ANSWER"),
	misbehaving("242c", "A member that answers with JSON that is no answer is missing", { kind: "garbage", body: "[1,2]" }, "INVALID_ANSWER"),
	misbehaving(
		"63fe",
		"A member that answers without the data asked for is missing",
		{ kind: "garbage", body: '{"data":{}}' },
		"INVALID_ANSWER",
	),
	misbehaving(
		"360d",
		"A member that answers with data of another type is missing",
		{ kind: "garbage", body: '{"data":{"badgeClasses":7,"badgeClassCount":"x"}}' },
		"INVALID_ANSWER",
	),
	misbehaving("4b04", "A member that answers with a server error is missing", { kind: "garbage", body: "no", status: 503 }, "HTTP_ERROR"),
	misbehaving(
		"bdd9",
		"A member that says it has too many requests is missing",
		{ kind: "garbage", body: "later", status: 429 },
		"HTTP_ERROR",
	),
	misbehaving(
		"45c7",
		"A member that sends its clients elsewhere is missing: nobody is followed there",
		{ kind: "garbage", body: "", status: 302 },
		"HTTP_ERROR",
	),
	misbehaving("6ed8", "A member that cuts the connection half-way is missing", { kind: "half" }, "UNREACHABLE"),
	misbehaving("10a1", "A member that answers with nine megabytes is missing", { kind: "huge", bytes: 9_000_000 }, "TOO_LARGE"),
	{
		id: "f8e3",
		title: "A member that refuses connections is missing, and back with the first request after it is",
		members: THREE,
		steps: [
			{ stop: "beta" },
			{
				ask: "{ badgeClassCount }",
				expect: { data: { badgeClassCount: 5 }, completeness: { asked: 3, missing: { beta: "UNREACHABLE" } } },
			},
			{ start: "beta" },
			{ ask: "{ badgeClassCount }", expect: { data: { badgeClassCount: 8 }, completeness: { asked: 3 } } },
		],
	},
	{
		id: "69ec",
		title: "A member that is slow within its deadline is waited for",
		members: THREE,
		steps: [
			{ behave: "gamma", as: { kind: "slow", milliseconds: 250 } },
			{ ask: "{ badgeClassCount }", expect: { data: { badgeClassCount: 8 }, completeness: { asked: 3 } } },
		],
	},
	{
		id: "955d",
		title: "A read whose connection breaks once is sent once more",
		members: THREE,
		steps: [
			{ behave: "gamma", as: { kind: "half", times: 1 } },
			{
				ask: "{ badgeClassCount }",
				expect: { data: { badgeClassCount: 8 }, completeness: { asked: 3 }, requests: { alpha: 1, gamma: 2 } },
			},
		],
	},
	{
		id: "d029",
		title: "A member that keeps failing is left alone for a moment, and asked again by itself",
		members: THREE,
		steps: [
			{ behave: "beta", as: { kind: "garbage", body: "", status: 500 } },
			{
				ask: "{ badgeClassCount }",
				eventually: true,
				expect: {
					data: { badgeClassCount: 5 },
					completeness: { asked: 3, missing: { beta: "CIRCUIT_OPEN" } },
					requests: { alpha: 1, beta: 0 },
				},
			},
			{ behave: "beta", as: { kind: "normal" } },
			{ ask: "{ badgeClassCount }", eventually: true, expect: { data: { badgeClassCount: 8 }, completeness: { asked: 3 } } },
		],
	},
	{
		id: "ecb0",
		title: "Rows in a wrong order are put in order, and told",
		members: THREE,
		steps: [
			{ behave: "alpha", as: { kind: "reversed" } },
			{
				ask: "{ badgeClasses { nodes { id } } }",
				expect: {
					data: { badgeClasses: { nodes: nodes(BY_NAME) } },
					errors: [{ code: "OUT_OF_ORDER", path: ["badgeClasses"], details: { institute: "alpha" } }],
				},
			},
		],
	},
	{
		id: "f794",
		title: "Rows from before the page are not shown again, and told",
		members: THREE,
		steps: [
			{ ask: "{ badgeClasses(first: 4) { pageInfo { endCursor } } }", save: "page", expect: {} },
			{ behave: "alpha", as: { kind: "repeating" } },
			{
				ask: "query ($after: String) { badgeClasses(first: 20, after: $after) { nodes { id } } }",
				variables: { after: { $saved: "page", path: "badgeClasses.pageInfo.endCursor" } },
				expect: {
					data: { badgeClasses: { nodes: nodes(BY_NAME.slice(4)) } },
					errors: [{ code: "OUT_OF_ORDER", path: ["badgeClasses"], details: { institute: "alpha" } }],
				},
			},
		],
	},
	{
		id: "c7a1",
		title: "A member that gives fewer rows than asked for, and has more, loses none of them: the page ends with its last row",
		members: THREE,
		steps: [
			{ behave: "alpha", as: { kind: "capped", rows: 1 } },
			{ walk: { size: 5 }, expect: BY_NAME },
			{
				ask: "{ badgeClasses(last: 8) { nodes { id } pageInfo { hasPreviousPage } } }",
				expect: {
					data: { badgeClasses: { nodes: nodes(["alpha:reparer", "beta:zinguer"]), pageInfo: { hasPreviousPage: true } } },
				},
			},
		],
	},
	{
		id: "5d3e",
		title: "A row of another's that a member puts on its page does not push rows of its own out of the list",
		members: {
			alpha: rows("alpha", { b: "B", d: "D", f: "F" }),
			beta: rows("beta", { a: "A", c: "C", e: "E" }),
		},
		steps: [
			{ lie: "beta", about: { "beta:a": { id: "alpha:stolen" } } },
			{
				ask: "{ badgeClasses(first: 2) { nodes { id } pageInfo { endCursor } } }",
				save: "page",
				expect: {
					data: { badgeClasses: { nodes: nodes(["alpha:b", "beta:c"]), pageInfo: { endCursor: { $any: "text" } } } },
					errors: [{ code: "FOREIGN_ROW" }],
				},
			},
			{
				ask: "query ($after: String) { badgeClasses(first: 9, after: $after) { nodes { id } } }",
				variables: { after: { $saved: "page", path: "badgeClasses.pageInfo.endCursor" } },
				expect: { data: { badgeClasses: { nodes: nodes(["alpha:d", "beta:e", "alpha:f"]) } } },
			},
		],
	},
	{
		id: "e08b",
		title: "A member that gives more rows than asked for does not make the page longer",
		members: THREE,
		steps: [
			{ behave: "gamma", as: { kind: "greedy" } },
			{ walk: { size: 2 }, expect: BY_NAME },
		],
	},
	{
		id: "19f4",
		title: "A row that a member gives twice is shown once, and told",
		members: THREE,
		steps: [
			{ behave: "beta", as: { kind: "doubling" } },
			{
				ask: "{ badgeClasses(first: 20) { nodes { id } } }",
				expect: {
					data: { badgeClasses: { nodes: nodes(BY_NAME) } },
					errors: [{ code: "OUT_OF_ORDER", path: ["badgeClasses"], details: { institute: "beta" } }],
				},
			},
		],
	},
	{
		id: "b4ff",
		title: "A row under another member's prefix is dropped from lists, whatever the client selects, and told",
		members: THREE,
		steps: [
			{ lie: "gamma", about: { "gamma:lire": { id: "alpha:stolen" } } },
			{
				ask: "{ badgeClasses { nodes { name } } }",
				expect: {
					data: {
						badgeClasses: {
							nodes: ["Accueillir", "accueillir", "Écouter", "Forger", "Œuvrer", "Réparer", "Zinguer"].map((name) => ({ name })),
						},
					},
					errors: [{ code: "FOREIGN_ROW", details: { institute: "gamma", id: "alpha:stolen" } }],
				},
			},
		],
	},
	{
		id: "7e70",
		title: "A row under another member's prefix is dropped from a routed field, whatever the client selects, and told",
		members: THREE,
		steps: [
			{ lie: "gamma", about: { "gamma:lire": { id: "alpha:ecouter" } } },
			{
				ask: '{ badgeClass(id: "gamma:lire") { name } }',
				expect: {
					data: { badgeClass: null },
					errors: [{ code: "FOREIGN_ROW", path: ["badgeClass"], details: { institute: "gamma", id: "alpha:ecouter" } }],
				},
			},
		],
	},
	{
		id: "7be2",
		title: "A foreign row below a row of a list costs that row at the most, never the list",
		members: THREE,
		steps: [
			{ lie: "beta", about: { "beta:forger": { issuer: { id: "alpha:issuer", name: "Issuer of alpha" } } } },
			{
				ask: "{ badgeClasses { nodes { id issuer { id } } } }",
				expect: {
					data: {
						badgeClasses: {
							nodes: BY_NAME.filter((id) => id !== "beta:forger").map((id) => ({ id, issuer: { id: `${id.split(":")[0]}:issuer` } })),
						},
					},
					errors: [{ code: "FOREIGN_ROW", details: { institute: "beta", id: "alpha:issuer" } }],
				},
			},
		],
	},
	{
		id: "a36d",
		title: "A row of a list that breaks the schema costs that row at the most, never the list",
		members: THREE,
		steps: [
			{ behave: "beta", as: { kind: "rewriting", text: '"Forger"', by: "null" } },
			{
				ask: "{ badgeClasses { nodes { id name } } }",
				expect: {
					data: {
						badgeClasses: {
							nodes: [
								{ id: "alpha:accueillir", name: "Accueillir" },
								{ id: "beta:accueillir", name: "accueillir" },
								{ id: "alpha:ecouter", name: "Écouter" },
								{ id: "gamma:lire", name: "Lire" },
								{ id: "gamma:oeuvrer", name: "Œuvrer" },
								{ id: "alpha:reparer", name: "Réparer" },
								{ id: "beta:zinguer", name: "Zinguer" },
							],
						},
					},
					errors: "any",
				},
			},
		],
	},
	{
		id: "47a7",
		title: "A foreign row below another is dropped at its path, and told",
		members: THREE,
		steps: [
			{ lie: "gamma", about: { "gamma:lire": { issuer: { id: "beta:issuer", name: "Issuer of beta" } } } },
			{
				ask: '{ badgeClass(id: "gamma:lire") { name issuer { id } } }',
				expect: {
					data: { badgeClass: null },
					errors: [{ code: "FOREIGN_ROW", path: ["badgeClass", "issuer"], details: { institute: "gamma", id: "beta:issuer" } }],
				},
			},
		],
	},
	{
		id: "420a",
		title: "A member's own errors are told as its, at their paths",
		members: { alpha: rows("alpha", { a: "A" }) },
		steps: [
			{
				behave: "alpha",
				as: {
					kind: "garbage",
					body: '{"data":{"badgeClass":null},"errors":[{"message":"Its database is being repaired","path":["badgeClass"],"extensions":{"code":"REPAIR","secret":"host 10.0.0.1"}}]}',
				},
			},
			{
				ask: '{ badgeClass(id: "alpha:a") { name } }',
				expect: {
					data: { badgeClass: null },
					errors: [{ code: "REPAIR", path: ["badgeClass"], details: { institute: "alpha" } }],
					completeness: { asked: 1 },
				},
			},
		],
	},
	{
		id: "ee1b",
		title: "An answer that breaks the schema is null up to the nearest nullable field, with an error at its path",
		members: { alpha: rows("alpha", { a: "A" }) },
		steps: [
			{
				behave: "alpha",
				as: { kind: "garbage", body: '{"data":{"badgeClass":{"id":"alpha:a","__key":"alpha:a","name":null,"tags":["x"]}}}' },
			},
			{
				ask: '{ badgeClass(id: "alpha:a") { id name tags } }',
				expect: { data: { badgeClass: null }, errors: [{ code: "INVALID_SUBGRAPH_ANSWER", path: ["badgeClass", "name"] }] },
			},
		],
	},
];
