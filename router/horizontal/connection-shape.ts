import {
	type ArgumentNode,
	type FieldNode,
	type GraphQLObjectType,
	type GraphQLOutputType,
	getNamedType,
	isObjectType,
	Kind,
	type SelectionNode,
} from "graphql";
import { type CollectedField, collectFields, subSelections } from "../execute/collect-fields.ts";
import type { JsonObject } from "../execute/json.ts";
import { compileObjectWriter } from "../execute/write.ts";
import type { RootField } from "./analyse.ts";
import { PAGING } from "./connection-page.ts";
import { compileOwnership, type OwnershipCheck } from "./ownership.ts";
import type { RootCompilation } from "./root-runner.ts";

/** What is asked of each member beside the client's selection: the place and the key of each row, and whether there are more. */
export const ROWS = "__rows";
export const PAGE = "__page";

/** Definitions of the variables that take the place of the client's paging arguments. */
export const PAGING_VARIABLES = [
	{ name: "__first", type: "Int" },
	{ name: "__after", type: "String" },
	{ name: "__last", type: "Int" },
	{ name: "__before", type: "String" },
];

/** One response key of the connection as the client asked for it. */
export interface ConnectionField {
	key: string;
	name: "edges" | "nodes" | "pageInfo" | "totalCount" | "__typename";
	/** Fields below it; of the edge, or of the page info. */
	inner: CollectedField[];
	check: OwnershipCheck | undefined;
	/** Whether one item is all that the schema says; undefined for fields that hold no rows. */
	isWhole: ((item: JsonObject) => boolean) | undefined;
}

export interface ConnectionShape {
	typeName: string;
	fields: ConnectionField[];
	/** Key field of the rows, when their type is owned. */
	keyField: string | undefined;
}

/** Reads the client's selection of a connection. Throws for a field that cannot be merged. */
export function readShape({ field, node, name }: RootField, { schema, horizontal, fragments }: RootCompilation): ConnectionShape {
	const type = field && objectType(field.type);
	if (!type) throw new Error(`${name} is gathered as a connection and does not return an object`);
	const fields = collectFields(schema, type, node.selectionSet?.selections ?? [], fragments).map((one): ConnectionField => {
		if (!isMergeable(one.name)) {
			throw new Error(`${type.name}.${one.name} cannot be gathered: a connection holds edges, nodes, pageInfo and totalCount`);
		}
		const declared = type.getFields()[one.name];
		const inner = declared && objectType(declared.type);
		const selections = subSelections(one.nodes);
		const holdsRows = one.name === "edges" || one.name === "nodes";
		const write = inner && holdsRows ? compileObjectWriter(schema, inner, selections, fragments) : undefined;
		return {
			key: one.key,
			name: one.name,
			inner: inner ? collectFields(schema, inner, selections, fragments) : [],
			check: declared && holdsRows ? compileOwnership(schema, horizontal, declared.type, selections, fragments) : undefined,
			isWhole: write && ((item) => write(item) !== undefined),
		};
	});
	const edge = objectType(type.getFields().edges?.type);
	const row = objectType(edge?.getFields().node?.type);
	return { typeName: type.name, fields, keyField: row && horizontal.owned.get(row.name) };
}

function isMergeable(name: string): name is ConnectionField["name"] {
	return ["edges", "nodes", "pageInfo", "totalCount", "__typename"].includes(name);
}

function objectType(type: GraphQLOutputType | undefined): GraphQLObjectType | undefined {
	const named = type && getNamedType(type);
	return named && isObjectType(named) ? named : undefined;
}

/** The field as members are asked: paging by our variables, and what the merge needs beside the client's selection. */
export function memberField(node: FieldNode, keyField: string | undefined): FieldNode {
	const paging = PAGING.map((name): ArgumentNode => {
		const variable = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: `__${name}` } } as const;
		return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value: variable };
	});
	const others = (node.arguments ?? []).filter(({ name }) => !PAGING.some((one) => one === name.value));
	const rows = select("edges", ROWS, [
		select("cursor"),
		...(keyField === undefined ? [] : [select("node", undefined, [select(keyField, "key")])]),
	]);
	const page = select("pageInfo", PAGE, [select("hasNextPage"), select("hasPreviousPage")]);
	return {
		...node,
		arguments: [...others, ...paging],
		selectionSet: { kind: Kind.SELECTION_SET, selections: [...(node.selectionSet?.selections ?? []), rows, page] },
	};
}

/** The same for a member that is asked once more: how many rows there are has been told. */
export function withoutCounts(node: FieldNode): FieldNode {
	const selections = (node.selectionSet?.selections ?? []).filter((one) => one.kind !== Kind.FIELD || one.name.value !== "totalCount");
	return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

function select(name: string, alias?: string, inner?: readonly SelectionNode[]): SelectionNode {
	return {
		kind: Kind.FIELD,
		name: { kind: Kind.NAME, value: name },
		...(alias === undefined ? {} : { alias: { kind: Kind.NAME, value: alias } }),
		...(inner ? { selectionSet: { kind: Kind.SELECTION_SET, selections: inner } } : {}),
	};
}
