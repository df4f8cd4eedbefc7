import { createServer } from "node:http";
import { OperatorError } from "../subgraphs/kit/errors.ts";
import { createLog } from "../subgraphs/kit/log.ts";
import { createOutgoingPool } from "../subgraphs/kit/outgoing.ts";
import { commandOptions, runServer } from "../subgraphs/kit/run.ts";
import { listenError } from "../subgraphs/kit/serve.ts";
import { followDirectory } from "../subgraphs/network/follow-directory.ts";
import { readRouterConfig } from "./config.ts";
import { createRouter } from "./router.ts";
import { createFront, nothingElse } from "./serve/front.ts";
import { trustFront } from "./serve/trust-front.ts";
import { followSupergraphFile } from "./supergraph-file.ts";

/**
 * `npm run router -- --config router.json`: the router by itself, as a real region runs it. A changed supergraph file is put
 * in force while it runs; SIGHUP does so at once.
 */
await runServer(async () => {
	const file = commandOptions(process.argv.slice(2), { config: "the router's settings, a JSON file" }).get("config")?.[0];
	if (file === undefined) throw new OperatorError("Give the router's settings: npm run router -- --config router.json");
	const config = readRouterConfig(file);
	const directoryUrl = config.subgraphs[config.directory];
	if (directoryUrl === undefined)
		throw new OperatorError(`${file}: subgraphs: no address is given for the directory, ${JSON.stringify(config.directory)}`);
	const log = createLog("router", config.logLevel);
	// Loaded only where traces are collected.
	const telemetry = config.telemetry && (await import("./telemetry/open-telemetry.ts")).openTelemetry(config.telemetry);
	const supergraph = followSupergraphFile(config.supergraph, (sdl) => router.reload(sdl), log);
	const router = createRouter({
		...config,
		...config.front,
		telemetry,
		supergraphSdl: supergraph.text,
		directory: followDirectory({ url: directoryUrl, log }),
		log,
	});
	const front = createFront();
	const pool = createOutgoingPool({ allowPrivateAddresses: true });
	front.open(router, trustFront(new URL(directoryUrl).origin, pool, router.takeTurn, nothingElse));
	const server = createServer(front.handle);
	server.on("upgrade", front.upgrade);
	await new Promise<void>((resolve, reject) => {
		server.once("error", (error) => reject(listenError(error, config.port, config.host)));
		server.listen(config.port, config.host, resolve);
	});
	const { port } = server.address() as { port: number };
	process.stdout.write(`ready: the router answers at http://${config.host}:${port}/graphql\n`);
	return {
		reload: supergraph.reload,
		async stop() {
			supergraph.stop();
			server.closeAllConnections();
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			await router.stop();
			await pool.destroy();
			await closed;
		},
	};
});
