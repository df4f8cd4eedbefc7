import { type AuditCase, rows, saved } from "../case.ts";
import { BY_NAME, NEWEST_FIRST, nodes, THREE, without } from "./region.ts";

const PAGE =
	"query ($first: Int, $after: String, $last: Int, $before: String) { badgeClasses(first: $first, after: $after, last: $last, before: $before) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
const IDS =
	"query ($first: Int, $after: String, $last: Int, $before: String) { badgeClasses(first: $first, after: $after, last: $last, before: $before) { nodes { id } } }";
const END = "badgeClasses.pageInfo.endCursor";
const START = "badgeClasses.pageInfo.startCursor";
const ids = (list: readonly string[]) => ({ badgeClasses: { nodes: nodes(list) } });

export const PAGING: AuditCase[] = [
	{
		id: "87ca",
		title: "Read forward, in pages of any size, every row comes once and in order",
		members: THREE,
		steps: [1, 2, 3, 5, 8, 100].map((size) => ({ walk: { size }, expect: BY_NAME })),
	},
	{
		id: "c5c3",
		title: "Read backward, in pages of any size, every row comes once and in order",
		members: THREE,
		steps: [
			{ walk: { size: 3, backward: true }, expect: [...BY_NAME.slice(5), ...BY_NAME.slice(2, 5), ...BY_NAME.slice(0, 2)] },
			{ walk: { size: 1, backward: true }, expect: [...BY_NAME].reverse() },
			{ walk: { size: 50, backward: true }, expect: BY_NAME },
		],
	},
	{
		id: "96ea",
		title: "Every order can be read page by page",
		members: THREE,
		steps: ["CREATED", "UPDATED"].map((orderBy) => ({ walk: { size: 3, orderBy }, expect: NEWEST_FIRST })),
	},
	{
		id: "88f6",
		title: "A list goes on from the cursor of any of its edges",
		members: THREE,
		steps: [
			{ ask: "{ badgeClasses(first: 5) { edges { cursor } } }", save: "page", expect: {} },
			{
				ask: IDS,
				variables: { first: 2, after: saved("page", "badgeClasses.edges.1.cursor") },
				expect: { data: ids(BY_NAME.slice(2, 4)) },
			},
			{
				ask: IDS,
				variables: { last: 2, before: saved("page", "badgeClasses.edges.4.cursor") },
				expect: { data: ids(BY_NAME.slice(2, 4)) },
			},
		],
	},
	{
		id: "755c",
		title: "A list can be read between two cursors",
		members: THREE,
		steps: [
			{ ask: "{ badgeClasses(first: 7) { edges { cursor } } }", save: "page", expect: {} },
			{
				ask: IDS,
				variables: {
					first: 100,
					after: saved("page", "badgeClasses.edges.1.cursor"),
					before: saved("page", "badgeClasses.edges.6.cursor"),
				},
				expect: { data: ids(BY_NAME.slice(2, 6)) },
			},
		],
	},
	{
		id: "8b7e",
		title: "hasNextPage and hasPreviousPage say whether there are rows of any member beyond the page",
		members: THREE,
		steps: [
			{
				ask: "{ badgeClasses(first: 8) { pageInfo { hasNextPage } } }",
				expect: { data: { badgeClasses: { pageInfo: { hasNextPage: false } } } },
			},
			{
				ask: "{ badgeClasses(first: 7) { pageInfo { hasNextPage } } }",
				expect: { data: { badgeClasses: { pageInfo: { hasNextPage: true } } } },
			},
			{
				ask: "{ badgeClasses(last: 7) { pageInfo { hasPreviousPage } } }",
				expect: { data: { badgeClasses: { pageInfo: { hasPreviousPage: true } } } },
			},
			{
				ask: "{ badgeClasses(last: 8) { pageInfo { hasPreviousPage } } }",
				expect: { data: { badgeClasses: { pageInfo: { hasPreviousPage: false } } } },
			},
		],
	},
	{
		id: "861e",
		title: "A page of no rows says whether there are any",
		members: THREE,
		steps: [
			{
				ask: "{ badgeClasses(first: 0) { nodes { id } totalCount pageInfo { hasNextPage startCursor endCursor } } }",
				expect: {
					data: { badgeClasses: { nodes: [], totalCount: 8, pageInfo: { hasNextPage: true, startCursor: null, endCursor: null } } },
				},
			},
		],
	},
	{
		id: "2dcd",
		title: "A member that joins between two pages is in those that follow, from their place on",
		members: THREE,
		steps: [
			{
				walk: { size: 3 },
				meanwhile: [{ join: "delta", rows: rows("delta", { early: "Abattre", mid: "Habiter", late: "Zoner" }) }],
				expect: [...BY_NAME.slice(0, 4), "delta:mid", ...BY_NAME.slice(4), "delta:late"],
			},
		],
	},
	{
		id: "ebc5",
		title: "A member that leaves between two pages takes its rows with it, and no other is lost or repeated",
		members: THREE,
		steps: [{ walk: { size: 3 }, meanwhile: [{ leave: "beta" }], expect: [...BY_NAME.slice(0, 3), ...without(BY_NAME.slice(3), "beta")] }],
	},
	{
		id: "b92f",
		title: "A member that fails between two pages is missing from the second and back in the third, in its place",
		members: THREE,
		steps: [
			{ ask: PAGE, variables: { first: 3 }, save: "first", expect: {} },
			{ stop: "gamma" },
			{
				ask: PAGE,
				variables: { first: 2, after: saved("first", END) },
				save: "second",
				expect: {
					data: {
						badgeClasses: {
							nodes: nodes(["beta:forger", "alpha:reparer"]),
							pageInfo: {
								hasNextPage: true,
								hasPreviousPage: true,
								startCursor: { $any: "text" },
								endCursor: { $any: "text" },
							},
						},
					},
					completeness: { asked: 3, missing: { gamma: "UNREACHABLE" } },
				},
			},
			{ start: "gamma" },
			{
				ask: IDS,
				variables: { last: 3, before: saved("second", END) },
				expect: { data: ids(["beta:forger", "gamma:lire", "gamma:oeuvrer"]), completeness: { asked: 3 } },
			},
		],
	},
	{
		id: "8fed",
		title: "A cursor holds when the row it was made from is gone",
		members: THREE,
		steps: [
			{ walk: { size: 4 }, meanwhile: [{ drop: "beta", id: "beta:forger" }], expect: BY_NAME },
			{ walk: { size: 3 }, expect: BY_NAME.filter((id) => id !== "beta:forger") },
		],
	},
	{
		id: "a672",
		title: "A row that is new between two pages comes when its place is still ahead",
		members: THREE,
		steps: [
			{
				walk: { size: 4 },
				meanwhile: [
					{ add: "gamma", row: rows("gamma", { behind: "Aider" })[0] as never },
					{ add: "gamma", row: rows("gamma", { ahead: "Nettoyer" })[0] as never },
				],
				expect: [...BY_NAME.slice(0, 5), "gamma:ahead", ...BY_NAME.slice(5)],
			},
		],
	},
	{
		id: "6cbe",
		title: "A cursor is good again after its owner has left and come back",
		members: THREE,
		steps: [
			{ ask: PAGE, variables: { last: 1 }, save: "end", expect: {} },
			{ leave: "beta" },
			{ ask: IDS, variables: { last: 2, before: saved("end", START) }, expect: { data: ids(["gamma:oeuvrer", "alpha:reparer"]) } },
			{ join: "beta", rows: THREE.beta ?? [] },
			{ ask: IDS, variables: { first: 2, after: saved("end", START) }, expect: { data: ids([]) } },
		],
	},
	{
		id: "df25",
		title: "The cursor of one list is refused by another: other order, other filter, other make",
		members: THREE,
		steps: [
			{ ask: PAGE, variables: { first: 2 }, save: "page", expect: {} },
			...[
				"query ($after: String) { badgeClasses(first: 2, after: $after, orderBy: CREATED) { totalCount } }",
				'query ($after: String) { badgeClasses(first: 2, after: $after, filter: { tag: "x" }) { totalCount } }',
			].map((ask) => ({
				ask,
				variables: { after: saved("page", END) },
				expect: { data: null, errors: [{ code: "BAD_USER_INPUT", path: ["badgeClasses"], details: { field: "after" } }] },
			})),
			{
				ask: '{ badgeClasses(last: 2, before: "fold alpha:x") { totalCount } }',
				expect: { data: null, errors: [{ code: "BAD_USER_INPUT", path: ["badgeClasses"], details: { field: "before" } }] },
			},
		],
	},
	{
		id: "d44a",
		title: "A page that is too large, of a negative size, or counted from both ends is refused, and nobody is asked",
		members: THREE,
		steps: [
			["first: 101", "first"],
			["last: 1000", "last"],
			["first: -1", "first"],
			["first: 1, last: 1", "last"],
		].map(([args, field]) => ({
			ask: `{ badgeClasses(${args}) { totalCount } }`,
			expect: {
				data: null,
				errors: [{ code: "BAD_USER_INPUT", path: ["badgeClasses"], details: { field } }],
				requests: { alpha: 0, beta: 0, gamma: 0 },
			},
		})),
	},
];
