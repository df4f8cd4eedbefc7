import "reflect-metadata";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { isLoopback } from "../router/guard/client-address.ts";
import { type Hub, startHub } from "../router/hub.ts";
import { createFront } from "../router/serve/front.ts";
import { trustFront } from "../router/serve/trust-front.ts";
import { readEnvironment } from "../subgraphs/kit/config.ts";
import { createLog } from "../subgraphs/kit/log.ts";
import { createOutgoingPool } from "../subgraphs/kit/outgoing.ts";
import { runServer } from "../subgraphs/kit/run.ts";
import { listenError } from "../subgraphs/kit/serve.ts";
import { stopAll } from "../subgraphs/kit/stop-all.ts";
import { together } from "../subgraphs/kit/together.ts";
import { createPages } from "./pages.ts";

/**
 * `npm start`: the whole hub on one port. Pages at `/`, GraphQL at `/graphql` over HTTP and WebSocket. Everything
 * else listens on ports of its own, on this machine only.
 */

export interface HubServer {
	hub: Hub;
	/** Address of the pages, without a path. */
	origin: string;
	stop(): Promise<void>;
}

export interface HubServerOptions {
	port: number;
	host: string;
	dataFolder: string;
	databaseUrl?: string;
	databasePrefix?: string;
	logLevel: string;
	/** Whether the tokens of `npm run token` are trusted; never where others than this machine reach the hub. */
	development?: boolean;
	/** Address by which people reach the pages, where it is not this one. */
	publicUrl?: string;
	/** Aborted when the start is no longer wanted: it then throws the reason, with nothing left running. */
	told?: AbortSignal;
	onFatal: (reason: string) => void;
}

/** Starts the hub and its pages. Throws an `OperatorError` for a taken port before anything else is started. */
export async function serveHub(options: HubServerOptions): Promise<HubServer> {
	const log = createLog("web", options.logLevel);
	// The port is taken first: whoever has to choose another one learns it at once.
	const front = createFront();
	const server = createServer(front.handle);
	server.on("upgrade", front.upgrade);
	const port = await listen(server, options.port, options.host);
	const origin = `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`;
	const graphqlUrl = `${origin}/graphql`;
	const close = () => {
		server.closeAllConnections();
		return new Promise<void>((resolve) => server.close(() => resolve()));
	};
	const started: { stop(): Promise<void> }[] = [];
	const keep = <Part extends { stop(): Promise<void> }>(part: Part): Part => {
		started.push(part);
		return part;
	};
	const starting = together([
		startHub({
			...options,
			origin: entityOrigin(options.host, port),
			development: options.development === true && isLoopback(options.host),
		}).then(keep),
		createPages({ graphqlUrl, publicUrl: options.publicUrl, allowPrivateAddresses: true, log }).then(keep),
	]);
	const [hub, pages] = await starting.catch(async (error: unknown) => {
		await stopAll([...started, { stop: close }]).catch(() => undefined);
		throw error;
	});

	const pool = createOutgoingPool({ allowPrivateAddresses: true });
	front.open(hub.router, trustFront(new URL(hub.subgraphs.network).origin, pool, hub.router.takeTurn, pages.handle));
	return {
		hub,
		origin,
		async stop() {
			const closed = close();
			await stopAll([pages, hub, { stop: () => pool.destroy() }, { stop: () => closed }]);
		},
	};
}

/** The hub's name in the federation where it has no public address: one that only this machine knows, which may do without https. */
function entityOrigin(host: string, port: number): string {
	return `http://${isLoopback(host) ? (host.includes(":") ? `[${host}]` : host) : "localhost"}:${port}`;
}

async function listen(server: Server, port: number, host: string): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once("error", (error) => reject(listenError(error, port, host)));
		server.listen(port, host, resolve);
	});
	return (server.address() as { port: number }).port;
}

if (process.argv[1] === import.meta.filename) {
	await runServer(async (told) => {
		const environment = readEnvironment();
		const dataFolder = path.resolve(environment.dataFolder);
		const served = await serveHub({
			...environment,
			development: !environment.isProduction,
			dataFolder,
			told,
			onFatal(reason) {
				process.stderr.write(`${reason}: the hub cannot go on.\n`);
				process.exit(1);
			},
		});
		const count = served.hub.institutes.endpoints.size;
		process.stdout.write(
			[
				"",
				`  pages     ${served.origin}/`,
				`  graphql   ${served.origin}/graphql   (HTTP and WebSocket)`,
				`  data      ${dataFolder}`,
				...Object.entries(served.hub.subgraphs).map(([name, url]) => `  ${name.padEnd(12)}${url}`),
				`  trust     ${served.origin}/.well-known/openid-federation   (anchor's public keys: ${path.join(dataFolder, "identity", "network", "anchor.public.json")})`,
				`  ${count} institutes of the demonstration, each at its own address; their keys are in ${path.join(dataFolder, "keys")}`,
				"",
				`ready ${served.origin}/`,
				"",
			].join("\n"),
		);
		return served;
	});
}
