import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import path from "node:path";
import type { Hub } from "../../../router/hub.ts";
import { createMembersEndpoint } from "../../../router/members-endpoint/endpoint.ts";
import { createLog } from "../../../subgraphs/kit/log.ts";
import { type Answer, ask } from "../../kit/ask.ts";
import { until } from "../../kit/until.ts";
import { difference, show } from "../horizontal/difference.ts";
import type { Verdict } from "../verdict.ts";
import { type OtherRouter, startHiveGateway } from "./hive-gateway.ts";
import { type Scenario, scenarios } from "./scenarios.ts";

const CONTRACT_FILE = path.resolve(import.meta.dirname, "../../../schema/member.graphql");

type Ask = (query: string, variables: Record<string, unknown>) => Promise<Answer>;

/** Whether Hive Gateway, with the members endpoint for `members`, answers what our router answers on the same hub. */
export async function auditHiveGateway(hub: Hub): Promise<Verdict[]> {
	const endpoint = createMembersEndpoint({
		contractSdl: readFileSync(CONTRACT_FILE, "utf8"),
		members: hub.router.members,
		log: createLog("members", "warn"),
	});
	const [router, members] = await Promise.all([serve(hub.router.handle), serve(endpoint.handle)]);
	const gateway: OtherRouter = startHiveGateway({ ...hub.subgraphs, members: members.url });
	const ours: Ask = (query, variables) => ask(router.url, query, variables);
	try {
		const metabadge = await findMetabadge(ours);
		const verdicts: Verdict[] = [];
		for (const scenario of scenarios(metabadge.id, metabadge.institute.slug)) {
			const problem = await compare(scenario, ours, gateway.ask).catch((error: Error) => error.message);
			verdicts.push({
				id: scenario.id,
				subject: "Hive Gateway",
				title: scenario.title,
				required: true,
				...(problem === undefined ? {} : { problem }),
			});
		}
		return verdicts;
	} finally {
		await gateway.stop();
		await Promise.all([router.stop(), members.stop()]);
		await endpoint.stop();
	}
}

async function serve(
	handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ url: string; stop(): Promise<void> }> {
	const server = createServer((request, response) => void handle(request, response));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql`,
		async stop() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** A metabadge, once the catalogue has read every badge class: a search before that has other answers from one moment to the next. */
function findMetabadge(ours: Ask): Promise<{ id: string; institute: { slug: string } }> {
	const query =
		"{ badgeClassCount searchBadges(filter: { retired: true }, first: 1) { totalCount } badgeClasses(filter: { metabadge: true }, first: 1) { nodes { id institute { slug } } } }";
	return until(
		"the catalogue to know every badge",
		async () => {
			const { data } = await ours(query, {});
			return data.badgeClassCount === data.searchBadges.totalCount && data.badgeClasses.nodes[0];
		},
		60_000,
	);
}

/** What differs between the data of the two, over all pages. */
async function compare({ query, variables, names, next }: Scenario, ours: Ask, theirs: Ask): Promise<string | undefined> {
	let given = variables;
	for (let page = 1; page <= (next?.pages ?? 1); page += 1) {
		const [expected, actual] = await Promise.all([ours(query, given), theirs(query, given)]);
		if (expected.errors) return `our own router has errors: ${show(expected.errors)}`;
		if (actual.errors) return `errors: ${show(actual.errors)}`;
		const found = difference(actual.data, expected.data, page === 1 ? "data" : `data of page ${page}`);
		if (found !== undefined) return found;
		const held = JSON.stringify(expected.data).split(/"(?:name|label)":"/).length - 1;
		if (page === 1 && held < names) return `the answers hold ${held} names, and should hold ${names} at the least`;
		// Each page's cursor is the other router's.
		const cursor = next?.cursor.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], actual.data);
		if (!next || typeof cursor !== "string") return undefined;
		given = { ...variables, [next.variable]: cursor };
	}
	return undefined;
}
