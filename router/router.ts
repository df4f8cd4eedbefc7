import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Log } from "../subgraphs/kit/log.ts";
import { createOutgoingPool } from "../subgraphs/kit/outgoing.ts";
import type { FollowedDirectory } from "../subgraphs/network/follow-directory.ts";
import { followMembers } from "./directory.ts";
import { createEngine, type Engine } from "./execute/engine.ts";
import type { Service } from "./execute/execution.ts";
import { DEFAULT_LIMITS, type RequestLimits } from "./guard/limits.ts";
import type { Members } from "./horizontal/member.ts";
import { membersService } from "./horizontal/members-service.ts";
import { readSupergraph } from "./plan/supergraph.ts";
import { httpHandler } from "./serve/http.ts";
import { webSocketFront } from "./serve/web-socket.ts";
import { DEFAULT_MEMBER_LIMITS, type MemberLimits } from "./transport/http-member.ts";
import { subgraphService } from "./transport/subgraph-service.ts";

export interface RouterOptions {
	supergraphSdl: string;
	/** Name of the subgraph → its GraphQL address; for all but `members`. */
	subgraphs: Readonly<Record<string, string>>;
	/** Name of the logical subgraph whose rows live at members. */
	members?: string;
	/** Who is a member. The router follows it, and stops it when it stops. */
	directory: FollowedDirectory;
	/** How each member is treated. */
	memberLimits?: Partial<MemberLimits>;
	/** Milliseconds that a request may take in all. */
	requestDeadline?: number;
	/** Bytes of one answer of a subgraph. */
	largestAnswer?: number;
	limits?: Partial<RequestLimits>;
	/** Whether members may be at private addresses, as in a demonstration on one machine. */
	allowPrivateAddresses: boolean;
	log: Log;
}

export interface Router {
	handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	engine(): Engine;
	members: Members;
	/** Resolves when the members are known. */
	ready: Promise<void>;
	stop(): Promise<void>;
}

/** Makes a router: one GraphQL address over the hub's subgraphs and every member. */
export function createRouter(options: RouterOptions): Router {
	const { log, requestDeadline = 10_000, largestAnswer = 8_000_000, members: membersName = "members" } = options;
	const limits = { ...DEFAULT_LIMITS, ...options.limits };
	const ownPool = createOutgoingPool({ allowPrivateAddresses: true });
	const memberPool = createOutgoingPool({ allowPrivateAddresses: options.allowPrivateAddresses });
	const { directory } = options;
	const members = followMembers({
		directory,
		pool: memberPool,
		limits: { ...DEFAULT_MEMBER_LIMITS, largestAnswer, ...options.memberLimits },
	});

	const supergraph = readSupergraph(options.supergraphSdl);
	const services = new Map<string, Service>();
	for (const name of supergraph.services) {
		if (name === membersName) services.set(name, membersService(supergraph.schema, supergraph.horizontal, members));
		else {
			const url = options.subgraphs[name];
			if (url === undefined) throw new Error(`The supergraph has a subgraph ${JSON.stringify(name)}, and no address is given for it`);
			services.set(name, subgraphService({ name, url: new URL(url), pool: ownPool, deadline: requestDeadline / 2, largestAnswer }));
		}
	}
	const engine = createEngine(supergraph, services, limits);
	const sockets = webSocketFront(() => engine);
	return {
		handle: httpHandler({ engine: () => engine, bodyBytes: limits.bodyBytes, deadline: requestDeadline, log }),
		upgrade: sockets.upgrade,
		engine: () => engine,
		members,
		ready: directory.ready,
		async stop() {
			await sockets.stop();
			members.stop();
			await directory.stop();
			await Promise.all([ownPool.destroy(), memberPool.destroy()]);
		},
	};
}
