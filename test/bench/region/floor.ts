import { createServer } from "node:http";
import { Agent } from "undici";

/**
 * The floor: the same three pieces of work on the same members and subgraphs, by hand. No GraphQL on this side: fixed
 * texts are sent with undici, answers are joined and written. Nothing it leaves out can be left out by a router.
 */

interface Region {
	members: Record<string, string>;
	network: string;
	catalogue: string;
	competences: string;
}

type Row = Record<string, unknown> & { id: string; __typename?: string };

const region = JSON.parse(process.argv[2] as string) as Region;
const pool = new Agent({ connections: 32, pipelining: 1 });
const owners = new Map(Object.entries(region.members).sort(([a], [b]) => (a < b ? -1 : 1)));
const ownerOf = (id: string) => id.slice(0, id.indexOf(":"));

async function post(url: string, query: string, variables: object): Promise<Record<string, unknown>> {
	const { origin, pathname } = new URL(url);
	const { body } = await pool.request({
		origin,
		path: pathname,
		method: "POST",
		headers: { "content-type": "application/json" },
		body: JSON.stringify({ query, variables }),
	});
	return ((await body.json()) as { data: Record<string, unknown> }).data;
}

const entities = (fields: string) =>
	`query($representations:[_Any!]!){_entities(representations:$representations){...on BadgeClass{${fields}}}}`;
const representation = ({ id }: { id: string }) => ({ __typename: "BadgeClass", id });

/** Asks each owner once for the rows it owns, and merges what comes back into them. */
async function fromOwners(rows: readonly Row[], query: string): Promise<void> {
	const shares = new Map<string, Row[]>();
	for (const row of rows) shares.set(ownerOf(row.id), [...(shares.get(ownerOf(row.id)) ?? []), row]);
	await Promise.all(
		[...shares].map(async ([slug, share]) =>
			mergeAll(share, await post(owners.get(slug) as string, query, { representations: share.map(representation) })),
		),
	);
}

async function fromSubgraph(url: string, rows: readonly Row[], query: string): Promise<void> {
	if (rows.length > 0) mergeAll(rows, await post(url, query, { representations: rows.map(representation) }));
}

function mergeAll(rows: readonly Row[], { _entities }: { _entities?: unknown }): void {
	rows.forEach((row, index) => {
		Object.assign(row, (_entities as object[])[index]);
	});
}

const SEARCH_CATALOGUE =
	"query($q:String!){searchBadges(query:$q,first:20){totalCount facets{institutes{value label count} departements{value label count}} edges{node{id name excerpt{text match} instituteName badgeClass{id}}}}}";
const SEARCH_MEMBERS = entities("description issuer{name}");
const SEARCH_NETWORK = entities("recognisedBy{by{name}}");

async function search({ q }: { q: string }): Promise<object> {
	const data = await post(region.catalogue, SEARCH_CATALOGUE, { q });
	const rows = (data.searchBadges as { edges: { node: { badgeClass: Row } }[] }).edges.map(({ node }) => node.badgeClass);
	await Promise.all([fromOwners(rows, SEARCH_MEMBERS), fromSubgraph(region.network, rows, SEARCH_NETWORK)]);
	return data;
}

const BADGE_MEMBER =
	"query($id:ID!){badgeClass(id:$id){id name description criteria{narrative url} tags issuer{name url} institute{slug name}}}";
const BADGE_NETWORK =
	"query($a:[_Any!]!,$b:[_Any!]!){_e0:_entities(representations:$a){...on BadgeClass{recognisedBy{by{name} reason since}}} _e1:_entities(representations:$b){...on Institute{membership{name collectives{name}}}}}";
const BADGE_CATALOGUE = entities("requires{id name} requiredBy{id name}");
const BADGE_COMPETENCES = entities("competencies{competency{label}} jobs{job{code label}}");

async function badge({ id }: { id: string }): Promise<object> {
	const data = await post(owners.get(ownerOf(id)) as string, BADGE_MEMBER, { id });
	const row = data.badgeClass as Row & { institute: { slug: string } };
	const network = async () => {
		const { _e0, _e1 } = await post(region.network, BADGE_NETWORK, {
			a: [representation(row)],
			b: [{ __typename: "Institute", slug: row.institute.slug }],
		});
		Object.assign(row, (_e0 as object[])[0]);
		Object.assign(row.institute, (_e1 as object[])[0]);
	};
	await Promise.all([
		network(),
		fromSubgraph(region.catalogue, [row], BADGE_CATALOGUE),
		fromSubgraph(region.competences, [row], BADGE_COMPETENCES),
	]);
	return data;
}

const LIST_MEMBERS =
	"query($first:Int!){badgeClasses(first:$first,orderBy:NAME){totalCount edges{cursor node{id name issuer{name} institute{slug name}}} pageInfo{hasNextPage}}}";
const LIST_NETWORK = entities("recognisedBy{by{name} since reason}");
const LIST_CATALOGUE = entities("requires{id badgeClass{id}}");
const LIST_REQUIRED = entities("name issuer{name}");

interface Page {
	totalCount: number;
	edges: { cursor: string; node: Row }[];
	pageInfo: { hasNextPage: boolean };
}

async function list({ first }: { first: number }): Promise<object> {
	const pages = await Promise.all([...owners.values()].map(async (url) => (await post(url, LIST_MEMBERS, { first })).badgeClasses as Page));
	const edges = pages
		.flatMap((page) => page.edges)
		.sort((a, b) => (a.cursor < b.cursor ? -1 : 1))
		.slice(0, first);
	const nodes = edges.map(({ node }) => node);
	await Promise.all([fromSubgraph(region.network, nodes, LIST_NETWORK), fromSubgraph(region.catalogue, nodes, LIST_CATALOGUE)]);
	await fromOwners(
		nodes.flatMap(({ requires }) => (requires as { badgeClass: Row }[]).map(({ badgeClass }) => badgeClass)),
		LIST_REQUIRED,
	);
	return {
		badgeClasses: {
			totalCount: pages.reduce((sum, { totalCount }) => sum + totalCount, 0),
			pageInfo: { hasNextPage: true, endCursor: edges.at(-1)?.cursor },
			nodes,
		},
	};
}

const work = { Search: search, Badge: badge, List: list };

const server = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on("data", (chunk: Buffer) => chunks.push(chunk));
	request.on("end", async () => {
		const { operationName, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
			operationName: keyof typeof work;
			variables: never;
		};
		const body = Buffer.from(JSON.stringify({ data: await work[operationName](variables) }));
		response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
	});
});
server.listen(0, "127.0.0.1", () =>
	process.stdout.write(`ready http://127.0.0.1:${(server.address() as { port: number }).port}/graphql\n`),
);
