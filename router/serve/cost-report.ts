import type { IncomingMessage } from "node:http";
import { RequestError } from "../errors.ts";
import type { CompiledOperation } from "../execute/operation.ts";
import type { Admission, CostReport } from "../guard/admission.ts";
import { printPlan } from "../plan/print.ts";

/** What the client wants to know of the cost: nothing, the estimate beside its answer, or the estimate instead of one. */
export function readCostPolicy({ headers }: IncomingMessage): "report" | "dry-run" | undefined {
	const policy = headers["hub-cost"];
	if (policy === undefined || policy === "report" || policy === "dry-run") return policy;
	throw RequestError.of("BAD_REQUEST", 'hub-cost: must be "report" or "dry-run".', { field: "hub-cost" });
}

/** The answer with `extensions.cost`. Only made for those who ask. */
export function withCost(answer: string, cost: CostReport): string {
	const { extensions, ...rest } = JSON.parse(answer) as { extensions?: object };
	return JSON.stringify({ ...rest, extensions: { ...extensions, cost } });
}

/** What the operation would cost and do, without doing it. One over the limit is not planned. Throws a {@link RequestError} for wrong variables. */
export function tellCost(operation: CompiledOperation, variables: Readonly<Record<string, unknown>>, admission: Admission): string {
	const cost = admission.estimate(operation, variables);
	const isAccepted = cost.limit === null || cost.estimated <= cost.limit;
	const plan = isAccepted ? { plan: { text: printPlan(operation.variant(operation.coerce(variables)).plan) } } : {};
	return JSON.stringify({ data: null, extensions: { cost, ...plan } });
}
