import { type OperationDefinitionNode, valueFromASTUntyped } from "graphql";
import { fragmentsOf } from "../../execute/collect-fields.ts";
import type { CompiledOperation } from "../../execute/operation.ts";
import { conditionVariables, hasConditions, specialise } from "../../plan/specialise.ts";
import { type Cost, compileCost } from "./compile-cost.ts";
import type { CostModel } from "./cost-model.ts";

/** Above it all conditions are taken for met: there would be too many combinations to keep. */
const MOST_CONDITIONS = 8;

/** The estimate of one operation, for any variables: those that the client sent, before they are checked. */
export function estimator({ document, definition }: CompiledOperation, model: CostModel): Cost {
	const conditions = conditionVariables(document);
	const defaults = defaultsOf(definition);
	const withDefaults = (variables: Readonly<Record<string, unknown>>) => (defaults ? { ...defaults, ...variables } : variables);
	if (!hasConditions(document) || conditions.length > MOST_CONDITIONS) {
		const cost = compile(document);
		return (variables, members) => cost(withDefaults(variables), members);
	}
	const variants = new Map<string, Cost>();
	return (variables, members) => {
		const complete = withDefaults(variables);
		let key = "";
		for (const name of conditions) key += complete[name] === true ? "1" : "0";
		let cost = variants.get(key);
		if (!cost) variants.set(key, (cost = compile(specialise(document, complete))));
		return cost(complete, members);
	};

	function compile(settled: CompiledOperation["document"]): Cost {
		// The operation is the document's only one, and its first definition.
		return compileCost(settled.definitions[0] as OperationDefinitionNode, fragmentsOf(settled), model);
	}
}

function defaultsOf({ variableDefinitions }: OperationDefinitionNode): Record<string, unknown> | undefined {
	const given = (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
		defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
	);
	return given.length > 0 ? Object.fromEntries(given) : undefined;
}
