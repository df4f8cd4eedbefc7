import { parse } from "graphql";
import type { SigningKeys } from "../subgraphs/kit/key-file.ts";
import type { Log } from "../subgraphs/kit/log.ts";
import { createOutgoingPool } from "../subgraphs/kit/outgoing.ts";
import { routerSigner } from "../subgraphs/kit/router-token/signer.ts";
import type { FollowedDirectory } from "../subgraphs/network/follow-directory.ts";
import { followMembers } from "./directory.ts";
import { createEngine, type Engine } from "./execute/engine.ts";
import type { Service } from "./execute/execution.ts";
import { graphInForce } from "./graph-in-force.ts";
import { admission } from "./guard/admission.ts";
import { readCostModel } from "./guard/cost/cost-model.ts";
import type { AllowedOrigins } from "./guard/cross-site.ts";
import type { Guard } from "./guard/guard.ts";
import { DEFAULT_LIMITS, type RequestLimits } from "./guard/limits.ts";
import { type MetricsAccess, mayReadMetrics } from "./guard/metrics-access.ts";
import { DEFAULT_RATE_LIMIT, type RateLimit, rateLimiter, type TakeTurn } from "./guard/rate-limit.ts";
import { documentFinder, type TrustedDocuments } from "./guard/trusted-documents.ts";
import type { Members } from "./horizontal/member.ts";
import { membersService } from "./horizontal/members-service.ts";
import type { IdentityOptions } from "./identity/issuers.ts";
import { mutationRule } from "./identity/mutation-rule.ts";
import { callerReader } from "./identity/read-caller.ts";
import { readSupergraph } from "./plan/supergraph.ts";
import type { Fronted } from "./serve/front.ts";
import { httpHandler } from "./serve/http.ts";
import { observeMembers } from "./serve/metrics/member-metrics.ts";
import { processFamilies } from "./serve/metrics/process-metrics.ts";
import { RequestMetrics } from "./serve/metrics/request-metrics.ts";
import { SubgraphMetrics } from "./serve/metrics/subgraph-metrics.ts";
import { text } from "./serve/metrics/text.ts";
import { webSocketFront } from "./serve/web-socket.ts";
import type { Telemetry } from "./telemetry/span.ts";
import { spanFetches } from "./telemetry/span-fetches.ts";
import { DEFAULT_MEMBER_LIMITS, type MemberLimits } from "./transport/http-member.ts";
import { httpStandIns } from "./transport/http-stand-in.ts";
import { Signing } from "./transport/signing.ts";
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
	/** Whether identical reads of a member or a subgraph, for the same caller, that are under way at the same time are one request. True. */
	deduplicate?: boolean;
	/** Milliseconds that a request may take in all. 10,000. */
	requestDeadline?: number;
	/** Bytes of one answer of a subgraph. 8,000,000. */
	largestAnswer?: number;
	/** How large a request may be; `cost` is what it is estimated to cost before it is executed. */
	limits?: Partial<RequestLimits>;
	/** Who vouches for callers. Nobody: every token is refused. */
	identity?: IdentityOptions;
	/** The keys by which subgraphs and members know the router, and its name. Without, it signs nothing. */
	signing?: RouterSigning;
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
	/** Whether `/metrics` is served: `true` to clients on this machine and on private networks, or to `everyone`. True. */
	metrics?: MetricsAccess;
	/** Bytes above which an answer is compressed; 0 for never. 1,024. */
	compressAbove?: number;
	/** Collects traces of requests, and is stopped with the router; see `telemetry/open-telemetry.ts`. None. */
	telemetry?: Telemetry | undefined;
	/** Whether members may be at private addresses, as in a demonstration on one machine. */
	allowPrivateAddresses: boolean;
	log: Log;
}

/** How the router signs what it asks. */
export interface RouterSigning {
	/** The router's name in its tokens, usually its address. */
	issuer: string;
	keys: SigningKeys;
	/** The hub's subgraphs that answer reads only when they are signed. None: whoever refuses is signed for from then on. */
	signedReads?: readonly string[];
}

export interface Router extends Fronted {
	engine(): Engine;
	/**
	 * Puts another supergraph in force without dropping a request: what is under way ends on the one it began with, and so
	 * do subscriptions. Rejects, and changes nothing, when the supergraph cannot be used.
	 */
	reload(supergraphSdl: string): Promise<void>;
	members: Members;
	/** Throws `RATE_LIMITED` where a client asks too often, whatever it asks the hub for. */
	takeTurn: TakeTurn;
	/** Resolves when the members are known. */
	ready: Promise<void>;
	stop(): Promise<void>;
}

