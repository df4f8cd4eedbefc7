import { createServer } from "node:http";
import type { Dispatcher } from "undici";
import { createOutgoingPool } from "../../../subgraphs/kit/outgoing.ts";
import { readOptions } from "./system-options.ts";

/**
 * The floor: undici's `dispatch()` and joins by hand, without GraphQL, projecting the same fields. No limits, no
 * deadlines, no errors: what remains is what any router must do.
 */
const { subgraphs, members } = readOptions();
const pool = createOutgoingPool({ allowPrivateAddresses: true });
const urls = new Map(Object.entries(members).map(([slug, url]) => [slug, new URL(url)]));
const HEADERS = { "content-type": "application/json", accept: "application/json" };

function post(url: URL, body: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		const handler: Dispatcher.DispatchHandler = {
			onRequestStart() {},
			onResponseStart() {},
			onResponseData: (_controller, chunk) => void chunks.push(chunk),
			onResponseEnd: () => resolve((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString()),
			onResponseError: (_controller, error) => reject(error),
		};
		pool.dispatch({ origin: url.origin, path: url.pathname, method: "POST", headers: HEADERS, body }, handler);
	});
}

interface Badge {
	id: string;
	name: string;
	description: string;
	status: string;
	issuer: { id: string; name: string };
	level: number;
}

const DISCOVERY = new URL(subgraphs.discovery as string);
const LEVELS = new URL(subgraphs.levels as string);
const SEARCH = JSON.stringify("query($q:String!){search(q:$q,first:100){total hits{score badge{__typename id}}}}");
const BADGES = JSON.stringify(
	"query($representations:[_Any!]!){_entities(representations:$representations){...on BadgeClass{name description status issuer{id name}}}}",
);
const LEVEL = JSON.stringify("query($representations:[_Any!]!){_entities(representations:$representations){...on BadgeClass{level}}}");

async function join({ q }: { q: string }): Promise<object> {
	const { search } = JSON.parse(await post(DISCOVERY, `{"query":${SEARCH},"variables":${JSON.stringify({ q })}}`)).data as {
		search: { total: number; hits: { score: number; badge: Badge }[] };
	};
	const byOwner = new Map<string, Badge[]>();
	for (const { badge } of search.hits) {
		const owner = badge.id.slice(0, badge.id.indexOf(":"));
		const share = byOwner.get(owner);
		if (share) share.push(badge);
		else byOwner.set(owner, [badge]);
	}
	const ask = async (url: URL, query: string, badges: Badge[]) => {
		const rows = JSON.parse(
			await post(
				url,
				`{"query":${query},"variables":{"representations":${JSON.stringify(badges.map(({ id }) => ({ __typename: "BadgeClass", id })))}}}`,
			),
		).data._entities as object[];
		badges.forEach((badge, index) => void Object.assign(badge, rows[index]));
	};
	await Promise.all([
		ask(
			LEVELS,
			LEVEL,
			search.hits.map(({ badge }) => badge),
		),
		...[...byOwner].map(([owner, badges]) => ask(urls.get(owner) as URL, BADGES, badges)),
	]);
	return {
		search: {
			total: search.total,
			hits: search.hits.map(({ score, badge: { name, description, status, issuer, level } }) => ({
				score,
				badge: { name, description, status, issuer: { id: issuer.id, name: issuer.name }, level },
			})),
		},
	};
}

const PAGE = JSON.stringify(
	"query($first:Int!,$mark:String!){badgeClasses(first:$first,orderBy:NAME,filter:{tag:$mark}){totalCount edges{cursor node{id name issuer{name}}} pageInfo{hasNextPage}}}",
);

async function gather({ first, mark }: { first: number; mark: string }): Promise<object> {
	const body = `{"query":${PAGE},"variables":${JSON.stringify({ first, mark })}}`;
	const pages = await Promise.all(
		[...urls.values()].map(
			async (url) =>
				JSON.parse(await post(url, body)).data.badgeClasses as { totalCount: number; edges: { cursor: string; node: Badge }[] },
		),
	);
	const edges = pages
		.flatMap((page) => page.edges)
		.sort((a, b) => (a.cursor < b.cursor ? -1 : 1))
		.slice(0, first);
	return {
		badgeClasses: {
			totalCount: pages.reduce((sum, { totalCount }) => sum + totalCount, 0),
			pageInfo: { hasNextPage: true, endCursor: edges.at(-1)?.cursor },
			nodes: edges.map(({ node: { id, name, issuer } }) => ({ id, name, issuer: { name: issuer.name } })),
		},
	};
}

const work = { Join: join, Gather: gather };

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
process.on("SIGINT", () => process.exit(0));
server.listen(0, "127.0.0.1", () =>
	process.stdout.write(`ready http://127.0.0.1:${(server.address() as { port: number }).port}/graphql\n`),
);
