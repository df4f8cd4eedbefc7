import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { signingKeyFile } from "../../subgraphs/demonstration/institutes.ts";
import { keepKeys } from "../../subgraphs/kit/key-file.ts";
import { authorityFolder, openAuthority } from "../../subgraphs/network/trust/authority.ts";
import { signStatement } from "../../subgraphs/network/trust/sign-statement.ts";
import { serveHub } from "../../web/serve.ts";
import { ask } from "../kit/ask.ts";
import { until } from "../kit/until.ts";

/**
 * `npm run bench -- revocation`: milliseconds from the answer that a revocation was recorded until a recognition is gone
 * from a badge's page, the network's page, GraphQL, the search's index and TRQP, and until the subscription tells of it.
 */

const ROUNDS = 15;
const BY = "relais-nievre";
const OF = "emfor-bfc";
const BADGE = `${OF}:super-accompagnateur`;
const PUBLISH = `mutation ($token: String!) { publishStatement(token: $token) { __typename
	... on StatementPublished { statement { id } } ... on NetworkChangeRefused { code message } } }`;

export async function benchRevocation(): Promise<Record<string, { median: number; worst: number }>> {
	const folder = mkdtempSync(path.join(tmpdir(), "bench-revocation-"));
	chmodSync(folder, 0o755);
	const dataFolder = path.join(folder, "data");
	const served = await serveHub({
		port: 0,
		host: "127.0.0.1",
		dataFolder,
		logLevel: "silent",
		onFatal: (reason) => {
			throw new Error(reason);
		},
	});
	const url = `${served.origin}/graphql`;
	const client = createClient({ url: url.replace("http", "ws"), webSocketImpl: WebSocket });
	try {
		let heard = 0;
		client.subscribe(
			{ query: "subscription { networkChanged { version } }" },
			{ next: () => void (heard = performance.now()), error: () => undefined, complete: () => undefined },
		);
		await until("the first event", () => heard > 0);
		const { network } = openAuthority(authorityFolder(dataFolder));
		const keys = keepKeys(signingKeyFile(path.join(dataFolder, "keys"), BY));
		const publish = async (kind: "RECOGNITION" | "REVOCATION", claims: object): Promise<string> => {
			const token = await signStatement(keys, kind, { iss: BY, aud: network, ...claims });
			const { publishStatement: result } = (await ask(url, PUBLISH, { token })).data;
			if (result.__typename !== "StatementPublished") throw new Error(`${result.code}: ${result.message}`);
			return result.statement.id;
		};
		const text = async (place: string) => (await fetch(served.origin + place)).text();
		const places: Record<string, (id: string) => Promise<boolean>> = {
			"page of the badge": async (id) => (await text(`/badges/${BADGE}`)).includes(id),
			"page of the network": async (id) => (await text(`/reseau?centre=${BY}`)).includes(id),
			graphql: async (id) =>
				JSON.stringify((await ask(url, `{ badgeClass(id: "${BADGE}") { recognisedBy { statement { id } } } }`)).data).includes(id),
			search: async () =>
				JSON.stringify((await ask(url, `{ searchBadges(filter: { recognisedBy: ["${BY}"] }) { edges { node { id } } } }`)).data).includes(
					BADGE,
				),
			trqp: async () => {
				const response = await fetch(`${served.origin}/trqp/recognition`, {
					method: "POST",
					headers: { "content-type": "application/json" },
					body: JSON.stringify({ entity_id: OF, authority_id: BY, action: "issue", resource: BADGE }),
				});
				return ((await response.json()) as { recognized: boolean }).recognized;
			},
		};
		const times: Record<string, number[]> = { subscription: [] };
		for (let round = 0; round < ROUNDS; round += 1) {
			const since = Math.floor(Date.now() / 1000) - 60;
			const id = await publish("RECOGNITION", { sub: BADGE, scope: "badge_class", since, reason: `Mesure ${round}.` });
			for (const [name, shows] of Object.entries(places)) await until(`${name} to show it`, () => shows(id));
			heard = 0;
			await publish("REVOCATION", { sub: id, reason: "Fin de la mesure." });
			const began = performance.now();
			await Promise.all([
				...Object.entries(places).map(async ([name, shows]) => {
					await until(`${name} to show it no more`, async () => !(await shows(id)));
					times[name] = [...(times[name] ?? []), performance.now() - began];
				}),
				until("the subscription", () => heard > 0).then(() => times.subscription?.push(Math.max(0, heard - began))),
			]);
		}
		const figures: Record<string, { median: number; worst: number }> = {};
		for (const [name, all] of Object.entries(times)) {
			const sorted = all.map(Math.round).sort((a, b) => a - b);
			const spread = { median: sorted[Math.floor(sorted.length / 2)] as number, worst: sorted.at(-1) as number };
			process.stdout.write(`${name.padEnd(20)} median ${spread.median} ms, worst of ${ROUNDS} ${spread.worst} ms\n`);
			figures[name] = spread;
		}
		return figures;
	} finally {
		await client.dispose();
		await served.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
