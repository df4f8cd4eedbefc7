import type { FlattenNodePathSegment, PlanNode } from "@graphql-hive/router-query-planner";
import { parse, print } from "graphql";

/** Prints a plan as indented text, for people and for tests. */
export function printPlan(node: PlanNode | undefined): string {
	return node ? lines(node).join("\n") : "nothing to fetch";
}

function lines(node: PlanNode): string[] {
	switch (node.kind) {
		case "Sequence":
		case "Parallel":
			return block(node.kind.toLowerCase(), node.nodes.flatMap(lines));
		case "Fetch":
			return block(`fetch ${node.serviceName}`, operationLines(node.operation));
		case "Flatten":
			return block(`at ${printPath(node.path)}`, lines(node.node));
		case "BatchFetch":
			return block(`fetch ${node.serviceName}`, [
				...node.entityBatch.aliases.map(({ alias, paths }) => `${alias} for ${paths.map(printPath).join(", ")}`),
				...operationLines(node.operation),
			]);
		case "Condition":
			return [
				...(node.ifClause ? block(`if $${node.condition}`, lines(node.ifClause)) : []),
				...(node.elseClause ? block(`unless $${node.condition}`, lines(node.elseClause)) : []),
			];
		case "Subscription":
			return block(`subscribe ${node.primary.serviceName}`, operationLines(node.primary.operation));
		case "Defer":
			return ["defer"];
	}
}

function block(title: string, inner: readonly string[]): string[] {
	return [title, ...inner.map((line) => `  ${line}`)];
}

function operationLines(operation: string): string[] {
	return print(parse(operation)).split("\n");
}

/** `badgeClasses.nodes.@.issuer`, with type conditions in parentheses. */
function printPath(path: readonly FlattenNodePathSegment[]): string {
	return path
		.map((segment) => (segment === "@" ? "@" : "Field" in segment ? segment.Field : `(${segment.TypeCondition.join("|")})`))
		.join(".");
}
