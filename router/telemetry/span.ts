/** Facts about a span, named as OpenTelemetry's conventions name them, or `hub.…`. */
type Facts = Record<string, string | number | boolean>;

/** A part of what the router does for a request, as it is told to whoever collects traces. */
export interface Span {
	/** Names this span to those that are asked on its behalf. W3C Trace Context §3.2. */
	readonly traceparent: string;
	/** Opens a part of this one. `call` for what another process is asked, `step` for the router's own work. */
	open(kind: "call" | "step", name: string, facts?: Facts): Span;
	/** Notes something that has just happened. */
	note(name: string, facts: Facts): void;
	add(facts: Facts): void;
	/** `ok`, or why it went wrong. */
	end(outcome: string): void;
}

/** Collects the traces of a router. */
export interface Telemetry {
	/** Opens the span of a request, as a part of what its client's `traceparent` names. Undefined for one that is not collected. */
	begin(traceparent: string | undefined): Span | undefined;
	/** Sends what has not been sent yet. */
	stop(): Promise<void>;
}
