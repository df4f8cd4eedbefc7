import type { OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Caller } from "../../subgraphs/kit/caller.ts";
import type { ResponseError } from "../errors.ts";
import type { RequestLimits } from "../guard/limits.ts";
import { Completeness } from "../horizontal/completeness.ts";
import type { MutationRule } from "../identity/mutation-rule.ts";
import { readDocument, selectOperation } from "../plan/document.ts";
import { printPlan } from "../plan/print.ts";
import { labelPath } from "../plan/protect-aliases.ts";
import type { Supergraph } from "../plan/supergraph.ts";
import type { Span } from "../telemetry/span.ts";
import type { Services } from "./compile-plan.ts";
import type { Execution } from "./execution.ts";
import type { JsonObject } from "./json.ts";
import { type CompiledOperation, compileOperation, type Variant } from "./operation.ts";
import { eventStream } from "./subscribe.ts";
import { Trace } from "./trace.ts";

export interface GraphQLRequest {
	query: string;
	operationName?: string;
	variables?: Readonly<Record<string, unknown>>;
	/** True when every member must answer, or the whole request is an error. */
	strict?: boolean;
	signal: AbortSignal;
	/** When the request's time is over, on the clock of `performance.now()`. */
	until?: number;
	/** Who asks, when someone with a verified token does. */
	caller?: Caller | undefined;
	/** True to have the plan and the calls it led to in `extensions.plan`. */
	explain?: boolean;
	/** The span of the request, where its trace is collected. */
	span?: Span | undefined;
	/** Told what became of a query or a mutation, when its answer is made. */
	onExecuted?(execution: Execution): void;
}

/** Executes requests on one supergraph. Made anew when the supergraph changes; requests under way keep theirs. */
export interface Engine {
	/** Finds or compiles the operation. Throws a `RequestError`. */
	prepare(request: GraphQLRequest): CompiledOperation;
	/** Executes a query or a mutation; the answer as JSON text. Throws a `RequestError` before execution only. */
	execute(request: GraphQLRequest, operation?: CompiledOperation): Promise<string>;
	/** Opens a subscription: each event as JSON text. Throws a `RequestError` before it is open only. */
	subscribe(request: GraphQLRequest, operation?: CompiledOperation): AsyncIterable<string>;
	supergraph: Supergraph;
	/** Documents that were asked for, most recently used first. */
	recentDocuments(most: number): string[];
	/** Makes the plans of a document before it is asked for. Never throws: one that is not valid here has none. */
	warm(query: string): void;
}

/** Documents that are kept compiled. Distinct literals make distinct documents: clients should use variables. */
const KEPT_DOCUMENTS = 2000;

interface KeptDocument {
	select(operationName: string | undefined): CompiledOperation;
	all(): CompiledOperation[];
}

export function createEngine(supergraph: Supergraph, services: Services, limits: RequestLimits, mayMutate?: MutationRule): Engine {
	const { schema } = supergraph;
	const documents = new LRUCache<string, KeptDocument>({ max: KEPT_DOCUMENTS });

	function read(query: string): KeptDocument {
		let kept = documents.get(query);
		if (!kept) {
			const valid = readDocument(query, schema, limits);
			const operations = new Map<OperationDefinitionNode, CompiledOperation>();
			const compiled = (definition: OperationDefinitionNode) => {
				let operation = operations.get(definition);
				if (!operation) operations.set(definition, (operation = compileOperation(valid.document, definition, supergraph, services)));
				return operation;
			};
			kept = { select: (name) => compiled(selectOperation(valid, name)), all: () => valid.operations.map(compiled) };
			documents.set(query, kept);
		}
		return kept;
	}

	const prepare = ({ query, operationName }: GraphQLRequest): CompiledOperation => read(query).select(operationName);

	return {
		supergraph,
		prepare,
		recentDocuments: (most) => [...documents.keys()].slice(0, most),
		warm(query) {
			try {
				// The variant that most requests have: conditions that are left out do not hold.
				for (const operation of read(query).all()) operation.variant({});
			} catch {
				// Whoever asks it is told.
			}
		},
		async execute(request, operation = prepare(request)) {
			const { caller } = request;
			if (mayMutate && operation.definition.operation === "mutation") mayMutate(operation, caller);
			const variables = operation.coerce(request.variables ?? {});
			const { span } = request;
			const planning = span?.open("step", "plan");
			const variant = operation.variant(variables, caller);
			if (planning) tellPlan(planning, variant);
			const execution: Execution = {
				variables,
				data: variant.introspect?.(variables) ?? null,
				errors: [],
				completeness: new Completeness(),
				signal: request.signal,
				until: request.until ?? Number.POSITIVE_INFINITY,
				caller,
				...(request.explain || span ? { trace: new Trace(span) } : {}),
			};
			await variant.run(execution);
			const text = answer(variant, execution, request.strict === true || operation.isStrict, request.explain);
			request.onExecuted?.(execution);
			return text;
		},
		subscribe(request, operation = prepare(request)) {
			const variables = operation.coerce(request.variables ?? {});
			const variant = operation.variant(variables, request.caller);
			return answers(eventStream(variant, services, variables, request.signal, request.caller), (execution) =>
				answer(variant, execution, request.strict === true || operation.isStrict),
			);
		},
	};
}

async function* answers(events: AsyncIterable<Execution>, write: (execution: Execution) => string): AsyncGenerator<string> {
	for await (const execution of events) yield write(execution);
}

/** The answer as JSON text, with completeness where members were asked. */
function answer(variant: Variant, { data, errors, completeness, trace }: Execution, strict: boolean, explain = false): string {
	const parts: string[] = [];
	if (completeness.touched) parts.push(`"completeness":${JSON.stringify(completeness.report())}`);
	if (trace && explain) parts.push(`"plan":${JSON.stringify({ text: printPlan(variant.plan), ...trace.report() })}`);
	const extensions = parts.length > 0 ? `,"extensions":{${parts.join(",")}}` : "";
	if (strict && !completeness.isWhole) {
		return `{"data":null,"errors":${JSON.stringify([incomplete(completeness)])}${extensions}}`;
	}
	const written = variant.write(data ?? ({} as JsonObject)) ?? JSON.stringify(variant.complete(data, errors));
	return errors.length === 0
		? `{"data":${written}${extensions}}`
		: `{"data":${written},"errors":${JSON.stringify(errors.map(labelled))}${extensions}}`;
}

const LONGEST_PLAN = 8_000;

/** Ends the span of planning, with the plan as its event. */
function tellPlan(planning: Span, { plan }: Variant): void {
	planning.note("plan", { "hub.plan": printPlan(plan).slice(0, LONGEST_PLAN) });
	planning.end("ok");
}

function labelled(error: ResponseError): ResponseError {
	return error.path ? { ...error, path: labelPath(error.path) } : error;
}

function incomplete(completeness: Completeness): ResponseError {
	const { missing } = completeness.report();
	const names = missing.map(({ institute, reason }) => `${institute} (${reason})`).join(", ");
	return {
		message: `The whole network was asked for, and ${missing.length === 1 ? "a member is" : `${missing.length} members are`} missing: ${names}.`,
		extensions: { code: "INCOMPLETE", missing },
	};
}
