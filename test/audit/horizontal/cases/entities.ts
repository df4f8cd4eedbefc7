import type { AuditCase } from "../case.ts";
import { THREE } from "./region.ts";

const REFERENCES = "query ($ids: [ID!]!) { references(ids: $ids) { badgeClass { name } } }";
const badges = (names: readonly (string | null)[]) => ({
	references: names.map((name) => ({ badgeClass: name === null ? null : { name } })),
});
const unavailable = (institute: string, reason: string, path: (string | number)[]) => ({
	code: "MEMBER_UNAVAILABLE",
	path,
	details: { institute, reason },
});

export const ENTITIES: AuditCase[] = [
	{
		id: "69ba",
		title: "References to rows of many members keep their places, and each owner is asked once",
		members: THREE,
		steps: [
			{
				ask: REFERENCES,
				variables: {
					ids: ["beta:zinguer", "alpha:ecouter", "gamma:lire", "alpha:reparer", "beta:forger", "gamma:oeuvrer", "alpha:accueillir"],
				},
				expect: {
					data: badges(["Zinguer", "Écouter", "Lire", "Réparer", "Forger", "Œuvrer", "Accueillir"]),
					completeness: { asked: 3 },
					requests: { alpha: 1, beta: 1, gamma: 1 },
				},
			},
		],
	},
	{
		id: "3bb2",
		title: "A row that is referred to many times is filled in at each of its places",
		members: THREE,
		steps: [
			{
				ask: REFERENCES,
				variables: { ids: ["beta:forger", "gamma:lire", "beta:forger", "beta:forger"] },
				expect: { data: badges(["Forger", "Lire", "Forger", "Forger"]), requests: { alpha: 0, beta: 1, gamma: 1 } },
			},
		],
	},
	{
		id: "3a09",
		title: "A reference to a row that its owner does not have is null, and its owner has answered",
		members: THREE,
		steps: [
			{
				ask: REFERENCES,
				variables: { ids: ["beta:none", "beta:forger"] },
				// Whether it is worth an error is not settled: other routers tell that a field which is not null is missing.
				expect: { data: badges([null, "Forger"]), errors: "any", completeness: { asked: 1 } },
			},
		],
	},
	{
		id: "a85f",
		title: "A reference to a row of nobody is null with an error at its place, and the others are there",
		members: THREE,
		steps: [
			{
				ask: REFERENCES,
				variables: { ids: ["alpha:ecouter", "stranger:x", "no id", "gamma:lire"] },
				expect: {
					data: badges(["Écouter", null, null, "Lire"]),
					errors: [
						{ code: "UNKNOWN_INSTITUTE", path: ["references", 1, "badgeClass"], details: { institute: "stranger" } },
						{ code: "BAD_USER_INPUT", path: ["references", 2, "badgeClass"] },
					],
					completeness: { asked: 2 },
				},
			},
		],
	},
	{
		id: "6d32",
		title: "An owner that is down nulls its own rows, each with an error at its path, and nobody else's",
		members: THREE,
		steps: [
			{ stop: "beta" },
			{
				ask: REFERENCES,
				variables: { ids: ["beta:forger", "alpha:ecouter", "beta:zinguer", "gamma:lire"] },
				expect: {
					data: badges([null, "Écouter", null, "Lire"]),
					errors: [0, 2].map((index) => unavailable("beta", "UNREACHABLE", ["references", index, "badgeClass"])),
					completeness: { asked: 3, missing: { beta: "UNREACHABLE" } },
				},
			},
		],
	},
	{
		id: "74c7",
		title: "References of several types to one owner go in one request",
		members: THREE,
		steps: [
			{
				ask: "query ($ids: [ID!]!) { references(ids: $ids) { badgeClass { name } issuer { name } institute { name } } }",
				variables: { ids: ["alpha:ecouter", "gamma:lire"] },
				expect: {
					data: {
						references: [
							{ badgeClass: { name: "Écouter" }, issuer: { name: "Issuer of alpha" }, institute: { name: "Institute alpha" } },
							{ badgeClass: { name: "Lire" }, issuer: { name: "Issuer of gamma" }, institute: { name: "Institute gamma" } },
						],
					},
					requests: { alpha: 1, beta: 0, gamma: 1 },
				},
			},
		],
	},
	{
		id: "69e2",
		title: "Rows reached from two places of an answer are asked of their owner in one request",
		members: THREE,
		steps: [
			{
				ask: '{ a: references(ids: ["beta:forger", "gamma:lire"]) { badgeClass { name } } b: references(ids: ["beta:zinguer"]) { badgeClass { name tags } } }',
				expect: {
					data: {
						a: [{ badgeClass: { name: "Forger" } }, { badgeClass: { name: "Lire" } }],
						b: [{ badgeClass: { name: "Zinguer", tags: [] } }],
					},
					requests: { alpha: 0, beta: 1, gamma: 1 },
				},
			},
		],
	},
	{
		id: "aa1e",
		title: "A hundred references to three members are three requests",
		members: THREE,
		steps: [
			{
				ask: REFERENCES,
				variables: { ids: Array.from({ length: 100 }, (_, index) => ["alpha:ecouter", "beta:forger", "gamma:lire"][index % 3]) },
				expect: {
					data: badges(Array.from({ length: 100 }, (_, index) => ["Écouter", "Forger", "Lire"][index % 3] as string)),
					requests: { alpha: 1, beta: 1, gamma: 1 },
				},
			},
		],
	},
	{
		id: "f693",
		title: "What another subgraph says of members' rows is merged into lists and references",
		members: THREE,
		steps: [
			{
				ask: '{ badgeClasses(first: 3) { nodes { name note } edges { node { note } } } references(ids: ["gamma:lire"]) { badgeClass { note name } } }',
				expect: {
					data: {
						badgeClasses: {
							nodes: [
								{ name: "Accueillir", note: "Note on alpha:accueillir" },
								{ name: "accueillir", note: "Note on beta:accueillir" },
								{ name: "Écouter", note: "Note on alpha:ecouter" },
							],
							edges: ["alpha:accueillir", "beta:accueillir", "alpha:ecouter"].map((id) => ({ node: { note: `Note on ${id}` } })),
						},
						references: [{ badgeClass: { note: "Note on gamma:lire", name: "Lire" } }],
					},
				},
			},
		],
	},
	{
		id: "2d8a",
		title: "Conditions on fields of references cost no second request",
		members: THREE,
		steps: [
			{
				ask: "query ($ids: [ID!]!, $more: Boolean!) { references(ids: $ids) { badgeClass { name ... @include(if: $more) { issuer { name } } tags @skip(if: $more) } } }",
				variables: { ids: ["beta:forger"], more: true },
				expect: {
					data: { references: [{ badgeClass: { name: "Forger", issuer: { name: "Issuer of beta" } } }] },
					requests: { alpha: 0, beta: 1, gamma: 0 },
				},
			},
		],
	},
	{
		id: "4eaa",
		title: "A list of entities with one too few is not an answer: whose row is which cannot be known",
		members: THREE,
		steps: [
			{ behave: "alpha", as: { kind: "short" } },
			{
				ask: REFERENCES,
				variables: { ids: ["alpha:ecouter", "alpha:reparer", "gamma:lire"] },
				expect: {
					data: badges([null, null, "Lire"]),
					errors: [0, 1].map((index) => unavailable("alpha", "INVALID_ANSWER", ["references", index, "badgeClass"])),
					completeness: { asked: 2, missing: { alpha: "INVALID_ANSWER" } },
				},
			},
		],
	},
	{
		id: "78b4",
		title: "A row under another member's prefix is dropped from references, and told",
		members: THREE,
		steps: [
			{ lie: "beta", about: { "beta:forger": { issuer: { id: "alpha:issuer", name: "Issuer of alpha" } } } },
			{
				ask: '{ references(ids: ["beta:forger", "beta:zinguer"]) { badgeClass { name request { open } alias: issuer { id } } } }',
				expect: {
					data: {
						references: [{ badgeClass: null }, { badgeClass: { name: "Zinguer", request: { open: false }, alias: { id: "beta:issuer" } } }],
					},
					errors: [
						{
							code: "FOREIGN_ROW",
							path: ["references", 0, "badgeClass", "alias"],
							details: { institute: "beta", id: "alpha:issuer" },
						},
					],
				},
			},
		],
	},
];
