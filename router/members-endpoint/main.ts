import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { OperatorError } from "../../subgraphs/kit/errors.ts";
import { createLog } from "../../subgraphs/kit/log.ts";
import { createOutgoingPool } from "../../subgraphs/kit/outgoing.ts";
import { commandOptions, runServer } from "../../subgraphs/kit/run.ts";
import { listenError } from "../../subgraphs/kit/serve.ts";
import { followDirectory } from "../../subgraphs/network/follow-directory.ts";
import { readRouterConfig } from "../config.ts";
import { followMembers } from "../directory.ts";
import { DEFAULT_MEMBER_LIMITS } from "../transport/http-member.ts";
import { createMembersEndpoint } from "./endpoint.ts";

const CONTRACT_FILE = path.resolve(import.meta.dirname, "../../schema/member.graphql");

/**
 * `npm run members-endpoint -- --config router.json --port 4001`: all members as one subgraph, for a region that has
 * another Federation 2 router in front. It reads the settings of our router, which it stands in for.
 */
await runServer(async () => {
	const options = commandOptions(process.argv.slice(2), {
		config: "the router's settings, a JSON file",
		port: "port to answer at, instead of the one in the settings",
	});
	const file = options.get("config")?.[0];
	if (file === undefined)
		throw new OperatorError("Give the router's settings: npm run members-endpoint -- --config router.json --port 4001");
	const config = readRouterConfig(file);
	const port = readPort(options.get("port")?.[0]) ?? config.port;
	const directoryUrl = config.subgraphs[config.directory];
	if (directoryUrl === undefined)
		throw new OperatorError(`${file}: subgraphs: no address is given for the directory, ${JSON.stringify(config.directory)}`);
	const log = createLog("members", config.logLevel);
	const directory = followDirectory({ url: directoryUrl, log });
	const pool = createOutgoingPool(config);
	const members = followMembers({ directory, pool, limits: { ...DEFAULT_MEMBER_LIMITS, ...config.memberLimits } });
	const endpoint = createMembersEndpoint({ ...config, contractSdl: readFileSync(CONTRACT_FILE, "utf8"), members, log });
	const server = createServer((request, response) => {
		const address = request.url?.split("?")[0];
		if (address === "/graphql") void endpoint.handle(request, response);
		else response.writeHead(address === "/health" ? 200 : 404).end();
	});
	server.on("upgrade", (request, socket, head) => endpoint.upgrade(request, socket, head));
	const stop = async () => {
		server.closeAllConnections();
		const closed = new Promise<void>((resolve) => server.close(() => resolve()));
		await endpoint.stop();
		await closed;
		members.stop();
		await directory.stop();
		await pool.destroy();
	};
	try {
		await new Promise<void>((resolve, reject) => {
			server.once("error", (error) => reject(listenError(error, port, config.host)));
			server.listen(port, config.host, resolve);
		});
	} catch (error) {
		await stop();
		throw error;
	}
	const address = server.address() as { port: number };
	process.stdout.write(`ready: the members answer as one subgraph at http://${config.host}:${address.port}/graphql\n`);
	return { stop };
});

function readPort(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new OperatorError(`--port: must be a port number, and is ${JSON.stringify(text)}`);
	return port;
}
