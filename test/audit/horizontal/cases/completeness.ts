import type { AuditCase } from "../case.ts";
import { THREE } from "./region.ts";

const COUNT = "{ badgeClassCount }";

export const COMPLETENESS: AuditCase[] = [
	{
		id: "96dc",
		title: "An answer that is whole says of how many members",
		members: THREE,
		steps: [{ ask: COUNT, expect: { data: { badgeClassCount: 8 }, completeness: { asked: 3 } } }],
	},
	{
		id: "3cb6",
		title: "An answer that touched no member does not speak of members",
		members: THREE,
		steps: [
			{
				ask: '{ __typename references(ids: ["alpha:ecouter"]) { id badgeClass { id } } __type(name: "BadgeClass") { name } }',
				expect: {
					data: {
						__typename: "Query",
						references: [{ id: "alpha:ecouter", badgeClass: { id: "alpha:ecouter" } }],
						__type: { name: "BadgeClass" },
					},
					completeness: "none",
					requests: { alpha: 0, beta: 0, gamma: 0 },
				},
			},
		],
	},
	{
		id: "57ea",
		title: "Each missing member is named once, with its reason, however often it was asked",
		members: THREE,
		steps: [
			{ behave: "gamma", as: { kind: "garbage", body: "oops" } },
			{ stop: "alpha" },
			{
				ask: "{ badgeClassCount badgeClasses { totalCount } institutes { slug } }",
				expect: {
					data: { badgeClassCount: 3, badgeClasses: { totalCount: 3 }, institutes: [{ slug: "beta" }] },
					completeness: { asked: 3, missing: { alpha: "UNREACHABLE", gamma: "INVALID_ANSWER" } },
				},
			},
		],
	},
	{
		id: "da11",
		title: "When every member is missing, lists are empty and the answer says so",
		members: THREE,
		steps: [
			{ stop: "alpha" },
			{ stop: "beta" },
			{ stop: "gamma" },
			{
				ask: "{ badgeClasses { nodes { id } totalCount } }",
				expect: {
					data: { badgeClasses: { nodes: [], totalCount: 0 } },
					completeness: { asked: 3, missing: { alpha: "UNREACHABLE", beta: "UNREACHABLE", gamma: "UNREACHABLE" } },
				},
			},
		],
	},
	{
		id: "abf1",
		title: "Under the strict policy, by header, a missing member makes the whole request an error that names it",
		members: THREE,
		steps: [
			{ stop: "beta" },
			{
				ask: COUNT,
				headers: { "hub-completeness": "strict" },
				expect: {
					data: null,
					errors: [{ code: "INCOMPLETE", details: { missing: [{ institute: "beta", reason: "UNREACHABLE" }] } }],
					completeness: { asked: 3, missing: { beta: "UNREACHABLE" } },
				},
			},
		],
	},
	{
		id: "22e1",
		title: "Under the strict policy, by directive, a missing member makes the whole request an error",
		members: THREE,
		steps: [
			{ behave: "gamma", as: { kind: "garbage", body: "no", status: 500 } },
			{
				ask: "query @completeness(policy: STRICT) { badgeClassCount }",
				expect: { data: null, errors: [{ code: "INCOMPLETE", details: { missing: [{ institute: "gamma", reason: "HTTP_ERROR" }] } }] },
			},
			{
				ask: "query @completeness(policy: PARTIAL) { badgeClassCount }",
				expect: { data: { badgeClassCount: 6 }, completeness: { asked: 3, missing: { gamma: "HTTP_ERROR" } } },
			},
		],
	},
	{
		id: "3e41",
		title: "Under the strict policy, an answer that is whole is as it always is",
		members: THREE,
		steps: [
			{
				ask: COUNT,
				headers: { "hub-completeness": "strict" },
				expect: { data: { badgeClassCount: 8 }, completeness: { asked: 3 } },
			},
			{
				ask: '{ badgeClass(id: "beta:none") { name } }',
				headers: { "hub-completeness": "strict" },
				expect: { data: { badgeClass: null }, completeness: { asked: 1 } },
			},
		],
	},
	{
		id: "6c90",
		title: "A policy that does not exist is refused",
		members: THREE,
		steps: [
			{
				ask: COUNT,
				headers: { "hub-completeness": "perhaps" },
				expect: { errors: [{ code: "BAD_REQUEST" }], requests: { alpha: 0, beta: 0, gamma: 0 } },
			},
		],
	},
];
