import type { IncomingHttpHeaders } from "node:http";
import type { ApolloServerPlugin } from "@apollo/server";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import type { AccessGate, Admitted } from "./access.ts";
import { Refusal } from "./router-token/refusal.ts";

/** Who asks, as resolvers know it. */
interface CallerContext {
	caller: Admitted["caller"];
}

/** Puts the gate in front of a subgraph's server, over HTTP and WebSocket. */
export interface GuardedServer<Context extends object> {
	/** The context of a request that the gate let in. */
	httpContext(request: FastifyRequest): Context & CallerContext;
	/** The context of an operation that {@link GuardedServer.onSubscribe} let in. */
	socketContext(headers: IncomingHttpHeaders, payload: object): Context & CallerContext;
	/** Refuses an operation of a WebSocket, or lets it go on. */
	onSubscribe(
		headers: IncomingHttpHeaders,
		connectionParams: Readonly<Record<string, unknown>> | undefined,
		payload: { query: string; variables?: unknown },
	): Promise<readonly GraphQLError[] | undefined>;
	/** Refuses mutations of requests that may not change anything: what a request is, is known once Apollo has parsed it. */
	plugin: ApolloServerPlugin<Context>;
}

const GRAPHQL = "/graphql";
/** A property of the context, as Apollo passes copies of it on. */
const MAY_CHANGE = Symbol("may change");

export function guardServer<Context extends object>(
	app: FastifyInstance,
	gate: AccessGate,
	context: (request: { headers: IncomingHttpHeaders; caller: Admitted["caller"] }) => Context,
): GuardedServer<Context> {
	const bodies = new WeakMap<FastifyRequest, Buffer>();
	/** By request, and by payload of an operation. */
	const admitted = new WeakMap<object, Admitted>();

	// Fastify's own parser, which forgets the bytes that were signed.
	const parseJson = app.getDefaultJsonParser("error", "error");
	app.removeContentTypeParser("application/json");
	app.addContentTypeParser<Buffer>("application/json", { parseAs: "buffer" }, (request, body, done) => {
		bodies.set(request, body);
		parseJson(request, body.toString("utf8"), done);
	});
	app.addHook("preHandler", async (request, reply) => {
		// Whatever takes a question; files, probes and what says so of itself are for everyone.
		if (request.method !== "POST" && request.routeOptions.url !== GRAPHQL) return;
		if ((request.routeOptions.config as { isPublic?: boolean }).isPublic && request.routeOptions.url !== GRAPHQL) return;
		try {
			admitted.set(request, await gate.admit(request.headers, bodies.get(request)));
		} catch (error) {
			if (!(error instanceof Refusal)) throw error;
			if (error.status === 401) reply.header("www-authenticate", "RouterToken");
			return reply.code(error.status).send({ errors: [tell(error)] });
		}
	});

	function contextFor(key: object, headers: IncomingHttpHeaders): Context & CallerContext {
		const known = admitted.get(key);
		// The gate stands before every way in: whoever comes here without it found one that it does not know.
		if (!known) throw new Refusal("ROUTER_TOKEN_REQUIRED");
		const { caller } = known;
		return Object.assign(context({ headers, caller }), { caller, [MAY_CHANGE]: known.mayChange });
	}

	return {
		httpContext: (request) => contextFor(request, request.headers),
		socketContext: (headers, payload) => contextFor(payload, headers),
		async onSubscribe(headers, connectionParams, payload) {
			try {
				admitted.set(payload, await gate.admitOperation(headers, connectionParams, payload));
				return undefined;
			} catch (error) {
				if (!(error instanceof Refusal)) throw error;
				const { message, extensions } = tell(error);
				return [new GraphQLError(message, { extensions })];
			}
		},
		plugin: {
			async requestDidStart() {
				return {
					async didResolveOperation({ operation, contextValue }) {
						if (operation?.operation !== "mutation" || (contextValue as { [MAY_CHANGE]?: boolean })[MAY_CHANGE]) return;
						const { message, extensions } = tell(new Refusal("ROUTER_TOKEN_REQUIRED"));
						throw new GraphQLError(message, { extensions: { ...extensions, http: { status: 401 } } });
					},
				};
			},
		},
	};
}

function tell({ code, message }: Refusal): { message: string; extensions: { code: string } } {
	return { message, extensions: { code } };
}
