import { ANY_TEXT, type AuditCase, rows } from "../case.ts";
import { BY_NAME, NEWEST_FIRST, nodes, THREE } from "./region.ts";

export const GATHERING: AuditCase[] = [
	{
		id: "3cd5",
		title: "A list holds the rows of every member in one order, accents and case ignored, rows of one name by their ids",
		members: THREE,
		steps: [
			{
				ask: "{ badgeClasses(orderBy: NAME) { nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage } } }",
				expect: {
					data: {
						badgeClasses: { nodes: nodes(BY_NAME), totalCount: 8, pageInfo: { hasNextPage: false, hasPreviousPage: false } },
					},
					completeness: { asked: 3 },
					requests: { alpha: 1, beta: 1, gamma: 1 },
				},
			},
		],
	},
	{
		id: "31e5",
		title: "A list is in the order of its default argument when none is given",
		members: THREE,
		steps: [
			{ ask: "{ badgeClasses(first: 3) { nodes { id } } }", expect: { data: { badgeClasses: { nodes: nodes(BY_NAME.slice(0, 3)) } } } },
		],
	},
	{
		id: "aec0",
		title: "CREATED is newest first, rows of one instant by their ids",
		members: THREE,
		steps: [
			{ ask: "{ badgeClasses(orderBy: CREATED) { nodes { id } } }", expect: { data: { badgeClasses: { nodes: nodes(NEWEST_FIRST) } } } },
		],
	},
	{
		id: "c600",
		title: "UPDATED is last changed first, whatever the order of creation",
		members: {
			alpha: rows("alpha", {
				old: { name: "A", createdAt: "2020-01-01T00:00:00.000Z", updatedAt: "2026-05-01T00:00:00.001Z" },
				new: { name: "B", createdAt: "2026-04-01T00:00:00.000Z", updatedAt: "2026-04-01T00:00:00.000Z" },
			}),
			beta: rows("beta", {
				old: { name: "C", createdAt: "2019-01-01T00:00:00.000Z", updatedAt: "2026-05-01T00:00:00.002Z" },
				new: { name: "D", createdAt: "2026-04-30T00:00:00.000Z", updatedAt: "2026-05-01T00:00:00.000Z" },
			}),
		},
		steps: [
			{
				ask: "query ($order: BadgeClassOrder!) { badgeClasses(orderBy: $order) { nodes { id } } }",
				variables: { order: "UPDATED" },
				expect: { data: { badgeClasses: { nodes: nodes(["beta:old", "alpha:old", "beta:new", "alpha:new"]) } } },
			},
		],
	},
	{
		id: "e684",
		title: "Rows are compared by code point, where UTF-16 would have another order",
		members: { alpha: rows("alpha", { far: "\u{20000}" }), beta: rows("beta", { near: "\u{FA0E}" }) },
		steps: [{ ask: "{ badgeClasses { nodes { id } } }", expect: { data: { badgeClasses: { nodes: nodes(["beta:near", "alpha:far"]) } } } }],
	},
	{
		id: "aed8",
		title: "A page is asked of each member with the size asked for, and totals are of all pages",
		members: THREE,
		steps: [
			{
				ask: "{ badgeClasses(first: 2) { nodes { id } totalCount pageInfo { hasNextPage } } }",
				expect: {
					data: { badgeClasses: { nodes: nodes(BY_NAME.slice(0, 2)), totalCount: 8, pageInfo: { hasNextPage: true } } },
					pages: { alpha: [2], beta: [2], gamma: [2] },
				},
			},
		],
	},
	{
		id: "6ee3",
		title: "Without first and last there are twenty rows, however many members",
		members: {
			alpha: rows(
				"alpha",
				Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`r${index}`, `A ${String(index).padStart(2, "0")}`])),
			),
			beta: rows(
				"beta",
				Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`r${index}`, `B ${String(index).padStart(2, "0")}`])),
			),
		},
		steps: [
			{
				ask: "{ badgeClasses { nodes { id } totalCount pageInfo { hasNextPage } } }",
				expect: {
					data: {
						badgeClasses: {
							nodes: nodes([
								...Array.from({ length: 15 }, (_, index) => `alpha:r${index}`),
								...Array.from({ length: 5 }, (_, index) => `beta:r${index}`),
							]),
							totalCount: 30,
							pageInfo: { hasNextPage: true },
						},
					},
				},
			},
		],
	},
	{
		id: "f34a",
		title: "Edges and nodes are the same rows, under aliases, in fragments, and asked for several times",
		members: THREE,
		steps: [
			{
				ask: `query ($with: Boolean!) { list: badgeClasses(first: 2) { ...C rows: edges { c: cursor node { n: name issuer { name @include(if: $with) } } } again: nodes { issuer { id } } info: pageInfo { start: startCursor endCursor } __typename } }
				fragment C on BadgeClassConnection { nodes { id } nodes { __typename } count: totalCount }`,
				variables: { with: true },
				expect: {
					data: {
						list: {
							nodes: [
								{ id: "alpha:accueillir", __typename: "BadgeClass" },
								{ id: "beta:accueillir", __typename: "BadgeClass" },
							],
							count: 8,
							rows: [
								{ c: ANY_TEXT, node: { n: "Accueillir", issuer: { name: "Issuer of alpha" } } },
								{ c: ANY_TEXT, node: { n: "accueillir", issuer: { name: "Issuer of beta" } } },
							],
							again: [{ issuer: { id: "alpha:issuer" } }, { issuer: { id: "beta:issuer" } }],
							info: { start: ANY_TEXT, endCursor: ANY_TEXT },
							__typename: "BadgeClassConnection",
						},
					},
				},
			},
		],
	},
	{
		id: "6fac",
		title: "Two lists of one request, with other orders and sizes, do not mix",
		members: THREE,
		steps: [
			{
				ask: "{ a: badgeClasses(first: 3) { nodes { id } } b: badgeClasses(first: 2, orderBy: CREATED) { nodes { id } } }",
				expect: {
					data: { a: { nodes: nodes(BY_NAME.slice(0, 3)) }, b: { nodes: nodes(NEWEST_FIRST.slice(0, 2)) } },
					completeness: { asked: 3 },
				},
			},
		],
	},
	{
		id: "727b",
		title: "A member without rows has answered",
		members: { ...THREE, empty: [] },
		steps: [
			{
				ask: "{ badgeClasses { totalCount } badgeClassCount }",
				expect: { data: { badgeClasses: { totalCount: 8 }, badgeClassCount: 8 }, completeness: { asked: 4 } },
			},
		],
	},
	{
		id: "7f2c",
		title: "A network without members has empty lists and sums of nothing",
		members: {},
		steps: [
			{
				ask: "{ badgeClasses { nodes { id } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } badgeClassCount institutes { slug } }",
				expect: {
					data: {
						badgeClasses: {
							nodes: [],
							totalCount: 0,
							pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
						},
						badgeClassCount: 0,
						institutes: [],
					},
				},
			},
		],
	},
	{
		id: "fe88",
		title: "A list merged as LIST is in the order of the members' names",
		members: { beta: THREE.beta ?? [], gamma: [], alpha: THREE.alpha ?? [] },
		steps: [
			{
				ask: "{ institutes { slug name } }",
				expect: {
					data: {
						institutes: [
							{ slug: "alpha", name: "Institute alpha" },
							{ slug: "beta", name: "Institute beta" },
							{ slug: "gamma", name: "Institute gamma" },
						],
					},
					completeness: { asked: 3 },
				},
			},
		],
	},
	{
		id: "a545",
		title: "A field merged as SUM is added up, its filter passed on to every member",
		members: {
			alpha: rows("alpha", { a: { name: "A", tags: ["x"] }, b: "B" }),
			beta: rows("beta", { a: { name: "A", tags: ["x"] } }),
			gamma: rows("gamma", { a: { name: "A", tags: ["y"] } }),
		},
		steps: [
			{
				ask: 'query ($filter: BadgeClassFilter) { all: badgeClassCount x: badgeClassCount(filter: $filter) none: badgeClassCount(filter: { tag: "z" }) }',
				variables: { filter: { tag: "x" } },
				expect: { data: { all: 4, x: 2, none: 0 }, completeness: { asked: 3 } },
			},
		],
	},
];
