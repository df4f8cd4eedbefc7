import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { PlanNode, QueryPlanner } from "@graphql-hive/router-query-planner";
import { Kind, type OperationDefinitionNode, parse } from "graphql";
import { readHorizontal } from "../../schema/horizontal.ts";
import type { Log } from "../../subgraphs/kit/log.ts";
import { createEngine } from "../execute/engine.ts";
import type { RequestLimits } from "../guard/limits.ts";
import type { Members } from "../horizontal/member.ts";
import { httpHandler } from "../serve/http.ts";
import { webSocketFront } from "../serve/web-socket.ts";
import { subgraphSchema } from "./subgraph-schema.ts";
import { wholeService } from "./whole-service.ts";

/**
 * The logical subgraph `members` as one plain Federation 2 subgraph over HTTP and WebSocket, with the horizontal work
 * behind it: any Federation 2 router can run the supergraph unchanged, with `members` pointing here.
 */
export interface MembersEndpoint {
	handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	stop(): Promise<void>;
}

export interface MembersEndpointOptions {
	/** The member contract, as it enters composition. */
	contractSdl: string;
	members: Members;
	/** Milliseconds that a request may take in all. */
	requestDeadline?: number;
	limits?: Partial<RequestLimits>;
	log: Log;
}

/** Wider than for clients: a router asks for many entities at once, and asks deeper than the request it answers. */
const LIMITS: RequestLimits = { tokens: 20_000, depth: 32, rootFields: 500, bodyBytes: 8_000_000 };

/** Serves members as one subgraph. It is an engine like the router's own, whose every plan is one fetch. */
export function createMembersEndpoint(options: MembersEndpointOptions): MembersEndpoint {
	const { contractSdl, members, requestDeadline = 10_000, log } = options;
	const contract = parse(contractSdl, { noLocation: true });
	const schema = subgraphSchema(contract);
	const horizontal = readHorizontal(contract);
	const limits = { ...LIMITS, ...options.limits };
	// The engine plans with nothing else of the planner.
	const planner = { plan: (text) => ({ kind: "QueryPlan", node: oneFetch(text) }) } as Pick<QueryPlanner, "plan"> as QueryPlanner;
	const services = new Map([[SERVICE, wholeService({ contractSdl, contract, schema, horizontal, members })]]);
	const engine = createEngine(
		{ planner, schema, horizontal, keyNames: undefined, requirements: undefined, services: [SERVICE] },
		services,
		limits,
	);
	const sockets = webSocketFront(() => engine);
	return {
		handle: httpHandler({ engine: () => engine, bodyBytes: limits.bodyBytes, deadline: requestDeadline, log }),
		upgrade: sockets.upgrade,
		stop: () => sockets.stop(),
	};
}

const SERVICE = "members";

/** The plan of a subgraph: the whole operation, asked of itself. */
function oneFetch(operation: string): PlanNode {
	const definition = parse(operation, { noLocation: true }).definitions.find(
		(one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
	);
	const fetch = {
		kind: "Fetch",
		serviceName: SERVICE,
		operationKind: definition?.operation,
		operation,
		variableUsages: (definition?.variableDefinitions ?? []).map(({ variable }) => variable.name.value),
	} as const;
	return definition?.operation === "subscription" ? { kind: "Subscription", primary: fetch } : fetch;
}
