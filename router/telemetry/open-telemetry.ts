import {
	type Span as ApiSpan,
	type Context,
	isSpanContextValid,
	ROOT_CONTEXT,
	type SpanContext,
	SpanKind,
	SpanStatusCode,
	trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider } from "@opentelemetry/sdk-trace";
import type { Span, Telemetry } from "./span.ts";

export interface OpenTelemetryOptions {
	/** Where traces go: OTLP over HTTP, as JSON. Usually `http://…:4318/v1/traces`. */
	endpoint: string;
	/** Sent along, such as a key of the collector. */
	headers?: Record<string, string>;
	/** The router's name among other services. `recognition-hub-router`. */
	serviceName?: string;
	/** Share of requests that are collected, 0 to 1, where their clients do not say. 1. */
	sample?: number;
	/** Milliseconds between two deliveries. 2,000. */
	interval?: number;
}

/** Collects traces with OpenTelemetry. Its packages are loaded with this file: import it only where traces are collected. */
export function openTelemetry({
	endpoint,
	headers = {},
	serviceName = "recognition-hub-router",
	sample = 1,
	interval = 2_000,
}: OpenTelemetryOptions): Telemetry {
	const provider = new TracerProvider({
		resource: resourceFromAttributes({ "service.name": serviceName }),
		sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sample) }),
		spanProcessors: [
			new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: endpoint, headers }), scheduledDelayMillis: interval }),
		],
	});
	const tracer = provider.getTracer("recognition-hub");

	function wrap(span: ApiSpan, within: Context): Span {
		const context = trace.setSpan(within, span);
		return {
			traceparent: writeTraceparent(span.spanContext()),
			open: (kind, name, facts = {}) =>
				wrap(tracer.startSpan(name, { kind: kind === "call" ? SpanKind.CLIENT : SpanKind.INTERNAL, attributes: facts }, context), context),
			note: (name, facts) => void span.addEvent(name, facts),
			add: (facts) => void span.setAttributes(facts),
			end(outcome) {
				span.setAttribute("hub.outcome", outcome);
				// A partial answer is an answer.
				if (outcome !== "ok" && outcome !== "partial") span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
				span.end();
			},
		};
	}

	return {
		begin(traceparent) {
			const parent = traceparent === undefined ? undefined : readTraceparent(traceparent);
			const context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
			const span = tracer.startSpan("request", { kind: SpanKind.SERVER }, context);
			return span.isRecording() ? wrap(span, context) : undefined;
		},
		stop: () => provider.shutdown(),
	};
}

/** Reads the header of W3C Trace Context §3.2. Undefined for one that is not well formed: then a new trace begins. */
function readTraceparent(text: string): SpanContext | undefined {
	const [, version, traceId, spanId, flags] = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:$|-)/.exec(text) ?? [];
	if (version === undefined || version === "ff" || traceId === undefined || spanId === undefined || flags === undefined) return undefined;
	if (version === "00" && text.length !== TRACEPARENT_LENGTH) return undefined;
	const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
	return isSpanContextValid(context) ? context : undefined;
}

const TRACEPARENT_LENGTH = 55;

function writeTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
	return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, "0")}`;
}
