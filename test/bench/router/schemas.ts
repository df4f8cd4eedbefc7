import { readFileSync } from "node:fs";
import path from "node:path";
import { composeSupergraph } from "../../../schema/compose.ts";

/** The graphs of the benchmark: ours, with two vertical subgraphs beside the member contract; and the shape of the public gateways' benchmark. */

const LINK =
	'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires", "@provides"])';

export const DISCOVERY = `${LINK}
type Query { search(q: String!, first: Int!): SearchResult! sites(mark: String): [Site!]! archive(q: String!): [Entry!]! }
type SearchResult { total: Int! hits: [Hit!]! }
type Hit { score: Float! badge: BadgeClass }
type Site { id: ID! name: String! }
type Entry { id: ID! title: String! text: String! year: Int! tags: [String!]! }
type BadgeClass @key(fields: "id", resolvable: false) { id: ID! }`;

export const LEVELS = `${LINK}
type Query { levels: [String!]! }
type BadgeClass @key(fields: "id") { id: ID! level: Int! label: String! }`;

export const ACCOUNTS = `${LINK}
type Query { me: User users: [User] }
type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`;
export const INVENTORY = `${LINK}
type Query { stock: Int }
type Product @key(fields: "upc") { upc: String! weight: Int @external price: Int @external inStock: Boolean shippingEstimate: Int @requires(fields: "price weight") }`;
export const PRODUCTS = `${LINK}
type Query { topProducts(first: Int = 5): [Product] }
type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`;
export const REVIEWS = `${LINK}
type Query { reviewCount: Int }
type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
type Product @key(fields: "upc") { upc: String! reviews: [Review] }`;

const CONTRACT = readFileSync(path.resolve(import.meta.dirname, "../../../schema/member.graphql"), "utf8");

export function regionSupergraph(): string {
	return composeSupergraph(
		CONTRACT,
		new Map([
			["discovery", DISCOVERY],
			["levels", LEVELS],
		]),
	).supergraph;
}

export function shopSupergraph(): string {
	const [accounts, ...others] = Object.entries({ accounts: ACCOUNTS, inventory: INVENTORY, products: PRODUCTS, reviews: REVIEWS });
	return composeSupergraph((accounts as [string, string])[1], new Map(others), "accounts").supergraph;
}
