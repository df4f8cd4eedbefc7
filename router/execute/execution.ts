import type { Caller } from "../../subgraphs/kit/caller.ts";
import type { Path, ResponseError } from "../errors.ts";
import type { Completeness } from "../horizontal/completeness.ts";
import type { JsonObject } from "./json.ts";
import type { Trace } from "./trace.ts";

/** What one request carries through its plan. */
export interface Execution {
	variables: Readonly<Record<string, unknown>>;
	/** What has been fetched so far; null until the first answer. */
	data: JsonObject | null;
	errors: ResponseError[];
	completeness: Completeness;
	/** Aborted when the client goes away or the request's time is over. */
	signal: AbortSignal;
	/** When the request's time is over, on the clock of `performance.now()`. */
	until: number;
	/** Who asks, when someone with a verified token does. What is fetched for them is nobody else's. */
	caller?: Caller | undefined;
	/** Set when the client asks what the request did. */
	trace?: Trace;
}

/** What a subgraph gave. Paths of errors start from the fetched operation's root. */
export interface SubgraphAnswer {
	data: JsonObject | null;
	errors: readonly SubgraphError[];
}

export interface SubgraphError {
	message: string;
	path?: Path;
	extensions?: { code?: string; [key: string]: unknown };
}

/** Asks a subgraph. Never rejects: what goes wrong is in the answer's errors. */
export type PreparedFetch = (variables: Record<string, unknown>, execution: Execution) => Promise<SubgraphAnswer>;

/** A root field `_entities` under its alias. */
export interface EntityRoot {
	alias: string;
	variable: string;
}

/** A subgraph, or the members taken together. */
export interface Service {
	/** Called once for each operation of each plan; with the root fields that give entities, and the variables of their representations. */
	prepare(operation: string, entities?: readonly EntityRoot[]): PreparedFetch;
	/** Opens the stream of a subscription. Ends when the signal aborts. */
	subscribe(operation: string, variables: Record<string, unknown>, execution: Execution): AsyncIterable<SubgraphAnswer>;
}
