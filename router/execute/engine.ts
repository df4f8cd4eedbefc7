import type { OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { ResponseError } from "../errors.ts";
import type { RequestLimits } from "../guard/limits.ts";
import { Completeness } from "../horizontal/completeness.ts";
import { readDocument, selectOperation } from "../plan/document.ts";
import { printPlan } from "../plan/print.ts";
import { labelPath } from "../plan/protect-aliases.ts";
import type { Supergraph } from "../plan/supergraph.ts";
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
	/** True to have the plan and the calls it led to in `extensions.plan`. */
	explain?: boolean;
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
}

/** Documents that are kept compiled. Distinct literals make distinct documents: clients should use variables. */
const KEPT_DOCUMENTS = 2000;

export function createEngine(supergraph: Supergraph, services: Services, limits: RequestLimits): Engine {
	const { schema } = supergraph;
	const documents = new LRUCache<string, { select(name: string | undefined): CompiledOperation }>({ max: KEPT_DOCUMENTS });

	function prepare({ query, operationName }: GraphQLRequest): CompiledOperation {
		let kept = documents.get(query);
		if (!kept) {
			const valid = readDocument(query, schema, limits);
			const operations = new Map<OperationDefinitionNode, CompiledOperation>();
			kept = {
				select(name) {
					const definition = selectOperation(valid, name);
					let operation = operations.get(definition);
					if (!operation) operations.set(definition, (operation = compileOperation(valid.document, definition, supergraph, services)));
					return operation;
				},
			};
			documents.set(query, kept);
		}
		return kept.select(operationName);
	}

	return {
		supergraph,
		prepare,
		async execute(request, operation = prepare(request)) {
			const variables = operation.coerce(request.variables ?? {});
			const variant = operation.variant(variables);
			const execution: Execution = {
				variables,
				data: variant.introspect?.(variables) ?? null,
				errors: [],
				completeness: new Completeness(),
				signal: request.signal,
				until: request.until ?? Number.POSITIVE_INFINITY,
				...(request.explain ? { trace: new Trace() } : {}),
			};
			await variant.run(execution);
			const text = answer(variant, execution, request.strict === true || operation.isStrict);
			request.onExecuted?.(execution);
			return text;
		},
		async *subscribe(request, operation = prepare(request)) {
			const variables = operation.coerce(request.variables ?? {});
			const variant = operation.variant(variables);
			for await (const execution of eventStream(variant, services, variables, request.signal))
				yield answer(variant, execution, request.strict === true || operation.isStrict);
		},
	};
}

/** The answer as JSON text, with completeness where members were asked. */
function answer(variant: Variant, { data, errors, completeness, trace }: Execution, strict: boolean): string {
	const parts: string[] = [];
	if (completeness.touched) parts.push(`"completeness":${JSON.stringify(completeness.report())}`);
	if (trace) parts.push(`"plan":${JSON.stringify({ text: printPlan(variant.plan), ...trace.report() })}`);
	const extensions = parts.length > 0 ? `,"extensions":{${parts.join(",")}}` : "";
	if (strict && !completeness.isWhole) {
		return `{"data":null,"errors":${JSON.stringify([incomplete(completeness)])}${extensions}}`;
	}
	const written = variant.write(data ?? ({} as JsonObject)) ?? JSON.stringify(variant.complete(data, errors));
	return errors.length === 0
		? `{"data":${written}${extensions}}`
		: `{"data":${written},"errors":${JSON.stringify(errors.map(labelled))}${extensions}}`;
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
