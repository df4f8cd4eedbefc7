import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { ApolloServer } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import {
	ApolloServerPluginCacheControlDisabled,
	ApolloServerPluginInlineTraceDisabled,
	ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import fastifyApollo, { fastifyApolloDrainPlugin } from "@as-integrations/fastify";
import Fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, specifiedRules, validate } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { type AccessGateOptions, accessGate, type SubgraphAccess } from "./access.ts";
import type { Caller } from "./caller.ts";
import { depthLimit } from "./depth.ts";
import { OperatorError } from "./errors.ts";
import { guardServer } from "./guard-server.ts";
import type { Log } from "./log.ts";

/** What resolvers know of a request. */
interface SubgraphRequest {
	headers: IncomingHttpHeaders;
	/** For whom the router asks, when it asks for someone. Resolvers find it in their context too. */
	caller: Caller | undefined;
}

export interface SubgraphOptions<Context extends object> {
	/** The subgraph's own name, or the member's slug: tokens of the router are for that name. */
	name: string;
	schema: GraphQLSchema;
	/** To whom it answers. */
	access: SubgraphAccess;
	/** Whether a request carries credentials of the subgraph's own, which need no router. */
	isOwner?: AccessGateOptions["isOwner"];
	log: Log;
	/** 0 for any free port. */
	port: number;
	host: string;
	/** Made anew for each request, and for each operation of a WebSocket. */
	context: (request: SubgraphRequest) => Context;
	/** Whether the database answers: `/ready` is 503 until it does. */
	isReady?: () => Promise<boolean>;
	/** More routes of this server. */
	routes?: (app: FastifyInstance) => void;
}

export interface RunningServer {
	/** `http://127.0.0.1:4101`, without a path. */
	origin: string;
	/** Address of its GraphQL endpoint, over HTTP and WebSocket. */
	url: string;
	stop(): Promise<void>;
}

const LARGEST_BODY = 1_048_576;
const MOST_TOKENS = 10_000;
/** Deeper than what the router sends for the deepest request it accepts. */
const DEEPEST = 20;

/** Serves a subgraph at `/graphql` (HTTP and WebSocket), with `/health` and `/ready`. Throws an {@link OperatorError} when the port is taken. */
export async function serveSubgraph<Context extends object>(options: SubgraphOptions<Context>): Promise<RunningServer> {
	const { schema, log } = options;
	const app = Fastify({ bodyLimit: LARGEST_BODY, forceCloseConnections: true, requestTimeout: 30_000 });
	const gate = accessGate({ access: options.access, audience: options.name, isOwner: options.isOwner });
	const guarded = guardServer(app, gate, options.context);
	const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_BODY });
	const subscriptions = useServer(
		{
			schema,
			onSubscribe: ({ extra, connectionParams }, _id, payload) => guarded.onSubscribe(extra.request.headers, connectionParams, payload),
			context: ({ extra }, _id, payload) => guarded.socketContext(extra.request.headers, payload),
			validate: (against, document) => validate(against, document, [...specifiedRules, depthLimit(DEEPEST)]),
		},
		sockets,
	);
	app.server.on("upgrade", (request, socket, head) => {
		if (request.url?.split("?")[0] === "/graphql")
			sockets.handleUpgrade(request, socket, head, (client) => sockets.emit("connection", client, request));
		else socket.destroy();
	});
	const apollo = new ApolloServer<Context>({
		schema,
		introspection: true,
		includeStacktraceInErrorResponses: false,
		allowBatchedHttpRequests: false,
		parseOptions: { maxTokens: MOST_TOKENS },
		validationRules: [depthLimit(DEEPEST)],
		formatError: (formatted, error) => safeError(formatted, error, log),
		logger: { debug: () => undefined, info: () => undefined, warn: (message) => log.warn(message), error: (message) => log.error(message) },
		stopOnTerminationSignals: false,
		plugins: [
			guarded.plugin,
			ApolloServerPluginCacheControlDisabled(),
			ApolloServerPluginInlineTraceDisabled(),
			ApolloServerPluginLandingPageDisabled(),
			fastifyApolloDrainPlugin(app),
		],
	});
	await apollo.start();
	await app.register(fastifyApollo(apollo), {
		path: "/graphql",
		method: ["GET", "POST"],
		context: async (request: FastifyRequest) => guarded.httpContext(request),
	});
	app.get("/health", async () => ({ status: "ok" }));
	app.get("/ready", async (_request, reply) => {
		const ready = (await options.isReady?.()) ?? true;
		return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "waiting" });
	});
	options.routes?.(app);
	try {
		await app.listen({ port: options.port, host: options.host });
	} catch (error) {
		await apollo.stop();
		await gate.stop();
		throw listenError(error, options.port, options.host);
	}
	const { port } = app.server.address() as { port: number };
	const origin = `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${port}`;
	return {
		origin,
		url: `${origin}/graphql`,
		async stop() {
			await subscriptions.dispose();
			sockets.close();
			await apollo.stop();
			await app.close();
			await gate.stop();
		},
	};
}

/** Says which port could not be had, and why. */
export function listenError(error: unknown, port: number, host: string): Error {
	const { code } = error as NodeJS.ErrnoException;
	if (code === "EADDRINUSE")
		return new OperatorError(
			`Port ${port} of ${host} is taken by another program: stop it, or set another port (PORT, or "port" in the configuration file).`,
		);
	if (code === "EACCES") return new OperatorError(`Port ${port} may not be used by this user: set a port above 1023.`);
	if (code === "EADDRNOTAVAIL") return new OperatorError(`This machine has no address ${host} to listen on.`);
	return error as Error;
}

/** Errors with a code of ours, or of GraphQL itself, pass; anything else is told by an incident number that the log holds too. */
function safeError(formatted: GraphQLFormattedError, error: unknown, log: Log): GraphQLFormattedError {
	const cause = unwrapResolverError(error);
	const code = formatted.extensions?.code;
	if (cause instanceof GraphQLError && code !== undefined && code !== "INTERNAL_SERVER_ERROR") return formatted;
	if (code === "GRAPHQL_PARSE_FAILED" || code === "GRAPHQL_VALIDATION_FAILED" || code === "BAD_USER_INPUT" || code === "BAD_REQUEST")
		return formatted;
	const incident = randomUUID();
	log.error(
		{ incident, error: cause instanceof Error ? { message: cause.message, stack: cause.stack } : String(cause) },
		"a resolver failed",
	);
	return {
		message: `Something went wrong here; its number is ${incident}.`,
		locations: formatted.locations,
		path: formatted.path,
		extensions: { code: "INTERNAL_SERVER_ERROR", incident },
	};
}
