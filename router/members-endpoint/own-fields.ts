import { type FieldNode, type GraphQLSchema, Kind, type OperationDefinitionNode, print, type SelectionNode } from "graphql";
import { type CollectedField, collectFields, type Fragments, subSelections } from "../execute/collect-fields.ts";
import { dropUnused } from "../plan/specialise.ts";

/** An operation as a router of any make sends it, with its root fields collected: fragments opened, doubles made one. */
export interface RootOperation {
	definition: OperationDefinitionNode;
	fragments: Fragments;
	fields: CollectedField[];
}

export function readRoots(definition: OperationDefinitionNode, fragments: Fragments, schema: GraphQLSchema): RootOperation {
	const type = schema.getRootType(definition.operation);
	if (!type) throw new Error(`The contract has no ${definition.operation} type`);
	return { definition, fragments, fields: collectFields(schema, type, definition.selectionSet.selections, fragments) };
}

/** One field node that asks for everything the nodes of a collected field ask for. */
export function mergedNode({ nodes }: CollectedField): FieldNode {
	const [first] = nodes as [FieldNode, ...FieldNode[]];
	if (nodes.length === 1 || !first.selectionSet) return first;
	return { ...first, selectionSet: { kind: Kind.SELECTION_SET, selections: subSelections(nodes) } };
}

/** The text of the operation with other root selections, and with the variables and fragments that these use. */
export function withRoots(
	{ definition, fragments }: RootOperation,
	selections: readonly SelectionNode[],
	added: readonly { name: string; type: string }[] = [],
): { text: string; variables: string[] } {
	const variableDefinitions = [...(definition.variableDefinitions ?? []), ...added.map(representationsVariable)];
	const document = dropUnused({
		kind: Kind.DOCUMENT,
		definitions: [
			{ ...definition, directives: [], variableDefinitions, selectionSet: { kind: Kind.SELECTION_SET, selections } },
			...fragments.values(),
		],
	});
	const [operation] = document.definitions as [OperationDefinitionNode];
	return { text: print(document), variables: (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value) };
}

/** `$name: [Type!]!` */
function representationsVariable({ name, type }: { name: string; type: string }) {
	return {
		kind: Kind.VARIABLE_DEFINITION,
		variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
		type: {
			kind: Kind.NON_NULL_TYPE,
			type: {
				kind: Kind.LIST_TYPE,
				type: { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } } },
			},
		},
	} as const;
}
