import { Kind } from "graphql";
import { RequestError } from "../errors.ts";
import { collectFields, fragmentsOf } from "../execute/collect-fields.ts";
import type { CompiledOperation } from "../execute/operation.ts";
import type { Members } from "../horizontal/member.ts";
import type { Cost } from "./cost/compile-cost.ts";
import type { CostModel } from "./cost/cost-model.ts";
import { estimator } from "./cost/estimate.ts";
import { refuseOver } from "./limits.ts";

/** What an operation is estimated to cost, as it is told to its client. */
export interface CostReport {
	estimated: number;
	/** Null when no limit holds. */
	limit: number | null;
	/** How many members a gathered field would be asked of now. */
	members: number;
}

/** Lets an operation be executed, or not. Called for each request, whichever way it came. */
export interface Admission {
	/** Estimates the cost of an operation with these variables, as the client sent them. */
	estimate(operation: CompiledOperation, variables: Readonly<Record<string, unknown>>): CostReport;
	/** Throws a {@link RequestError} for an operation that is not to be executed. */
	check(operation: CompiledOperation, variables: Readonly<Record<string, unknown>>): void;
}

export interface AdmissionOptions {
	model: CostModel;
	members: Members;
	/** The most that an operation may be estimated to cost. */
	cost: number | undefined;
	/** Whether clients may ask about the schema. */
	introspection: boolean;
}

/** What is found out about an operation once, and kept as long as it is. */
interface Known {
	cost: Cost;
	asksAboutSchema: boolean;
}

export function admission({ model, members, cost: limit, introspection }: AdmissionOptions): Admission {
	const known = new WeakMap<CompiledOperation, Known>();

	function knownOf(operation: CompiledOperation): Known {
		let one = known.get(operation);
		if (!one) known.set(operation, (one = { cost: estimator(operation, model), asksAboutSchema: asksAboutSchema(operation, model) }));
		return one;
	}

	return {
		estimate: (operation, variables) => {
			const count = members.current().size;
			return { estimated: Math.round(knownOf(operation).cost(variables, count)), limit: limit ?? null, members: count };
		},
		check(operation, variables) {
			const { cost, asksAboutSchema: asks } = knownOf(operation);
			if (asks && !introspection)
				throw RequestError.of("INTROSPECTION_DISABLED", "This router does not answer questions about its schema (__schema, __type).");
			const estimated = cost(variables, members.current().size);
			if (limit !== undefined && estimated > limit) refuseOver("cost", Math.round(estimated), limit);
		},
	};
}

function asksAboutSchema({ document, definition }: CompiledOperation, { schema }: CostModel): boolean {
	const root = schema.getRootType(definition.operation);
	if (!root) return false;
	return document.definitions.some(
		(one) =>
			one.kind === Kind.OPERATION_DEFINITION &&
			collectFields(schema, root, one.selectionSet.selections, fragmentsOf(document)).some(
				({ name }) => name === "__schema" || name === "__type",
			),
	);
}
