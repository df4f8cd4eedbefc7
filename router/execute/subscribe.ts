import type { PlanNode, SubscriptionNode } from "@graphql-hive/router-query-planner";
import type { Caller } from "../../subgraphs/kit/caller.ts";
import { Completeness } from "../horizontal/completeness.ts";
import type { Services } from "./compile-plan.ts";
import type { Execution } from "./execution.ts";
import type { Variant } from "./operation.ts";
import { pickVariables } from "./pick-variables.ts";
import { toResponseError } from "./response-error.ts";

/** Opens the primary stream of a subscription's plan, and runs the rest of the plan for each event. */
export async function* eventStream(
	variant: Variant,
	services: Services,
	variables: Readonly<Record<string, unknown>>,
	signal: AbortSignal,
	caller?: Caller,
): AsyncGenerator<Execution> {
	const primary = variant.plan && findPrimary(variant.plan);
	if (!primary) throw new Error("The plan of a subscription has no stream");
	const service = services.get(primary.serviceName);
	if (!service) throw new Error(`No subgraph ${primary.serviceName}`);
	const opening: Execution = {
		variables,
		data: null,
		errors: [],
		completeness: new Completeness(),
		signal,
		until: Number.POSITIVE_INFINITY,
		caller,
	};
	for await (const { data, errors } of service.subscribe(primary.operation, pickVariables(primary.variableUsages, variables), opening)) {
		const execution: Execution = {
			variables,
			data,
			errors: errors.map((error) => toResponseError(error, primary.serviceName, error.path)),
			completeness: new Completeness(),
			signal,
			until: Number.POSITIVE_INFINITY,
			caller,
		};
		await variant.run(execution);
		yield execution;
	}
}

function findPrimary(node: PlanNode): SubscriptionNode["primary"] | undefined {
	if (node.kind === "Subscription") return node.primary;
	if (node.kind !== "Sequence" && node.kind !== "Parallel") return undefined;
	for (const inner of node.nodes) {
		const found = findPrimary(inner);
		if (found) return found;
	}
	return undefined;
}
