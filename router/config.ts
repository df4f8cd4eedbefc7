import path from "node:path";
import { z } from "zod";
import { standInAddress } from "../subgraphs/catalogue/stand-in/address.ts";
import { type Environment, parseSettings, readEnvironment, readJsonFile } from "../subgraphs/kit/config.ts";
import { OperatorError } from "../subgraphs/kit/errors.ts";
import { keepKeys } from "../subgraphs/kit/key-file.ts";
import { isLoopback } from "./guard/client-address.ts";
import type { TrustedDocuments } from "./guard/trusted-documents.ts";
import { developmentIssuer } from "./identity/development-issuer.ts";
import type { IdentityOptions } from "./identity/issuers.ts";
import { identitySchema, signingSchema } from "./identity/settings.ts";
import type { RouterSigning } from "./router.ts";

/** Settings of a router that runs by itself: a JSON file. Paths in it start from the file's own folder. */

const address = z.url({ protocol: /^https?$/, error: "must be an http(s) address" });
const milliseconds = z.int().min(1).max(600_000);

const limit = z.int().min(1).optional();

/** What the router holds its clients to: see `RouterOptions` for each, and for what holds when it is left out. */
const frontSchema = z.strictObject({
	/** How large a request may be; see `RequestLimits`. */
	limits: z
		.strictObject({
			tokens: limit,
			depth: limit,
			rootFields: limit,
			bodyBytes: z.int().min(1_000).optional(),
			fields: limit,
			aliases: limit,
			directives: limit,
			cost: limit,
		})
		.optional(),
	/** How often one client may ask, or false. */
	rateLimit: z
		.union([z.literal(false), z.strictObject({ perSecond: z.number().positive().optional(), burst: limit })], {
			error: "must be false, or { perSecond, burst }",
		})
		.optional(),
	/** Proxies between clients and the router, each of which adds to `x-forwarded-for`. */
	proxies: z.int().min(0).max(10).optional(),
	/** Origins whose pages may read answers, or `*`. */
	origins: z
		.union([z.literal("*"), z.array(z.url({ protocol: /^https?$/, error: "must be an origin like https://badges.example.org" }))], {
			error: 'must be "*", or a list of origins like https://badges.example.org',
		})
		.optional(),
	/** Who vouches for callers; see `identity/settings.ts`. */
	identity: identitySchema.optional(),
	/** A JSON file { id: document }, and whether every other document is refused. */
	trustedDocuments: z.strictObject({ file: z.string().min(1), enforce: z.boolean().default(false) }).optional(),
	introspection: z.boolean().optional(),
	console: z.boolean().optional(),
	/** Whether `/metrics` is served: true to private addresses, or to everyone. */
	metrics: z.union([z.boolean(), z.literal("everyone")], { error: 'must be true, false or "everyone"' }).optional(),
	/** Bytes above which an answer is compressed; 0 for never. */
	compressAbove: z.int().min(0).optional(),
});

const manifestSchema = z.record(z.string(), z.string("must be the text of a document"));

