import { readFileSync } from "node:fs";
import path from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, type GraphQLSchema, parse } from "graphql";
import { nameCursor } from "../../../schema/cursor.ts";
import { answerEntities } from "./canned-entities.ts";
import { ACCOUNTS, DISCOVERY, INVENTORY, LEVELS, PRODUCTS, REVIEWS } from "./schemas.ts";

/** The subgraphs of the benchmark, in memory. Each answer is worked out once and then kept: see `canned-server.ts`. */

export type Answer = (body: string) => Promise<string>;

function answerFrom(schema: GraphQLSchema): Answer {
	return async (body) => {
		const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
		return JSON.stringify(await execute({ schema, document: parse(query), variableValues: variables }));
	};
}

const subgraph = (sdl: string, resolvers: object): Answer =>
	answerEntities(answerFrom(buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }])));

const CONTRACT = readFileSync(path.resolve(import.meta.dirname, "../../../schema/member.graphql"), "utf8");
const ROWS_PER_MEMBER = 100;

/** The slugs of `count` members. */
export function memberSlugs(count: number): string[] {
	return Array.from({ length: count }, (_, index) => `member-${String(index).padStart(3, "0")}`);
}

export function memberGraph(slug: string): Answer {
	const institute = { __typename: "Institute", slug, name: `Institute ${slug}` };
	const issuer = { __typename: "Issuer", id: `${slug}:issuer`, name: `Issuer of ${slug}`, institute };
	const row = (index: number) => {
		const name = `Badge ${String(index).padStart(3, "0")} d'un geste du métier`;
		return {
			__typename: "BadgeClass",
			id: `${slug}:badge-${index}`,
			name,
			description: `Ce que prouve le badge ${index} de ${slug}, avec ses preuves et ses conditions.`,
			status: "PUBLISHED",
			language: "fr",
			issuer,
			institute,
		};
	};
	const rows = Array.from({ length: ROWS_PER_MEMBER }, (_, index) => row(index));
	const reference = ({ id }: { id: string }) => rows[Number(id.slice(id.lastIndexOf("-") + 1))] ?? null;
	return subgraph(CONTRACT, {
		Query: {
			badgeClass: (_: unknown, args: { id: string }) => reference(args),
			badgeClasses: (_: unknown, { first = 20, after }: { first?: number; after?: string }) => {
				const edges = rows
					.map((node) => ({ cursor: nameCursor(node.name, node.id), node }))
					.filter(({ cursor }) => after == null || cursor > after)
					.slice(0, first);
				return {
					edges,
					nodes: edges.map(({ node }) => node),
					totalCount: rows.length,
					pageInfo: { hasNextPage: true, hasPreviousPage: false },
				};
			},
		},
		BadgeClass: { __resolveReference: reference },
		Institute: { __resolveReference: () => institute },
		Issuer: { __resolveReference: () => issuer },
	});
}

export function discoveryGraph(members: readonly string[]): Answer {
	const entries = Array.from({ length: 2600 }, (_, index) => ({
		id: `entry-${index}`,
		title: `Titre ${index} d'une archive`,
		text: `${"Un texte de quelques mots, avec des accents éèà. ".repeat(5)}${index}`,
		year: 1990 + (index % 36),
		tags: ["un", "deux", `t${index % 7}`],
	}));
	return subgraph(DISCOVERY, {
		Query: {
			sites: () => [
				{ id: "1", name: "Toulouse" },
				{ id: "2", name: "Besançon" },
			],
			archive: () => entries,
			search: (_: unknown, { q, first }: { q: string; first: number }) => {
				const offset = Number(q.replace(/\D/g, "")) % ROWS_PER_MEMBER;
				return {
					total: 1000,
					hits: Array.from({ length: first }, (__, index) => ({
						score: 1 - index / 1000,
						badge: {
							__typename: "BadgeClass",
							id: `${members[index % members.length]}:badge-${(offset + Math.floor(index / members.length)) % ROWS_PER_MEMBER}`,
						},
					})),
				};
			},
		},
	});
}

export function levelsGraph(): Answer {
	return subgraph(LEVELS, {
		Query: { levels: () => ["1"] },
		BadgeClass: { __resolveReference: ({ id }: { id: string }) => ({ id, level: id.length % 5, label: `Niveau ${id.length % 5}` }) },
	});
}

/** Users, products and reviews in the numbers of the public benchmark: 6, 9 and 11. */
export function shopGraphs(): Record<string, Answer> {
	const users = Array.from({ length: 6 }, (_, index) => ({
		__typename: "User",
		id: String(index + 1),
		name: `User ${index + 1}`,
		username: `user${index + 1}`,
		birthday: 1980 + index,
	}));
	const products = Array.from({ length: 9 }, (_, index) => ({
		__typename: "Product",
		upc: String(index + 1),
		name: `Product ${index + 1}`,
		price: 100 * (index + 1),
		weight: 10 * (index + 1),
	}));
	const reviews = Array.from({ length: 11 }, (_, index) => ({
		__typename: "Review",
		id: String(index + 1),
		body: `A review of some words, number ${index + 1}`,
		author: { __typename: "User", id: "1", username: "user1" },
		product: { __typename: "Product", upc: String((index % 9) + 1) },
	}));
	return {
		accounts: subgraph(ACCOUNTS, {
			Query: { me: () => users[0], users: () => users },
			User: { __resolveReference: ({ id }: { id: string }) => users[Number(id) - 1] },
		}),
		inventory: subgraph(INVENTORY, {
			Product: {
				__resolveReference: (given: { upc: string; price?: number; weight?: number }) => ({
					...given,
					inStock: Number(given.upc) % 2 === 0,
					shippingEstimate: (given.price ?? 0) > 500 ? 0 : (given.weight ?? 0) / 2,
				}),
			},
		}),
		products: subgraph(PRODUCTS, {
			Query: { topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
			Product: { __resolveReference: ({ upc }: { upc: string }) => products[Number(upc) - 1] },
		}),
		reviews: subgraph(REVIEWS, {
			User: { __resolveReference: ({ id }: { id: string }) => ({ __typename: "User", id, reviews: reviews.slice(0, 2) }) },
			Product: {
				__resolveReference: ({ upc }: { upc: string }) => ({
					__typename: "Product",
					upc,
					reviews: reviews.filter((review) => review.product.upc === upc),
				}),
			},
		}),
	};
}
