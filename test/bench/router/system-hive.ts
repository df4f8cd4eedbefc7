import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { unifiedGraphHandler } from "@graphql-hive/router-runtime";
import { type DocumentNode, print } from "graphql";
import type { Execution, PreparedFetch } from "../../../router/execute/execution.ts";
import { Completeness } from "../../../router/horizontal/completeness.ts";
import type { Member } from "../../../router/horizontal/member.ts";
import { membersService } from "../../../router/horizontal/members-service.ts";
import { readSupergraph } from "../../../router/plan/supergraph.ts";
import { DEFAULT_MEMBER_LIMITS, httpMember } from "../../../router/transport/http-member.ts";
import { postJson } from "../../../router/transport/http-post.ts";
import { createOutgoingPool } from "../../../subgraphs/kit/outgoing.ts";
import { readOptions } from "./system-options.ts";

/**
 * Hive Gateway with the Rust planner and its own executor. It knows nothing of members: its fetches of `members` are
 * answered by our horizontal part in the same process, which spares it a hop; its other fetches go out by our client,
 * which is faster than its own.
 */
const { supergraph, subgraphs, members } = readOptions();
const sdl = Object.entries(subgraphs).reduce((text, [name, url]) => text.replace(`http://${name}/graphql`, url), supergraph);
const pool = createOutgoingPool({ allowPrivateAddresses: true });
const current = new Map<string, Member>(
	Object.entries(members).map(([slug, url]) => [
		slug,
		httpMember({ slug, name: slug, url: new URL(url), pool, limits: DEFAULT_MEMBER_LIMITS }),
	]),
);
const { schema, horizontal } = readSupergraph(supergraph);
const service = membersService(schema, horizontal, { current: () => current, onChange: () => () => undefined });
const prepared = new Map<string, PreparedFetch>();
const printed = new WeakMap<DocumentNode, string>();

async function executeOnMembers({ document, variables }: { document: DocumentNode; variables?: object }) {
	let text = printed.get(document);
	if (text === undefined) printed.set(document, (text = print(document)));
	let fetch = prepared.get(text);
	if (!fetch) prepared.set(text, (fetch = service.prepare(text)));
	const execution: Execution = {
		variables: {},
		data: null,
		errors: [],
		completeness: new Completeness(),
		signal: NEVER,
		until: Number.POSITIVE_INFINITY,
	};
	const { data, errors } = await fetch({ ...variables }, execution);
	return errors.length > 0 ? { data, errors } : { data };
}

function executeAt(url: URL) {
	return async ({ document, variables }: { document: DocumentNode; variables?: object }) => {
		let text = printed.get(document);
		if (text === undefined) printed.set(document, (text = print(document)));
		const body = JSON.stringify({ query: text, variables });
		return JSON.parse(await postJson(pool, url, body, { deadline: 5_000, largestAnswer: 8_000_000, signal: NEVER })) as object;
	};
}

const NEVER = new AbortController().signal;
const executors = new Map<string, unknown>([
	["members", executeOnMembers],
	...Object.entries(subgraphs).map(([name, url]) => [name, executeAt(new URL(url))] as const),
]);

const gateway = createGatewayRuntime({
	supergraph: sdl,
	unifiedGraphHandler,
	logging: false,
	maskedErrors: false,
	landingPage: false,
	graphiql: false,
	plugins: () => [
		{
			onSubgraphExecute({ subgraphName, setExecutor }: { subgraphName: string; setExecutor: (executor: never) => void }) {
				const executor = executors.get(subgraphName.toLowerCase());
				if (executor) setExecutor(executor as never);
			},
		} as never,
	],
});
const server = createServer(gateway as never);
server.listen(0, "127.0.0.1", () =>
	process.stdout.write(`ready http://127.0.0.1:${(server.address() as { port: number }).port}/graphql\n`),
);
