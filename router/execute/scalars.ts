import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from "graphql";
import type { Json } from "./json.ts";

/**
 * How each kind of leaf value of a subgraph is accepted. A value that is not of the type is a subgraph's mistake: it
 * becomes null with an error, never text that a client would take for an answer. Custom scalars pass as they are.
 */
export type LeafKind = "string" | "int" | "float" | "boolean" | "enum" | "custom";

export function leafKind(type: GraphQLLeafType): LeafKind {
	if (isEnumType(type)) return "enum";
	switch (type.name) {
		case "ID":
		case "String":
			return "string";
		case "Int":
			return "int";
		case "Float":
			return "float";
		case "Boolean":
			return "boolean";
		default:
			return "custom";
	}
}

/** The value as it is answered, or undefined when it is not one of the type. `value` is not null. */
export function acceptLeaf(type: GraphQLLeafType, value: Json): Json | undefined {
	switch (leafKind(type)) {
		case "string":
			return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
		case "int":
			return typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 2_147_483_648 ? value : undefined;
		case "float":
			return typeof value === "number" ? value : undefined;
		case "boolean":
			return typeof value === "boolean" ? value : undefined;
		case "enum":
			return typeof value === "string" && (type as GraphQLEnumType).getValue(value) ? value : undefined;
		case "custom":
			return value;
	}
}
