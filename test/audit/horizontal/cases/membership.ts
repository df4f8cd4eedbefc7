import { type AuditCase, rows } from "../case.ts";
import { BY_NAME, nodes, THREE, without } from "./region.ts";

const COUNT = "{ badgeClassCount }";

export const MEMBERSHIP: AuditCase[] = [
	{
		id: "b930",
		title: "A member that is admitted is asked by the next request, with nothing restarted",
		members: THREE,
		steps: [
			{ ask: COUNT, expect: { data: { badgeClassCount: 8 }, completeness: { asked: 3 } } },
			{ join: "delta", rows: rows("delta", { mesurer: "Mesurer" }) },
			{ ask: COUNT, expect: { data: { badgeClassCount: 9 }, completeness: { asked: 4 } } },
			{ ask: '{ badgeClass(id: "delta:mesurer") { name } }', expect: { data: { badgeClass: { name: "Mesurer" } } } },
		],
	},
	{
		id: "f339",
		title: "A member that has left is not asked and not missing, and its rows are nobody's",
		members: THREE,
		steps: [
			{ leave: "beta" },
			{
				ask: '{ badgeClasses { nodes { id } } badgeClass(id: "beta:forger") { name } }',
				expect: {
					data: { badgeClasses: { nodes: nodes(without(BY_NAME, "beta")) }, badgeClass: null },
					errors: [{ code: "UNKNOWN_INSTITUTE", path: ["badgeClass"], details: { institute: "beta" } }],
					completeness: { asked: 2 },
				},
			},
		],
	},
	{
		id: "7e85",
		title: "A member that has left may be admitted again",
		members: THREE,
		steps: [
			{ leave: "gamma" },
			{ ask: COUNT, expect: { data: { badgeClassCount: 6 }, completeness: { asked: 2 } } },
			{ join: "gamma", rows: THREE.gamma ?? [] },
			{ ask: COUNT, expect: { data: { badgeClassCount: 8 }, completeness: { asked: 3 } } },
		],
	},
	{
		id: "53f2",
		title: "A member that moves is asked at its new address",
		members: THREE,
		steps: [
			{ move: "beta" },
			{
				ask: '{ badgeClassCount badgeClass(id: "beta:forger") { name } }',
				expect: { data: { badgeClassCount: 8, badgeClass: { name: "Forger" } }, completeness: { asked: 3 } },
			},
		],
	},
	{
		id: "94e0",
		title: "Failures of a member's old address do not count against its new one",
		members: THREE,
		steps: [
			{ behave: "beta", as: { kind: "garbage", body: "", status: 500 } },
			{
				ask: COUNT,
				eventually: true,
				expect: { data: { badgeClassCount: 5 }, completeness: { asked: 3, missing: { beta: "CIRCUIT_OPEN" } } },
			},
			{ move: "beta" },
			{ ask: COUNT, expect: { data: { badgeClassCount: 8 }, completeness: { asked: 3 } } },
		],
	},
];
