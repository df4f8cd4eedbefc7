import type { Caller } from "../../subgraphs/kit/caller.ts";
import type { SubgraphAnswer } from "../execute/execution.ts";
import type { MissingReason } from "./completeness.ts";

/** What is asked: a read, a read of entities (which no two requests want in the same words), or a mutation, which is sent once. */
export type Asking = "read" | "entities" | "mutation";

interface CallOptions {
	signal: AbortSignal;
	asking: Asking;
	/** When the request's time is over, on the clock of `performance.now()`. */
	until: number;
	/** For whom, when someone is known to ask. */
	caller?: Caller | undefined;
	/** The span that the call is, where traces are collected. */
	traceparent?: string | undefined;
}

/** A member as the router reaches it. */
export interface Member {
	slug: string;
	name: string;
	/** Milliseconds after which a call is given up. */
	patience: number;
	/** Sends a GraphQL request body. Rejects with a {@link MemberFailure}, within the member's deadline and before `until`. */
	call(body: string, options: CallOptions): Promise<string>;
	/** Absent where nothing is kept of it. */
	standIn?: StandIn;
	/** Opens a subscription. Rejects or ends when the stream is lost; ends when the signal aborts. */
	stream(query: string, variables: Record<string, unknown>, signal: AbortSignal, caller?: Caller): AsyncIterable<SubgraphAnswer>;
}

/** What the hub keeps of a member, asked the same way while the member itself does not answer. */
export interface StandIn {
	/** Milliseconds after which it is asked although the member may still answer before `until`. */
	lateAfter(until: number): number;
	/** Sends the member's request body. Rejects within its own deadline and before `until`. */
	ask(body: string, options: Pick<CallOptions, "signal" | "until" | "traceparent">): Promise<string>;
	/** Told when its rows are shown. */
	used(): void;
}

/** Who is admitted now. Looked up at each request: membership changes while the router runs. */
export interface Members {
	current(): ReadonlyMap<string, Member>;
	/** Calls back after each change. Returns the end of it. */
	onChange(listener: () => void): () => void;
}

export class MemberFailure extends Error {
	constructor(
		readonly reason: MissingReason,
		message: string,
	) {
		super(message);
	}
}

/** What people are told of a failure. */
export function describeFailure(name: string, reason: MissingReason): string {
	switch (reason) {
		case "TIMEOUT":
			return `${name} did not answer in time.`;
		case "UNREACHABLE":
			return `${name} cannot be reached.`;
		case "HTTP_ERROR":
			return `${name} refused the request.`;
		case "TOO_LARGE":
			return `${name} answered with more than the hub accepts.`;
		case "CIRCUIT_OPEN":
			return `${name} has not been answering lately; it is asked again in a moment.`;
		case "OVERLOADED":
			return `${name} has too many requests to answer just now.`;
		case "INVALID_ANSWER":
			return `${name} gave an answer that cannot be used.`;
	}
}
