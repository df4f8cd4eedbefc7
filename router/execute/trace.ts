import type { Span } from "../telemetry/span.ts";

/** What one request did, kept only when its client asks for it, or when traces are collected. */

export interface TracedCall {
	/** The subgraph; `members` for a member, which `institute` names; `stand-in` for the snapshot of one. */
	service: string;
	institute?: string;
	/** Milliseconds after the beginning of the request. */
	start: number;
	milliseconds: number;
	/** `ok`, or why there was no answer. */
	outcome: string;
}

export interface BegunCall {
	/** What the call is to carry; undefined when no traces are collected. */
	traceparent: string | undefined;
	/** `ok`, or why there was no answer; and how many rows it brought. */
	ended(outcome: string, rows?: number): void;
}

export class Trace {
	readonly calls: TracedCall[];
	private readonly began: number;

	/** `span`: of what these calls are parts. */
	constructor(
		readonly span?: Span,
		whole?: Trace,
	) {
		this.calls = whole?.calls ?? [];
		this.began = whole?.began ?? performance.now();
	}

	/** The same trace, where further calls are parts of `span`. */
	below(span: Span): Trace {
		return new Trace(span, this);
	}

	/** Notes a call that starts now. */
	begin(service: string, institute?: string): BegunCall {
		const start = performance.now();
		const span = this.span?.open(
			"call",
			institute === undefined ? `fetch ${service}` : `${service === "members" ? "member" : service} ${institute}`,
			{
				"hub.service": service,
				...(institute === undefined ? {} : { "hub.institute": institute }),
			},
		);
		return {
			traceparent: span?.traceparent,
			ended: (outcome, rows) => {
				this.calls.push({
					service,
					...(institute === undefined ? {} : { institute }),
					start: round(start - this.began),
					milliseconds: round(performance.now() - start),
					outcome,
				});
				if (rows !== undefined) span?.add({ "hub.rows": rows });
				span?.end(outcome);
			},
		};
	}

	/** Adds the calls of a request made on behalf of several. Their spans are those of the first of them. */
	take(joint: Trace): void {
		for (const call of joint.calls) {
			this.calls.push({ ...call, start: round(call.start + joint.began - this.began) });
			if (this.span !== joint.span) this.span?.note("shared call", { ...call });
		}
	}

	/** The calls in the order in which they started. */
	report(): { milliseconds: number; calls: TracedCall[] } {
		return { milliseconds: round(performance.now() - this.began), calls: [...this.calls].sort((a, b) => a.start - b.start) };
	}
}

function round(milliseconds: number): number {
	return Math.round(milliseconds * 100) / 100;
}
