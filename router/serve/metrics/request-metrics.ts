import { RequestError } from "../../errors.ts";
import type { Execution } from "../../execute/execution.ts";
import { Histogram } from "./histogram.ts";
import { type Family, line } from "./text.ts";

/** What kind of operation a request was; `unknown` when it was refused before that was found out. */
type OperationType = "query" | "mutation" | "subscription" | "unknown";

export type Outcome =
	/** Answered in full. */
	| "ok"
	/** Answered with errors, or without some member's rows. */
	| "partial"
	/** Refused before execution. */
	| "refused"
	/** Something went wrong in the router. */
	| "failed";

const TYPES = ["query", "mutation", "subscription", "unknown"] as const;
const OUTCOMES = ["ok", "partial", "refused", "failed"] as const;

/** The outcome of an operation that was executed. */
export function outcomeOf({ errors, completeness }: Execution): Outcome {
	return errors.length === 0 && completeness.isWhole ? "ok" : "partial";
}

/** Counts requests over HTTP and operations over WebSocket. */
export class RequestMetrics {
	/** Requests and streams that are open now. */
	private inFlight = 0;
	private readonly counts = new Map<OperationType, Record<Outcome, number>>(
		TYPES.map((type) => [type, { ok: 0, partial: 0, refused: 0, failed: 0 }]),
	);
	private readonly latencies = new Map<OperationType, Histogram>(TYPES.map((type) => [type, new Histogram()]));
	private readonly refusals = new Map<string, number>();

	begin(): void {
		this.inFlight += 1;
	}

	end(type: OperationType, outcome: Outcome, seconds: number): void {
		this.inFlight -= 1;
		(this.counts.get(type) as Record<Outcome, number>)[outcome] += 1;
		// How long somebody listened says nothing of how fast we are.
		if (type !== "subscription") (this.latencies.get(type) as Histogram).observe(seconds);
	}

	/** The outcome of a request that an error ended. Why it was refused is noted: the reasons are the router's own codes and limits, which are few. */
	outcomeOf(error: unknown): Outcome {
		if (!(error instanceof RequestError)) return "failed";
		const { code, limit } = error.errors[0]?.extensions ?? { code: "UNKNOWN" };
		const reason = code === "LIMIT_EXCEEDED" && typeof limit === "string" ? `LIMIT_EXCEEDED:${limit}` : code;
		this.refusals.set(reason, (this.refusals.get(reason) ?? 0) + 1);
		return "refused";
	}

	families(): Family[] {
		return [
			{
				name: "hub_requests_total",
				kind: "counter",
				help: "Requests answered, by type of operation and outcome.",
				lines: TYPES.flatMap((type) =>
					OUTCOMES.map((outcome) => line("hub_requests_total", { type, outcome }, this.counts.get(type)?.[outcome] ?? 0)),
				),
			},
			{
				name: "hub_request_seconds",
				kind: "histogram",
				help: "Time from the request to its answer; subscriptions are left out.",
				lines: TYPES.filter((type) => type !== "subscription").flatMap(
					(type) => this.latencies.get(type)?.lines("hub_request_seconds", { type }) ?? [],
				),
			},
			{
				name: "hub_requests_in_flight",
				kind: "gauge",
				help: "Requests and streams that are open now.",
				lines: [line("hub_requests_in_flight", {}, this.inFlight)],
			},
			{
				name: "hub_requests_refused_total",
				kind: "counter",
				help: "Requests refused before execution, by reason.",
				lines: [...this.refusals].map(([reason, count]) => line("hub_requests_refused_total", { reason }, count)),
			},
		];
	}
}
