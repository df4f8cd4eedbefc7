import {
	type DocumentNode,
	type FieldNode,
	type GraphQLSchema,
	getNamedType,
	isAbstractType,
	Kind,
	TypeInfo,
	visit,
	visitWithTypeInfo,
} from "graphql";

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/**
 * Asks for the type of each value whose type the schema leaves open: the planner does so only where a selection depends
 * on it, and an answer cannot be completed without it.
 */
export function nameTypes(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
	const types = new TypeInfo(schema);
	return visit(
		document,
		visitWithTypeInfo(types, {
			Field(node) {
				const type = types.getType();
				const { selectionSet } = node;
				if (!selectionSet || !type || !isAbstractType(getNamedType(type)) || selectionSet.selections.some(isTypename)) return undefined;
				return { ...node, selectionSet: { ...selectionSet, selections: [TYPENAME, ...selectionSet.selections] } };
			},
		}),
	);
}

function isTypename(selection: { kind: Kind; alias?: unknown; name?: { value: string } }): boolean {
	return selection.kind === Kind.FIELD && selection.alias === undefined && selection.name?.value === "__typename";
}
