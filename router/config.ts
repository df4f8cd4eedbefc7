import path from "node:path";
import { z } from "zod";
import { parseSettings, readEnvironment, readJsonFile } from "../subgraphs/kit/config.ts";

/** Settings of a router that runs by itself: a JSON file. Paths in it start from the file's own folder. */

const address = z.url({ protocol: /^https?$/, error: "must be an http(s) address" });
const milliseconds = z.int().min(1).max(600_000);

const fileSchema = z.strictObject({
	/** The composed supergraph. */
	supergraph: z.string().min(1),
	/** Name of each of the hub's subgraphs → its GraphQL address. */
	subgraphs: z.record(z.string(), address),
	/** Name of the subgraph that holds the directory of members. */
	directory: z.string().default("network"),
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
	/** Milliseconds that a request may take in all. */
	requestDeadline: milliseconds.default(10_000),
	/** Whether members may be at private addresses. */
	allowPrivateAddresses: z.boolean().default(false),
});

export type RouterConfig = z.output<typeof fileSchema> & { logLevel: string };

/** Reads `file` and the environment. Throws an `OperatorError` that lists every mistake. */
export function readRouterConfig(file: string): RouterConfig {
	const settings = parseSettings(fileSchema, readJsonFile(file), file);
	return {
		...settings,
		supergraph: path.resolve(path.dirname(path.resolve(file)), settings.supergraph),
		logLevel: readEnvironment().logLevel,
	};
}
