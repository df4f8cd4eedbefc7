import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openCatalogueDatabase } from "../subgraphs/catalogue/database.ts";
import { seedDrawn } from "../subgraphs/catalogue/pathways/drawn/seed-drawn.ts";
import { startCatalogue } from "../subgraphs/catalogue/server.ts";
import { standInAddress } from "../subgraphs/catalogue/stand-in/address.ts";
import { startCompetences } from "../subgraphs/competences/server.ts";
import {
	DEMONSTRATION_FOLDER,
	type DemonstrationInstitutes,
	signingKeyFile,
	startDemonstrationInstitutes,
} from "../subgraphs/demonstration/institutes.ts";
import { type DatabaseAddress, databaseAddress } from "../subgraphs/kit/database-address.ts";
import { keepKeys, routerKeyFile } from "../subgraphs/kit/key-file.ts";
import { createLog } from "../subgraphs/kit/log.ts";
import { startEmbeddedPostgres } from "../subgraphs/kit/postgres/embedded.ts";
import { provisionSchemas } from "../subgraphs/kit/provision.ts";
import { LOCAL_ROUTER } from "../subgraphs/kit/router-token/format.ts";
import { routerSigner } from "../subgraphs/kit/router-token/signer.ts";
import { stopAll } from "../subgraphs/kit/stop-all.ts";
import { together } from "../subgraphs/kit/together.ts";
import { followDirectory } from "../subgraphs/network/follow-directory.ts";
import { readRegion } from "../subgraphs/network/region.ts";
import { seedRegion } from "../subgraphs/network/seed.ts";
import { startNetwork } from "../subgraphs/network/server.ts";
import { authorityFolder, openAuthority } from "../subgraphs/network/trust/authority.ts";
import { collectiveEntity } from "../subgraphs/network/trust/entity-ids.ts";
import { developmentIssuer } from "./identity/development-issuer.ts";
import { createRouter, type Router, type RouterOptions } from "./router.ts";

/** A whole hub in one process: database, the hub's subgraphs, the demonstration's institutes, the router. No pages. */
export interface Hub {
	router: Router;
	/** Name of the hub's subgraph → its GraphQL address. */
	subgraphs: Record<"network" | "catalogue" | "competences", string>;
	institutes: DemonstrationInstitutes;
	/** Database and role of the network subgraph, for the operator's commands. */
	networkDatabase: DatabaseAddress;
	stop(): Promise<void>;
}

export interface HubOptions {
	dataFolder: string;
	/** A PostgreSQL server to use instead of the embedded one. It must allow making roles and databases. */
	databaseUrl?: string;
	logLevel: string;
	/** Put before the names of databases and roles, where hubs share a server. */
	databasePrefix?: string;
	/** The router's name in its tokens, and the hub's entity identifier. */
	publicUrl?: string;
	/** The same address as this machine reaches it, where there is no public one. */
	origin?: string;
	/** Whether the tokens of `npm run token` are trusted. */
	development?: boolean;
	/** Aborted when the start is no longer wanted: it then throws the reason, with nothing left running. */
	told?: AbortSignal;
	/** Slugs of the demonstration's institutes to start; all of them when absent. */
	institutes?: readonly string[];
	/** Settings of its router, but for what the hub itself decides. */
	router?: Partial<Omit<RouterOptions, "supergraphSdl" | "subgraphs" | "directory" | "signing" | "allowPrivateAddresses" | "log">>;
	/** Called when the hub cannot go on. */
	onFatal: (reason: string) => void;
}

const LOOPBACK = "127.0.0.1";
const PARTS = ["network", "catalogue", "competences"] as const;

const SUPERGRAPH_FILE = path.resolve(import.meta.dirname, "../schema/supergraph.graphql");

