/**
 * The requests of the benchmark. Each has many variants, so that no two under way are the same, but for those of vi, which
 * take no argument. `ours` sends each read on its own; `sharing` is our router as shipped, which sends reads that are the
 * same and under way together once.
 */

export interface Scenario {
	title: string;
	graph: "region" | "shop";
	/** How many members the router knows. */
	members: number;
	/** Members beside them that do not answer in time, or at all. */
	broken?: boolean;
	bodies: string[];
	systems: readonly ("ours" | "sharing" | "hive" | "floor")[];
}

const VARIANTS = 100;

const variants = (operationName: string, query: string, variables: (index: number) => object): string[] =>
	Array.from({ length: VARIANTS }, (_, index) => JSON.stringify({ operationName, query, variables: variables(index) }));

const TRIVIAL = "query Trivial($mark: String!) { sites(mark: $mark) { id name } }";
const JOIN =
	"query Join($q: String!) { search(q: $q, first: 100) { total hits { score badge { name description status issuer { id name } level } } } }";
const GATHER =
	"query Gather($first: Int!, $mark: String!) { badgeClasses(first: $first, orderBy: NAME, filter: { tag: $mark }) { totalCount pageInfo { hasNextPage endCursor } nodes { id name issuer { name } } } }";
const LARGE = "query Large($q: String!) { archive(q: $q) { id title text year tags } }";
const SHOP = `query Shop { users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } } topProducts { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } }
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }`;

const gather = (members: number): Scenario => ({
	title: `iii gathered, ${members} members`,
	graph: "region",
	members,
	bodies: variants("Gather", GATHER, (index) => ({ first: 20, mark: `mot ${index}` })),
	systems: members === 10 ? ["ours", "sharing", "floor"] : ["ours"],
});

export const SCENARIOS: Record<string, Scenario> = {
	i: {
		title: "i trivial",
		graph: "region",
		members: 10,
		bodies: variants("Trivial", TRIVIAL, (index) => ({ mark: `mot ${index}` })),
		systems: ["ours", "sharing", "hive"],
	},
	ii: {
		title: "ii 100 references, 10 members, 2 verticals",
		graph: "region",
		members: 10,
		bodies: variants("Join", JOIN, (index) => ({ q: `mot ${index}` })),
		systems: ["ours", "sharing", "hive", "floor"],
	},
	iii1: gather(1),
	iii5: gather(5),
	iii10: gather(10),
	iii20: gather(20),
	iii50: gather(50),
	iii200: gather(200),
	iv: {
		title: "iv gathered, 50 members, one slow, one dead",
		graph: "region",
		members: 50,
		broken: true,
		bodies: variants("Gather", GATHER, (index) => ({ first: 20, mark: `mot ${index}` })),
		systems: ["ours"],
	},
	v: {
		title: "v answer of 1 MB",
		graph: "region",
		members: 10,
		bodies: variants("Large", LARGE, (index) => ({ q: `mot ${index}` })),
		systems: ["ours", "hive"],
	},
	vi: {
		title: "vi users, reviews, products",
		graph: "shop",
		members: 0,
		bodies: variants("Shop", SHOP, () => ({})),
		systems: ["ours", "sharing", "hive"],
	},
};
