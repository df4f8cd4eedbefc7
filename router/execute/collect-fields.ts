import {
	type DocumentNode,
	type FieldNode,
	type FragmentDefinitionNode,
	type GraphQLObjectType,
	type GraphQLSchema,
	isAbstractType,
	Kind,
	type SelectionNode,
} from "graphql";
import { EMPTY } from "../plan/specialise.ts";

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export function fragmentsOf(document: DocumentNode): Fragments {
	return new Map(
		document.definitions.flatMap((definition) =>
			definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
		),
	);
}

/** One key of an answer, with every selection that asks for it. */
export interface CollectedField {
	key: string;
	name: string;
	nodes: FieldNode[];
}

/**
 * Groups the selections that hold for an object type by response key, in the order in which the client asked.
 * GraphQL, CollectFields; conditions are settled before (see `specialise.ts`).
 */
export function collectFields(
	schema: GraphQLSchema,
	type: GraphQLObjectType,
	selections: readonly SelectionNode[],
	fragments: Fragments,
): CollectedField[] {
	const fields = new Map<string, CollectedField>();
	collect(selections);
	return [...fields.values()];

	function collect(list: readonly SelectionNode[]): void {
		for (const selection of list) {
			if (selection.kind === Kind.FIELD) {
				const key = selection.alias?.value ?? selection.name.value;
				if (key === EMPTY) continue;
				const present = fields.get(key);
				if (present) present.nodes.push(selection);
				else fields.set(key, { key, name: selection.name.value, nodes: [selection] });
				continue;
			}
			const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
			if (fragment && applies(fragment.typeCondition?.name.value)) collect(fragment.selectionSet.selections);
		}
	}

	function applies(condition: string | undefined): boolean {
		if (condition === undefined || condition === type.name) return true;
		const conditionType = schema.getType(condition);
		return conditionType !== undefined && isAbstractType(conditionType) && schema.isSubType(conditionType, type);
	}
}

/** The sub-selections of all nodes of a collected field. */
export function subSelections(nodes: readonly FieldNode[]): SelectionNode[] {
	return nodes.flatMap((node) => node.selectionSet?.selections ?? []);
}
