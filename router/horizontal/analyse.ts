import {
	type DocumentNode,
	type FieldNode,
	type GraphQLField,
	type GraphQLSchema,
	Kind,
	type OperationDefinitionNode,
	parse,
	print,
	type SelectionNode,
	stripIgnoredCharacters,
	valueFromASTUntyped,
	visit,
} from "graphql";
import type { Horizontal, RootSpread } from "../../schema/horizontal.ts";
import { type Fragments, fragmentsOf } from "../execute/collect-fields.ts";

/** An operation on the logical subgraph `members`, cut into what can be asked of members. */
export type Analysis =
	| { kind: "entities"; fields: EntityField[]; fragments: Fragments }
	| { kind: "roots"; operation: OperationDefinitionNode["operation"]; fields: RootField[]; fragments: Fragments };

export interface EntityField {
	/** Response key: `_entities`, or an alias of a batch. */
	key: string;
	/** Variable that holds its representations. */
	variable: string;
	selections: readonly SelectionNode[];
}

export interface RootField {
	key: string;
	name: string;
	node: FieldNode;
	/** Undefined for `__typename`. */
	field: GraphQLField<unknown, unknown> | undefined;
	spread: RootSpread | undefined;
	typeName: string;
}

/** Analyses an operation that the planner made for `members`. Throws for one that the contract's directives do not cover. */
export function analyse(operationText: string, schema: GraphQLSchema, horizontal: Horizontal): Analysis {
	const document = parse(operationText, { noLocation: true });
	const operation = operationOf(document);
	const fragments = fragmentsOf(document);
	const nodes = operation.selectionSet.selections.filter((selection): selection is FieldNode => selection.kind === Kind.FIELD);
	if (nodes.length !== operation.selectionSet.selections.length) throw new Error("A fragment at the root of an operation on members");
	if (nodes.every(({ name }) => name.value === "_entities")) return { kind: "entities", fields: nodes.map(entityField), fragments };
	const rootType = schema.getRootType(operation.operation);
	const typeName = rootType?.name ?? "";
	const fields = nodes.map((node): RootField => {
		const name = node.name.value;
		const spread = horizontal.roots.get(`${typeName}.${name}`);
		if (!spread && name !== "__typename") throw new Error(`${typeName}.${name} is a root field of members without @route or @gather`);
		return { key: node.alias?.value ?? name, name, node, field: rootType?.getFields()[name], spread, typeName };
	});
	return { kind: "roots", operation: operation.operation, fields, fragments };
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
	const operation = document.definitions.find(
		(definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
	);
	if (!operation) throw new Error("A plan holds an operation without a definition");
	return operation;
}

function entityField(node: FieldNode): EntityField {
	const value = node.arguments?.find(({ name }) => name.value === "representations")?.value;
	if (value?.kind !== Kind.VARIABLE) throw new Error("A plan asks for entities without a variable");
	return { key: node.alias?.value ?? "_entities", variable: value.name.value, selections: node.selectionSet?.selections ?? [] };
}

/** The operation reduced to one root field, with the variables and fragments it uses, as compact text. */
export function singleFieldOperation(
	document: DocumentNode,
	field: FieldNode,
	added: readonly { name: string; type: string }[] = [],
): { text: string; variables: string[] } {
	const operation = operationOf(document);
	const fragments = fragmentsOf(document);
	const variables = new Set<string>();
	const spreads = new Set<string>();
	const mark = (node: FieldNode | DocumentNode["definitions"][number]): void => {
		visit(node, {
			Variable: ({ name }) => void variables.add(name.value),
			FragmentSpread({ name }) {
				const fragment = fragments.get(name.value);
				if (!fragment || spreads.has(name.value)) return;
				spreads.add(name.value);
				mark(fragment);
			},
		});
	};
	mark(field);
	const kept = (operation.variableDefinitions ?? []).filter(({ variable }) => variables.has(variable.name.value));
	const extra = added.map(({ name, type }) => `$${name}: ${type}`);
	const definitions = [...kept.map((definition) => print(definition)), ...extra];
	const text = `${operation.operation}${definitions.length > 0 ? `(${definitions.join(", ")})` : ""} { ${print(field)} } ${[...spreads].map((name) => print(fragments.get(name) as never)).join(" ")}`;
	return { text: stripIgnoredCharacters(text), variables: kept.map(({ variable }) => variable.name.value) };
}

/** The value of an argument, literal or variable; undefined when it is not given. */
export function argumentValue(node: FieldNode, path: readonly string[], variables: Readonly<Record<string, unknown>>): unknown {
	const argument = node.arguments?.find(({ name }) => name.value === path[0]);
	if (!argument) return undefined;
	let value: unknown = valueFromASTUntyped(argument.value, variables as Record<string, unknown>);
	for (const step of path.slice(1)) value = (value as Record<string, unknown> | null | undefined)?.[step];
	return value;
}
