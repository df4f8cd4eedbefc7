import type { AuditCase } from "../case.ts";
import { THREE } from "./region.ts";

const RENAME = "mutation ($id: ID!, $name: String!) { renameBadgeClass(id: $id, name: $name) { id name } }";

export const MUTATIONS: AuditCase[] = [
	{
		id: "150c",
		title: "A mutation goes to exactly one owner, once",
		members: THREE,
		steps: [
			{
				ask: RENAME,
				variables: { id: "beta:forger", name: "Souder" },
				expect: {
					data: { renameBadgeClass: { id: "beta:forger", name: "Souder" } },
					completeness: { asked: 1 },
					requests: { alpha: 0, beta: 1, gamma: 0 },
				},
			},
			{ ask: '{ badgeClass(id: "beta:forger") { name } }', expect: { data: { badgeClass: { name: "Souder" } } } },
		],
	},
	{
		id: "481d",
		title: "A mutation whose connection breaks is not sent again: it may have been done",
		members: THREE,
		steps: [
			{ behave: "beta", as: { kind: "half", times: 1 } },
			{
				ask: RENAME,
				variables: { id: "beta:forger", name: "Souder" },
				expect: {
					data: { renameBadgeClass: null },
					errors: [{ code: "MEMBER_UNAVAILABLE", path: ["renameBadgeClass"], details: { institute: "beta", reason: "UNREACHABLE" } }],
					completeness: { asked: 1, missing: { beta: "UNREACHABLE" } },
					requests: { alpha: 0, beta: 1, gamma: 0 },
				},
			},
			{ ask: '{ badgeClass(id: "beta:forger") { name } }', expect: { data: { badgeClass: { name: "Souder" } } } },
		],
	},
	{
		id: "a90d",
		title: "A mutation that its owner does not answer in time is not sent again",
		members: THREE,
		steps: [
			{ behave: "gamma", as: { kind: "silent" } },
			{
				ask: RENAME,
				variables: { id: "gamma:lire", name: "Écrire" },
				expect: {
					data: { renameBadgeClass: null },
					errors: [{ code: "MEMBER_UNAVAILABLE", path: ["renameBadgeClass"], details: { institute: "gamma", reason: "TIMEOUT" } }],
					requests: { alpha: 0, beta: 0, gamma: 1 },
					within: 10_000,
				},
			},
		],
	},
	{
		id: "c0cd",
		title: "Mutations of one request are done one after the other, in the order asked, each at its own owner",
		members: THREE,
		steps: [
			{
				ask: 'mutation { one: renameBadgeClass(id: "beta:forger", name: "Un") { name } other: renameBadgeClass(id: "gamma:lire", name: "Deux") { name } two: renameBadgeClass(id: "beta:forger", name: "Trois") { name } }',
				expect: {
					data: { one: { name: "Un" }, other: { name: "Deux" }, two: { name: "Trois" } },
					completeness: { asked: 2 },
					requests: { alpha: 0, beta: 2, gamma: 1 },
				},
			},
			{ ask: '{ badgeClass(id: "beta:forger") { name } }', expect: { data: { badgeClass: { name: "Trois" } } } },
		],
	},
	{
		id: "4e7f",
		title: "A mutation of a row of nobody is refused, and nobody is asked",
		members: THREE,
		steps: [
			{
				ask: RENAME,
				variables: { id: "nobody:x", name: "X" },
				expect: {
					data: { renameBadgeClass: null },
					errors: [{ code: "UNKNOWN_INSTITUTE", path: ["renameBadgeClass"], details: { institute: "nobody" } }],
					requests: { alpha: 0, beta: 0, gamma: 0 },
				},
			},
		],
	},
	{
		id: "f07c",
		title: "What another subgraph says of a changed row is in the answer of the mutation",
		members: THREE,
		steps: [
			{
				ask: 'mutation { renameBadgeClass(id: "alpha:ecouter", name: "Entendre") { name note } }',
				expect: {
					data: { renameBadgeClass: { name: "Entendre", note: "Note on alpha:ecouter" } },
					requests: { alpha: 1, beta: 0, gamma: 0 },
				},
			},
		],
	},
];