/** Starts everything, each part on a port of its own, and stops it in the reverse order. */
export async function startHub(options: HubOptions): Promise<Hub> {
	const started: { stop(): Promise<void> }[] = [];
	const stop = () => stopAll(started.splice(0).reverse());
	const keep = <Part extends { stop(): Promise<void> }>(part: Part): Part => {
		started.push(part);
		options.told?.throwIfAborted();
		return part;
	};
	const log = (name: string) => createLog(name, options.logLevel);
	try {
		const keys = keepKeys(routerKeyFile(options.dataFolder));
		const issuer = options.publicUrl ?? LOCAL_ROUTER;
		const signer = routerSigner({ ...keys, issuer });
		// Badge classes are public. What is not, and every change, is for the router alone.
		const access = { publicReads: true, router: { keys: { keys: keys.published } } };
		const admin =
			options.databaseUrl === undefined
				? keep(await startEmbeddedPostgres({ folder: path.join(options.dataFolder, "postgres"), onCrash: options.onFatal })).admin
				: databaseAddress(options.databaseUrl);
		const prefix = options.databasePrefix ?? "";
		const databases = await provisionSchemas(admin, `${prefix}hub`, PARTS);
		const networkDatabase = databases.get("network") as DatabaseAddress;
		const region = readRegion(path.join(DEMONSTRATION_FOLDER, "region.json"));
		const base = options.publicUrl ?? options.origin ?? "http://localhost";
		const authority = openAuthority(authorityFolder(options.dataFolder));
		const keyFolder = path.join(options.dataFolder, "keys");
		const [network, institutes] = await together([
			startNetwork({
				database: networkDatabase,
				port: 0,
				host: LOOPBACK,
				access,
				trust: { authority, base, allowPrivateAddresses: true },
				log: log("network"),
			}).then(keep),
			startDemonstrationInstitutes({
				slugs: options.institutes ?? region.members.map(({ slug }) => slug),
				admin,
				databasePrefix: prefix,
				keyFolder,
				authorities: new Map(region.members.map(({ slug, collectives }) => [slug, collectives.map((id) => collectiveEntity(base, id))])),
				host: LOOPBACK,
				access,
				logLevel: options.logLevel,
			}).then(keep),
		]);
		await seedRegion(networkDatabase, region, institutes.endpoints, {
			authority,
			// The institutes of the demonstration run on this machine, each with its keys in a file of its own.
			keysOf: (slug) => (institutes.running.has(slug) ? keepKeys(signingKeyFile(keyFolder, slug)) : undefined),
		});
		const competences = keep(
			await startCompetences({
				database: databases.get("competences") as DatabaseAddress,
				directoryUrl: network.url,
				port: 0,
				host: LOOPBACK,
				access,
				signer,
				log: log("competences"),
			}),
		);
		const catalogue = keep(
			await startCatalogue({
				database: databases.get("catalogue") as DatabaseAddress,
				directoryUrl: network.url,
				competencesUrl: competences.url,
				port: 0,
				host: LOOPBACK,
				access,
				signer,
				log: log("catalogue"),
			}),
		);
		const catalogueDatabase = await openCatalogueDatabase(databases.get("catalogue") as DatabaseAddress, { poolSize: 1 });
		await seedDrawn(catalogueDatabase, path.join(DEMONSTRATION_FOLDER, "pathways.json"), "demonstration").finally(() =>
			catalogueDatabase.destroy(),
		);
		const subgraphs = { network: network.url, catalogue: catalogue.url, competences: competences.url };
		const router = keep(
			createRouter({
				supergraphSdl: readFileSync(SUPERGRAPH_FILE, "utf8"),
				subgraphs,
				signing: { issuer, keys },
				identity: {
					issuers: options.development ? [developmentIssuer(options.dataFolder)] : [],
					// A statement proves who made it by its signature.
					publicMutations: ["Mutation.publishStatement"],
				},
				directory: followDirectory({ url: network.url, log: log("router") }),
				standIn: (slug) => standInAddress(catalogue.url, slug),
				allowPrivateAddresses: true,
				log: log("router"),
				...options.router,
			}),
		);
		await router.ready;
		await catalogueKnows(router, [...institutes.endpoints.keys()], options.told);
		return { router, subgraphs, institutes, networkDatabase, stop };
	} catch (error) {
		// What made it fail is told, and not what failed to stop after it.
		await stop().catch(() => undefined);
		throw error;
	}
}

const HARVEST_PATIENCE = 10_000;
const HARVEST_PAUSE = 50;

/** Waits until the catalogue has heard each institute, or has given up on it: what is searched right after the start is there. */
async function catalogueKnows(router: Router, slugs: readonly string[], told?: AbortSignal): Promise<void> {
	const deadline = performance.now() + HARVEST_PATIENCE;
	while (performance.now() < deadline) {
		told?.throwIfAborted();
		const text = await router
			.engine()
			.execute({ query: "{ harvests { instituteSlug heardAt problem } }", signal: AbortSignal.timeout(HARVEST_PATIENCE) });
		const { data } = JSON.parse(text) as {
			data: { harvests: { instituteSlug: string; heardAt: string | null; problem: string | null }[] } | null;
		};
		const heard = new Set(
			data?.harvests.filter(({ heardAt, problem }) => heardAt !== null || problem !== null).map(({ instituteSlug }) => instituteSlug),
		);
		if (slugs.every((slug) => heard.has(slug))) return;
		await delay(HARVEST_PAUSE);
	}
}