const fileSchema = z.strictObject({
	/** The composed supergraph. */
	supergraph: z.string().min(1),
	/** Name of each of the hub's subgraphs → its GraphQL address. */
	subgraphs: z.record(z.string(), address),
	/** Name of the subgraph that holds the directory of members. */
	directory: z.string().default("network"),
	/** Name of the subgraph that stands in for members that do not answer, or false for none; by default `catalogue`, where there is one. */
	standIn: z.union([z.literal(false), z.string()], { error: "must be the name of a subgraph, or false" }).optional(),
	port: z.int().min(0).max(65_535).default(4000),
	host: z.string().min(1).default("127.0.0.1"),
	/** How each member is treated; see `MemberLimits`. */
	memberLimits: z
		.strictObject({
			deadline: milliseconds.optional(),
			largestAnswer: z.int().min(1_000).optional(),
			mostRunning: z.int().min(1).optional(),
			mostWaiting: z.int().min(0).optional(),
			hedgeAfter: z.int().min(0).optional(),
		})
		.default({}),
	/** Whether identical reads that are under way at the same time are one request. */
	deduplicate: z.boolean().default(true),
	/** Milliseconds that a request may take in all. */
	requestDeadline: milliseconds.default(10_000),
	/** Whether members may be at private addresses. */
	allowPrivateAddresses: z.boolean().default(false),
	/** The keys by which subgraphs and members know the router; without, it signs nothing. */
	signing: signingSchema.optional(),
	/** Where traces of requests are sent, or nowhere: see `OpenTelemetryOptions`. */
	telemetry: z
		.strictObject({
			endpoint: address,
			headers: z.record(z.string(), z.string()).optional(),
			serviceName: z.string().min(1).optional(),
			sample: z.number().min(0).max(1).optional(),
			interval: milliseconds.optional(),
		})
		.optional(),
	/** What the router holds its clients to. */
	front: frontSchema.default({}),
});

type FrontConfig = Omit<z.output<typeof frontSchema>, "trustedDocuments" | "identity"> & {
	trustedDocuments?: TrustedDocuments;
	identity?: IdentityOptions;
};

export type RouterConfig = Omit<z.output<typeof fileSchema>, "front" | "standIn" | "signing"> & {
	signing?: RouterSigning;
	front: FrontConfig;
	standIn?: (slug: string) => URL;
	logLevel: string;
};

/** Reads `file` and the environment. Throws an `OperatorError` that lists every mistake. */
export function readRouterConfig(file: string): RouterConfig {
	const settings = parseSettings(fileSchema, readJsonFile(file), file);
	const fromFolder = (name: string) => path.resolve(path.dirname(path.resolve(file)), name);
	const { trustedDocuments, origins, identity, ...front } = settings.front;
	const environment = readEnvironment();
	const { standIn: _standIn, signing, ...others } = settings;
	return {
		...others,
		...readStandIn(settings, file),
		supergraph: fromFolder(settings.supergraph),
		front: {
			...front,
			// As browsers write them: without a path.
			...(origins && { origins: origins === "*" ? origins : origins.map((origin) => new URL(origin).origin) }),
			...(identity && { identity: readIdentity(identity, settings, environment, file) }),
			...(trustedDocuments && { trustedDocuments: readTrustedDocuments(fromFolder(trustedDocuments.file), trustedDocuments.enforce) }),
		},
		...(signing && { signing: { ...signing, keys: keepKeys(fromFolder(signing.keys)) } }),
		logLevel: environment.logLevel,
	};
}

function readStandIn({ standIn, subgraphs }: z.output<typeof fileSchema>, file: string): Pick<RouterConfig, "standIn"> {
	const url = standIn === false ? undefined : subgraphs[standIn ?? "catalogue"];
	if (url !== undefined) return { standIn: (slug) => standInAddress(url, slug) };
	if (typeof standIn === "string")
		throw new OperatorError(`${file}: standIn: no address is given for the subgraph ${JSON.stringify(standIn)}`);
	return {};
}

/** The development issuer is nobody's but this machine's: a wrong setting must not open a region's router. */
function readIdentity(
	{ development, ...identity }: z.output<typeof identitySchema>,
	{ host }: { host: string },
	{ isProduction, dataFolder }: Environment,
	file: string,
): IdentityOptions {
	if (!development) return identity;
	if (isProduction) throw new OperatorError(`${file}: front.identity.development: NODE_ENV is production, where there is no such issuer`);
	if (!isLoopback(host))
		throw new OperatorError(`${file}: front.identity.development: the router listens on ${host}, where others reach it`);
	return { ...identity, issuers: [developmentIssuer(path.resolve(dataFolder))] };
}

function readTrustedDocuments(file: string, enforce: boolean): TrustedDocuments {
	return { documents: parseSettings(manifestSchema, readJsonFile(file), file), enforce };
}
