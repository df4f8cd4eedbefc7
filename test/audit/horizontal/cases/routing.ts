import type { AuditCase } from "../case.ts";
import { THREE } from "./region.ts";

export const ROUTING: AuditCase[] = [
	{
		id: "3e46",
		title: "A routed field is asked of the one member that its argument names",
		members: THREE,
		steps: [
			{
				ask: '{ badgeClass(id: "beta:forger") { id name institute { slug } issuer { name } } }',
				expect: {
					data: { badgeClass: { id: "beta:forger", name: "Forger", institute: { slug: "beta" }, issuer: { name: "Issuer of beta" } } },
					completeness: { asked: 1 },
					requests: { alpha: 0, beta: 1, gamma: 0 },
				},
			},
		],
	},
	{
		id: "5ea9",
		title: "The owner is named by a variable as well as by a literal",
		members: THREE,
		steps: [
			{
				ask: "query ($id: ID!) { badgeClass(id: $id) { name } }",
				variables: { id: "gamma:lire" },
				expect: { data: { badgeClass: { name: "Lire" } }, requests: { alpha: 0, beta: 0, gamma: 1 } },
			},
			{
				ask: "query ($id: ID!) { badgeClass(id: $id) { name } }",
				variables: { id: "alpha:ecouter" },
				expect: { data: { badgeClass: { name: "Écouter" } }, requests: { alpha: 1, beta: 0, gamma: 0 } },
			},
		],
	},
	{
		id: "fc9a",
		title: "An entity whose key is the owner's name itself is routed by its whole value",
		members: THREE,
		steps: [
			{
				ask: '{ institute(slug: "gamma") { slug name } }',
				expect: { data: { institute: { slug: "gamma", name: "Institute gamma" } }, requests: { alpha: 0, beta: 0, gamma: 1 } },
			},
		],
	},
	{
		id: "410a",
		title: "A row that its owner does not have is null, without an error",
		members: THREE,
		steps: [
			{
				ask: '{ badgeClass(id: "beta:none") { name } issuer(id: "beta:none") { name } }',
				expect: { data: { badgeClass: null, issuer: null }, completeness: { asked: 1 } },
			},
		],
	},
	{
		id: "53c2",
		title: "An id whose owner is no member is null with an error at its path, and nobody is asked",
		members: THREE,
		steps: [
			{
				ask: '{ lost: badgeClass(id: "nobody:x") { name } }',
				expect: {
					data: { lost: null },
					errors: [{ code: "UNKNOWN_INSTITUTE", path: ["lost"], details: { institute: "nobody" } }],
					completeness: "none",
					requests: { alpha: 0, beta: 0, gamma: 0 },
				},
			},
		],
	},
	{
		id: "11f7",
		title: "An id that names no owner at all is null with an error that names the argument",
		members: THREE,
		steps: [
			{
				ask: 'query ($id: ID!) { badgeClass(id: $id) { name } institute(slug: "not a slug") { name } }',
				variables: { id: "NOT:an id" },
				expect: {
					data: { badgeClass: null, institute: null },
					errors: [
						{ code: "BAD_USER_INPUT", path: ["badgeClass"], details: { field: "id" } },
						{ code: "BAD_USER_INPUT", path: ["institute"], details: { field: "slug" } },
					],
				},
			},
		],
	},
	{
		id: "a3a9",
		title: "Routed fields of one request go each to its own owner, under their aliases",
		members: THREE,
		steps: [
			{
				ask: 'query ($yes: Boolean!) { a: badgeClass(id: "alpha:reparer") { ...N } ... on Query { b: badgeClass(id: "beta:zinguer") @include(if: $yes) { ...N } g: badgeClass(id: "gamma:lire") @skip(if: $yes) { ...N } } } fragment N on BadgeClass { label: name }',
				variables: { yes: true },
				expect: {
					data: { a: { label: "Réparer" }, b: { label: "Zinguer" } },
					completeness: { asked: 2 },
					requests: { alpha: 1, beta: 1, gamma: 0 },
				},
			},
		],
	},
	{
		id: "74e7",
		title: "A member that does not answer a routed field is told at its path, and other fields of the request are answered",
		members: THREE,
		steps: [
			{ stop: "beta" },
			{
				ask: '{ lost: badgeClass(id: "beta:forger") { name } found: badgeClass(id: "gamma:lire") { name } }',
				expect: {
					data: { lost: null, found: { name: "Lire" } },
					errors: [{ code: "MEMBER_UNAVAILABLE", path: ["lost"], details: { institute: "beta", reason: "UNREACHABLE" } }],
					completeness: { asked: 2, missing: { beta: "UNREACHABLE" } },
				},
			},
		],
	},
];