/** Makes a router: one GraphQL address over the hub's subgraphs and every member. */
export function createRouter(options: RouterOptions): Router {
	const { log, requestDeadline = 10_000, largestAnswer = 8_000_000, members: membersName = "members" } = options;
	const limits = { ...DEFAULT_LIMITS, ...options.limits };
	const memberLimits = { ...DEFAULT_MEMBER_LIMITS, largestAnswer, ...options.memberLimits };
	const ownPool = createOutgoingPool({ allowPrivateAddresses: true });
	const memberPool = createOutgoingPool({
		allowPrivateAddresses: options.allowPrivateAddresses,
		connections: memberLimits.mostRunning,
	});
	const { directory, signing, identity } = options;
	const signer = signing && routerSigner({ ...signing.keys, issuer: signing.issuer });
	const signingFor = (name: string) => new Signing(signer, name, signing?.signedReads?.includes(name));
	const followed = followMembers({
		directory,
		pool: memberPool,
		limits: memberLimits,
		...(signer && { signer }),
		deduplicate: options.deduplicate ?? true,
		...(options.standIn && {
			standIn: httpStandIns({
				address: options.standIn,
				pool: ownPool,
				signing: signingFor("catalogue"),
				memberDeadline: memberLimits.deadline,
				largestAnswer,
			}),
		}),
	});
	const members = observeMembers(followed);

	const subgraphMetrics = new SubgraphMetrics();
	const ofMembers = options.telemetry ? spanFetches : (service: Service) => service;
	const graph = graphInForce(options.supergraphSdl, (supergraphSdl) => {
		const supergraph = readSupergraph(supergraphSdl);
		const services = new Map<string, Service>();
		for (const name of supergraph.services) {
			if (name === membersName) services.set(name, ofMembers(membersService(supergraph.schema, supergraph.horizontal, members)));
			else {
				const url = options.subgraphs[name];
				if (url === undefined) throw new Error(`The supergraph has a subgraph ${JSON.stringify(name)}, and no address is given for it`);
				services.set(
					name,
					subgraphService({
						name,
						url: new URL(url),
						pool: ownPool,
						deadline: requestDeadline / 2,
						deduplicate: options.deduplicate ?? true,
						report: subgraphMetrics.reporter(name),
						largestAnswer,
						signing: signingFor(name),
					}),
				);
			}
		}
		return {
			engine: createEngine(supergraph, services, limits, mutationRule(supergraph.schema, identity?.publicMutations)),
			admission: admission({
				model: readCostModel(parse(supergraphSdl, { noLocation: true }), supergraph.schema, supergraph.horizontal, membersName),
				members,
				cost: limits.cost,
				introspection: options.introspection ?? true,
			}),
		};
	});
	const guard: Guard = {
		origins: options.origins ?? "*",
		takeTurn:
			options.rateLimit === false ? () => undefined : rateLimiter({ ...DEFAULT_RATE_LIMIT, ...options.rateLimit }, options.proxies ?? 0),
		callers: callerReader(identity ?? { issuers: [] }, ownPool),
		documentOf: documentFinder(options.trustedDocuments ?? { documents: {}, enforce: false }),
		get admission() {
			return graph.current().admission;
		},
	};
	const metrics = new RequestMetrics();
	const { bodyBytes } = limits;
	const sockets = webSocketFront(() => graph.current().engine, { bodyBytes, guard, metrics, log });
	let isReady = false;
	directory.ready.then(
		() => (isReady = true),
		// Stopped before it was known: whoever waits for `ready` is told.
		() => undefined,
	);
	return {
		handle: httpHandler({
			engine: () => graph.current().engine,
			bodyBytes,
			deadline: requestDeadline,
			compressAbove: options.compressAbove ?? 1024,
			guard,
			metrics,
			telemetry: options.telemetry,
			log,
		}),
		upgrade: sockets.upgrade,
		jwks: signing && JSON.stringify(signing.keys.published),
		isReady: () => isReady,
		hasConsole: options.console ?? true,
		metrics: (request) =>
			mayReadMetrics(request, options.metrics ?? true, options.proxies ?? 0)
				? text([...metrics.families(), ...members.families(), ...subgraphMetrics.families(), ...processFamilies()])
				: undefined,
		engine: () => graph.current().engine,
		reload: graph.reload,
		members,
		takeTurn: guard.takeTurn,
		ready: directory.ready,
		async stop() {
			await sockets.stop();
			members.stop();
			followed.stop();
			await directory.stop();
			await options.telemetry?.stop();
			await Promise.all([ownPool.destroy(), memberPool.destroy()]);
		},
	};
}
