import { type AuditCase, rows } from "../case.ts";
import { nodes, THREE } from "./region.ts";

export const PRUNING: AuditCase[] = [
	{
		id: "c18f",
		title: "A filter that names institutes keeps the others from being asked",
		members: THREE,
		steps: [
			{
				ask: '{ badgeClasses(filter: { institutes: ["gamma", "alpha"] }) { nodes { id } totalCount } }',
				expect: {
					data: {
						badgeClasses: {
							nodes: nodes(["alpha:accueillir", "alpha:ecouter", "gamma:lire", "gamma:oeuvrer", "alpha:reparer"]),
							totalCount: 5,
						},
					},
					completeness: { asked: 2 },
					requests: { alpha: 1, beta: 0, gamma: 1 },
				},
			},
		],
	},
	{
		id: "234b",
		title: "Institutes are named by variables at any depth of the filter, and a single one needs no list",
		members: THREE,
		steps: [
			{
				ask: "query ($filter: BadgeClassFilter) { badgeClassCount(filter: $filter) }",
				variables: { filter: { institutes: ["beta"] } },
				expect: { data: { badgeClassCount: 3 }, completeness: { asked: 1 }, requests: { alpha: 0, beta: 1, gamma: 0 } },
			},
			{
				ask: "query ($slugs: [ID!]) { badgeClassCount(filter: { institutes: $slugs }) }",
				variables: { slugs: "gamma" },
				expect: { data: { badgeClassCount: 2 }, completeness: { asked: 1 }, requests: { alpha: 0, beta: 0, gamma: 1 } },
			},
			{
				ask: '{ badgeClassCount(filter: { institutes: "alpha" }) }',
				expect: { data: { badgeClassCount: 3 }, completeness: { asked: 1 }, requests: { alpha: 1, beta: 0, gamma: 0 } },
			},
		],
	},
	{
		id: "2e2e",
		title: "A filter that names an institute that is none says so, and the others are asked",
		members: THREE,
		steps: [
			{
				ask: '{ badgeClasses(filter: { institutes: ["gamma", "nobody"] }) { totalCount } }',
				expect: {
					data: { badgeClasses: { totalCount: 2 } },
					errors: [{ code: "UNKNOWN_INSTITUTE", path: ["badgeClasses"], details: { institute: "nobody", field: "filter.institutes" } }],
					completeness: { asked: 1 },
				},
			},
		],
	},
	{
		id: "67e4",
		title: "A filter that names no institute at all asks nobody, and one that is null asks everybody",
		members: THREE,
		steps: [
			{
				ask: "{ badgeClasses(filter: { institutes: [] }) { nodes { id } totalCount } }",
				expect: { data: { badgeClasses: { nodes: [], totalCount: 0 } }, completeness: "none", requests: { alpha: 0, beta: 0, gamma: 0 } },
			},
			{
				ask: "query ($filter: BadgeClassFilter) { badgeClassCount(filter: $filter) }",
				variables: { filter: { institutes: null } },
				expect: { data: { badgeClassCount: 8 }, completeness: { asked: 3 } },
			},
		],
	},
	{
		id: "5f85",
		title: "A filtered list can be read page by page",
		members: {
			alpha: rows("alpha", { a: { name: "A", tags: ["x"] }, b: "B", c: { name: "C", tags: ["x"] } }),
			beta: rows("beta", { b: { name: "B", tags: ["x", "y"] }, d: { name: "D", tags: ["y"] }, e: { name: "E", tags: ["x"] } }),
		},
		steps: [
			{ walk: { size: 1, filter: { tag: "x" } }, expect: ["alpha:a", "beta:b", "alpha:c", "beta:e"] },
			{ walk: { size: 2, filter: { tag: "x", institutes: ["beta"] } }, expect: ["beta:b", "beta:e"] },
		],
	},
	{
		id: "e985",
		title: "A member that is down but not asked is not missing",
		members: THREE,
		steps: [
			{ stop: "beta" },
			{
				ask: '{ badgeClassCount(filter: { institutes: ["alpha", "gamma"] }) }',
				headers: { "hub-completeness": "strict" },
				expect: { data: { badgeClassCount: 5 }, completeness: { asked: 2 } },
			},
		],
	},
];
