import { parse } from "graphql";
import type { Log } from "../subgraphs/kit/log.ts";
import { createOutgoingPool } from "../subgraphs/kit/outgoing.ts";
import type { FollowedDirectory } from "../subgraphs/network/follow-directory.ts";
import { followMembers } from "./directory.ts";
import { createEngine, type Engine } from "./execute/engine.ts";
import type { Service } from "./execute/execution.ts";
import { admission } from "./guard/admission.ts";
import { readCostModel } from "./guard/cost/cost-model.ts";
import type { AllowedOrigins } from "./guard/cross-site.ts";
import type { Guard } from "./guard/guard.ts";
import { DEFAULT_LIMITS, type RequestLimits } from "./guard/limits.ts";
import { DEFAULT_RATE_LIMIT, type RateLimit, rateLimiter } from "./guard/rate-limit.ts";
import { documentFinder, type TrustedDocuments } from "./guard/trusted-documents.ts";
import type { Members } from "./horizontal/member.ts";
import { membersService } from "./horizontal/members-service.ts";
import { readSupergraph } from "./plan/supergraph.ts";
import type { Fronted } from "./serve/front.ts";
import { httpHandler } from "./serve/http.ts";
import { observeMembers } from "./serve/metrics/member-metrics.ts";
import { processFamilies } from "./serve/metrics/process-metrics.ts";
import { RequestMetrics } from "./serve/metrics/request-metrics.ts";
import { text } from "./serve/metrics/text.ts";
import { webSocketFront } from "./serve/web-socket.ts";
import { DEFAULT_MEMBER_LIMITS, type MemberLimits } from "./transport/http-member.ts";
import { httpStandIns } from "./transport/http-stand-in.ts";
import { subgraphService } from "./transport/subgraph-service.ts";

export interface RouterOptions {
	supergraphSdl: string;
	/** Name of the subgraph → its GraphQL address; for all but `members`. */
	subgraphs: Readonly<Record<string, string>>;
	/** Name of the logical subgraph whose rows live at members. */
	members?: string;
	/** Who is a member. The router follows it, and stops it when it stops. */
	directory: FollowedDirectory;
	/**
	 * Where what the hub keeps of a member answers by the member contract, for reads that the member itself does not answer;
	 * its answers say in `extensions.asOf` how old they are. Without it the rows of such members are missing.
	 */
	standIn?: (slug: string) => URL;
	/** How each member is treated. */
	memberLimits?: Partial<MemberLimits>;
	/** Milliseconds that a request may take in all. 10,000. */
	requestDeadline?: number;
	/** Bytes of one answer of a subgraph. 8,000,000. */
	largestAnswer?: number;
	/** How large a request may be; `cost` is what it is estimated to cost before it is executed. */
	limits?: Partial<RequestLimits>;
	/** How often one client may ask; false for as often as it likes. Clients on this machine are not limited. 50 a second, 500 at once. */
	rateLimit?: Partial<RateLimit> | false;
	/** Proxies between clients and the router, each of which adds to `x-forwarded-for`; 0, the default, never to believe it. */
	proxies?: number;
	/** Origins whose pages may read answers, without credentials. `*`. */
	origins?: AllowedOrigins;
	/** Documents that clients may name instead of sending them. None. */
	trustedDocuments?: TrustedDocuments;
	/** Whether clients may ask about the schema. True. */
	introspection?: boolean;
	/** Whether a browser that opens `/graphql` gets a page to try requests with. True. */
	console?: boolean;
	/** Whether `/metrics` is served. True. */
	metrics?: boolean;
	/** Bytes above which an answer is compressed; 0 for never. 1,024. */
	compressAbove?: number;
	/** Whether members may be at private addresses, as in a demonstration on one machine. */
	allowPrivateAddresses: boolean;
	log: Log;
}

export interface Router extends Fronted {
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
	const memberLimits = { ...DEFAULT_MEMBER_LIMITS, largestAnswer, ...options.memberLimits };
	const followed = followMembers({
		directory,
		pool: memberPool,
		limits: memberLimits,
		...(options.standIn && {
			standIn: httpStandIns({ address: options.standIn, pool: ownPool, memberDeadline: memberLimits.deadline, largestAnswer }),
		}),
	});
	const members = observeMembers(followed);

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
	const guard: Guard = {
		origins: options.origins ?? "*",
		takeTurn:
			options.rateLimit === false ? () => undefined : rateLimiter({ ...DEFAULT_RATE_LIMIT, ...options.rateLimit }, options.proxies ?? 0),
		documentOf: documentFinder(options.trustedDocuments ?? { documents: {}, enforce: false }),
		admission: admission({
			model: readCostModel(parse(options.supergraphSdl, { noLocation: true }), supergraph.schema, supergraph.horizontal, membersName),
			members,
			cost: limits.cost,
			introspection: options.introspection ?? true,
		}),
	};
	const metrics = new RequestMetrics();
	const { bodyBytes } = limits;
	const sockets = webSocketFront(() => engine, { bodyBytes, guard, metrics, log });
	let isReady = false;
	directory.ready.then(
		() => (isReady = true),
		// Stopped before it was known: whoever waits for `ready` is told.
		() => undefined,
	);
	return {
		handle: httpHandler({
			engine: () => engine,
			bodyBytes,
			deadline: requestDeadline,
			compressAbove: options.compressAbove ?? 1024,
			guard,
			metrics,
			log,
		}),
		upgrade: sockets.upgrade,
		isReady: () => isReady,
		hasConsole: options.console ?? true,
		metrics: () => (options.metrics === false ? undefined : text([...metrics.families(), ...members.families(), ...processFamilies()])),
		engine: () => engine,
		members,
		ready: directory.ready,
		async stop() {
			await sockets.stop();
			members.stop();
			followed.stop();
			await directory.stop();
			await Promise.all([ownPool.destroy(), memberPool.destroy()]);
		},
	};
}
