import type { FetchNode, PlanNode } from "@graphql-hive/router-query-planner";
import type { GraphQLSchema } from "graphql";
import { compileEntityFetch } from "./compile-entities.ts";
import type { Execution, Service } from "./execution.ts";
import { mergeInto } from "./merge.ts";
import { pickVariables } from "./pick-variables.ts";
import { toResponseError } from "./response-error.ts";
import { compileRewrites } from "./rewrite.ts";

/** Runs a part of a plan; undefined when there was nothing to wait for. */
export type Step = (execution: Execution) => Promise<void> | undefined;

export type Services = ReadonlyMap<string, Service>;

/** Compiles a plan to steps, once for all requests that share it. Throws for a plan that needs an unknown subgraph. */
export function compilePlan(node: PlanNode | undefined, schema: GraphQLSchema, services: Services): Step {
	if (!node) return () => undefined;
	const compile = (one: PlanNode) => compilePlan(one, schema, services);
	switch (node.kind) {
		case "Sequence":
			return inSequence(node.nodes.map(compile));
		case "Parallel":
			return inParallel(node.nodes.map(compile));
		case "Condition": {
			const then = node.ifClause && compile(node.ifClause);
			const otherwise = node.elseClause && compile(node.elseClause);
			return (execution) => (execution.variables[node.condition] ? then?.(execution) : otherwise?.(execution));
		}
		case "Fetch":
			return compileRootFetch(node, schema, services);
		case "Flatten": {
			if (node.node.kind !== "Fetch") throw new Error(`A plan flattens a ${node.node.kind}`);
			const { serviceName, operation, variableUsages, requires, inputRewrites, outputRewrites } = node.node;
			const alias = {
				alias: "_entities",
				representationsVariableName: "representations",
				paths: [node.path],
				requires: requires ?? [],
				inputRewrites,
				outputRewrites,
			};
			return compileEntityFetch({ serviceName, operation, variableUsages, aliases: [alias] }, schema, serviceOf(services, serviceName));
		}
		case "BatchFetch":
			return compileEntityFetch({ ...node, aliases: node.entityBatch.aliases }, schema, serviceOf(services, node.serviceName));
		case "Subscription":
			// The events arrive from outside: see `subscribe.ts`.
			return () => undefined;
		case "Defer":
			throw new Error("@defer is refused before planning");
	}
}

function serviceOf(services: Services, name: string): Service {
	const service = services.get(name);
	if (!service) throw new Error(`The supergraph names a subgraph ${JSON.stringify(name)} that the router has no address for`);
	return service;
}

function inSequence(steps: readonly Step[]): Step {
	return async (execution) => {
		for (const step of steps) await step(execution);
	};
}

function inParallel(steps: readonly Step[]): Step {
	return (execution) => {
		const running = steps.flatMap((step) => step(execution) ?? []);
		return running.length === 0 ? undefined : running.length === 1 ? running[0] : Promise.all(running).then(() => undefined);
	};
}

function compileRootFetch(node: FetchNode, schema: GraphQLSchema, services: Services): Step {
	const fetch = serviceOf(services, node.serviceName).prepare(node.operation);
	const rewrite = compileRewrites(node.outputRewrites, schema);
	return async (execution) => {
		const { data, errors } = await fetch(pickVariables(node.variableUsages, execution.variables), execution);
		for (const error of errors) execution.errors.push(toResponseError(error, node.serviceName, error.path));
		if (data === null) return;
		rewrite?.(data);
		if (execution.data === null) execution.data = data;
		else mergeInto(execution.data, data);
	};
}
