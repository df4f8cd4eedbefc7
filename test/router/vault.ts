import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse } from "graphql";
import type { RouterOptions } from "../../router/router.ts";
import { composeSupergraph } from "../../schema/compose.ts";
import type { SubgraphAccess } from "../../subgraphs/kit/access.ts";
import { keepKeys, type SigningKeys } from "../../subgraphs/kit/key-file.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import { type RunningServer, serveSubgraph } from "../../subgraphs/kit/serve.ts";
import { type FrontedRouter, startFronted } from "./front-kit.ts";
import { memberSdl, networkSdl } from "./guard-sdl.ts";

const VAULT = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated", { name: "@requiresScopes", as: "@needs" }])
type Query {
	open: String!
	who: String!
	me: Person @authenticated
	notes: [Note]!
	codes: [String!]! @needs(scopes: [["admin"]])
	level: Level
	things: [Thing!]!
}
type Person { name: String! mail: String @needs(scopes: [["mail", "read"], ["admin"]]) }
type Note { id: ID! text: String! secret: String @authenticated seal: String! @authenticated owner: Owner }
type Owner @authenticated { name: String! }
enum Level @authenticated { LOW HIGH }
interface Thing { id: ID! hidden: String }
type Plain implements Thing { id: ID! hidden: String }
type Dark implements Thing { id: ID! hidden: String @authenticated }
type Mutation { write(text: String!): String! sign: String! @needs(scopes: [["sign"]]) register: String! }
type Subscription { ticks: String! guarded: String! @authenticated }
`;

/** A subgraph with something to protect, behind a router that knows callers. */
export interface Vault {
	fronted: FrontedRouter;
	subgraph: RunningServer;
	keys: SigningKeys;
	/** Operations that the subgraph executed. */
	executed: string[];
	/** Lets open subscriptions give their next event. */
	tick(): void;
	stop(): Promise<void>;
}

/** Starts the subgraph and the router; the router signs unless `signs` is false. */
export async function startVault(
	options: Partial<RouterOptions> = {},
	{ publicReads = false, signs = true }: { publicReads?: boolean; signs?: boolean } = {},
): Promise<Vault> {
	const folder = mkdtempSync(path.join(tmpdir(), "vault-"));
	const keys = keepKeys(path.join(folder, "router-keys.json"));
	const executed: string[] = [];
	const waiting = new Set<() => void>();
	const access: SubgraphAccess = { publicReads, router: { keys: { keys: keys.published } } };
	const subgraph = await serveSubgraph({
		name: "vault",
		access,
		schema: vaultSchema(executed, waiting),
		log: createLog("test", "silent"),
		port: 0,
		host: "127.0.0.1",
		context: () => ({}),
	});
	const { supergraph } = composeSupergraph(
		memberSdl(),
		new Map([
			["network", networkSdl()],
			["vault", VAULT],
		]),
	);
	const fronted = await startFronted(
		{},
		{
			supergraphSdl: supergraph,
			subgraphs: { network: "http://127.0.0.1:9/graphql", vault: subgraph.url },
			...(signs && { signing: { issuer: "https://hub.example", keys } }),
			...options,
		},
	);
	return {
		fronted,
		subgraph,
		keys,
		executed,
		tick() {
			for (const wake of waiting) wake();
		},
		async stop() {
			await fronted.stop();
			await subgraph.stop();
			rmSync(folder, { recursive: true });
		},
	};
}

function vaultSchema(executed: string[], waiting: Set<() => void>) {
	const note = (id: string) => ({ id, text: `Text ${id}`, secret: `Secret ${id}`, seal: `Seal ${id}`, owner: { name: "Owner" } });
	const tell = <Value>(name: string, value: Value) => {
		return () => {
			executed.push(name);
			return value;
		};
	};
	const who = (_: unknown, __: unknown, { caller }: { caller?: { issuer: string; subject: string; scopes: Set<string> } }) =>
		caller ? `${caller.subject} of ${caller.issuer}: ${[...caller.scopes].join(" ")}` : "nobody";
	const stream = () => ({
		async *subscribe() {
			for (;;) {
				let wake: () => void = () => undefined;
				const woken = new Promise<void>((resolve) => {
					wake = resolve;
				});
				waiting.add(wake);
				await woken;
				waiting.delete(wake);
				yield {};
			}
		},
		resolve: who,
	});
	return buildSubgraphSchema([
		{
			typeDefs: parse(VAULT),
			resolvers: {
				Query: {
					open: tell("open", "Open"),
					who,
					me: tell("me", { name: "Marie", mail: "marie@example.org" }),
					notes: tell("notes", [note("1"), note("2")]),
					codes: tell("codes", ["42"]),
					level: tell("level", "HIGH"),
					things: tell("things", [
						{ __typename: "Plain", id: "p", hidden: "shown" },
						{ __typename: "Dark", id: "d", hidden: "dark" },
					]),
				},
				Mutation: { write: tell("write", "Written"), sign: tell("sign", "Signed"), register: tell("register", "Registered") },
				Subscription: { ticks: stream(), guarded: stream() },
			} as never,
		},
	]);
}
