import { type ASTNode, type DirectiveNode, type DocumentNode, Kind, type OperationDefinitionNode, visit } from "graphql";

/**
 * Settles @skip and @include before planning: a plan without conditions asks each owner once, and its answer is
 * simpler to write. There is one plan per combination of the condition variables that is met.
 */

/** The variables that conditions of the operation depend on, in order of appearance. */
export function conditionVariables(document: DocumentNode): string[] {
	const names = new Set<string>();
	visit(document, {
		Directive(directive) {
			const condition = conditionOf(directive);
			if (condition?.kind === Kind.VARIABLE) names.add(condition.name.value);
		},
	});
	return [...names];
}

/** Whether the document has any condition at all. */
export function hasConditions(document: DocumentNode): boolean {
	let found = false;
	visit(document, {
		Directive(directive) {
			found ||= conditionOf(directive) !== undefined;
		},
	});
	return found;
}

/** Removes what is skipped, and the conditions themselves. Selections that become empty keep `__typename`. */
export function specialise(document: DocumentNode, variables: Readonly<Record<string, unknown>>): DocumentNode {
	const settled: DocumentNode = visit(document, {
		Field: (node) => settle(node, variables),
		InlineFragment: (node) => settle(node, variables),
		FragmentSpread: (node) => settle(node, variables),
	});
	return dropUnused(keepNonEmpty(settled));
}

/** Puts a `__typename` that is never answered into selections that have become empty. */
export function keepNonEmpty(document: DocumentNode): DocumentNode {
	return visit(document, {
		SelectionSet: {
			leave: (node) =>
				node.selections.length > 0
					? undefined
					: {
							...node,
							selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" }, alias: { kind: Kind.NAME, value: EMPTY } }],
						},
		},
	});
}

/** Alias of the field that stands in an emptied selection; never written into an answer. */
export const EMPTY = "__empty";

function settle<Node extends { directives?: readonly DirectiveNode[] }>(
	node: Node,
	variables: Readonly<Record<string, unknown>>,
): Node | null | undefined {
	if (!node.directives?.length) return undefined;
	for (const directive of node.directives) {
		const condition = conditionOf(directive);
		if (!condition) continue;
		const value =
			condition.kind === Kind.VARIABLE ? variables[condition.name.value] === true : condition.kind === Kind.BOOLEAN && condition.value;
		if (value === (directive.name.value === "skip")) return null;
	}
	return { ...node, directives: node.directives.filter((directive) => conditionOf(directive) === undefined) };
}

function conditionOf(directive: DirectiveNode) {
	if (directive.name.value !== "skip" && directive.name.value !== "include") return undefined;
	return directive.arguments?.find((argument) => argument.name.value === "if")?.value;
}

/** Variables and fragments that nothing uses any more would make the planner refuse the document. */
export function dropUnused(document: DocumentNode): DocumentNode {
	const fragments = new Map(
		document.definitions.flatMap((definition) =>
			definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
		),
	);
	const usedFragments = new Set<string>();
	const usedVariables = new Set<string>();
	const mark = (node: ASTNode): void => {
		visit(node, {
			Variable: ({ name }) => void usedVariables.add(name.value),
			VariableDefinition: () => false,
			FragmentSpread({ name }) {
				const fragment = fragments.get(name.value);
				if (!fragment || usedFragments.has(name.value)) return;
				usedFragments.add(name.value);
				mark(fragment);
			},
		});
	};
	const operations = document.definitions.filter(
		(definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
	);
	for (const operation of operations) mark(operation);
	return {
		...document,
		definitions: [
			...operations.map((operation) => ({
				...operation,
				variableDefinitions: operation.variableDefinitions?.filter(({ variable }) => usedVariables.has(variable.name.value)),
			})),
			...[...fragments.values()].filter(({ name }) => usedFragments.has(name.value)),
		],
	};
}
