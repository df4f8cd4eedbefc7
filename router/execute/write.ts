import {
	type GraphQLEnumType,
	type GraphQLList,
	type GraphQLObjectType,
	type GraphQLOutputType,
	type GraphQLSchema,
	getNullableType,
	isLeafType,
	isListType,
	isNonNullType,
	isObjectType,
	type OperationDefinitionNode,
	type SelectionNode,
} from "graphql";
import { labelOf } from "../plan/protect-aliases.ts";
import { type CollectedField, collectFields, type Fragments, subSelections } from "./collect-fields.ts";
import { INTROSPECTION } from "./introspect.ts";
import type { Json, JsonObject } from "./json.ts";
import { quote } from "./quote.ts";
import { leafKind } from "./scalars.ts";

/**
 * Writes answers straight to JSON text, with code made for each operation: faster than projecting an object and
 * serialising it. It knows no paths: at the first value that the schema does not allow it gives up, and
 * `complete.ts` does the work with all its errors.
 */
export type Writer = (data: JsonObject) => string | undefined;

type WriteValue = (value: Json) => string;

/** Thrown to give up: made once, so that giving up costs no stack trace. */
const GIVE_UP = Symbol("not what the schema says");

/** Compiles the writer of an operation. It returns undefined for an answer that needs completing. */
export function compileWriter(schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Fragments): Writer {
	const rootType = schema.getRootType(operation.operation);
	if (!rootType) throw new Error(`The schema has no ${operation.operation} type`);
	return compileObjectWriter(schema, rootType, operation.selectionSet.selections, fragments);
}

/** Compiles the writer of one object: also a test of whether it is all that its schema says. */
export function compileObjectWriter(
	schema: GraphQLSchema,
	type: GraphQLObjectType,
	selections: readonly SelectionNode[],
	fragments: Fragments,
): Writer {
	const write = objectWriter(type, collectFields(schema, type, selections, fragments));
	return (data) => {
		try {
			return write(data);
		} catch (error) {
			if (error === GIVE_UP) return undefined;
			throw error;
		}
	};

	/** Source code for one object: a concatenation with the keys already quoted. */
	function objectWriter(type: GraphQLObjectType, fields: readonly CollectedField[]): WriteValue {
		const writers: WriteValue[] = [];
		const parts: string[] = [];
		for (const { key, name, nodes } of fields) {
			const quoted = `${parts.length === 0 ? "{" : ","}${JSON.stringify(labelOf(key))}:`;
			if (name === "__typename") {
				parts.push(`out+=${JSON.stringify(quoted + JSON.stringify(type.name))};`);
				continue;
			}
			if (INTROSPECTION.has(name)) {
				parts.push(`out+=${JSON.stringify(quoted)}+json(o[${JSON.stringify(key)}]);`);
				continue;
			}
			const field = type.getFields()[name];
			if (!field) continue;
			const nonNull = isNonNullType(field.type);
			const position = writers.push(valueWriter(getNullableType(field.type) as GraphQLOutputType, nodes)) - 1;
			const whenNull = nonNull ? "throw giveUp;" : `out+=${JSON.stringify(`${quoted}null`)};`;
			parts.push(
				`v=o[${JSON.stringify(key)}];if(v===null||v===undefined){${whenNull}}else out+=${JSON.stringify(quoted)}+w${position}(v);`,
			);
		}
		const source = `return function(o){if(typeof o!=="object"||Array.isArray(o))throw giveUp;let out="",v;${parts.join("")}return ${parts.length === 0 ? '"{}"' : 'out+"}"'};}`;
		// The code is made of the schema's names and quoted response keys alone.
		return new Function("giveUp", "json", ...writers.map((_, index) => `w${index}`), source)(
			GIVE_UP,
			JSON.stringify,
			...writers,
		) as WriteValue;
	}

	/** Writer of a value that is not null. */
	function valueWriter(type: GraphQLOutputType, nodes: CollectedField["nodes"]): WriteValue {
		if (isListType(type)) {
			const item = (type as GraphQLList<GraphQLOutputType>).ofType;
			return listWriter(valueWriter(getNullableType(item), nodes), isNonNullType(item));
		}
		if (isLeafType(type)) return leafWriters[leafKind(type)](type as GraphQLEnumType);
		if (isObjectType(type)) return objectWriter(type, collectFields(schema, type, subSelections(nodes), fragments));
		const byName = new Map<unknown, WriteValue>();
		return (value) => {
			const name = (value as JsonObject).__typename;
			let writer = byName.get(name);
			if (!writer) {
				const concrete = typeof name === "string" ? schema.getType(name) : undefined;
				if (!concrete || !isObjectType(concrete)) throw GIVE_UP;
				writer = objectWriter(concrete, collectFields(schema, concrete, subSelections(nodes), fragments));
				byName.set(name, writer);
			}
			return writer(value);
		};
	}
}

function listWriter(write: WriteValue, nonNull: boolean): WriteValue {
	return (value) => {
		if (!Array.isArray(value)) throw GIVE_UP;
		let out = "[";
		for (let index = 0; index < value.length; index += 1) {
			const item = value[index];
			if (index > 0) out += ",";
			if (item !== null && item !== undefined) out += write(item);
			else if (nonNull) throw GIVE_UP;
			else out += "null";
		}
		return `${out}]`;
	};
}

const leafWriters: Record<ReturnType<typeof leafKind>, (type: GraphQLEnumType) => WriteValue> = {
	string: () => (value) => {
		if (typeof value === "string") return quote(value);
		if (typeof value === "number") return `"${value}"`;
		throw GIVE_UP;
	},
	int: () => (value) => {
		if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 2_147_483_648) return String(value);
		throw GIVE_UP;
	},
	float: () => (value) => {
		if (typeof value === "number") return String(value);
		throw GIVE_UP;
	},
	boolean: () => (value) => {
		if (typeof value === "boolean") return value ? "true" : "false";
		throw GIVE_UP;
	},
	enum: (type) => {
		const quoted = new Map(type.getValues().map(({ name }) => [name as Json, `"${name}"`]));
		return (value) => {
			const text = quoted.get(value);
			if (text === undefined) throw GIVE_UP;
			return text;
		};
	},
	custom: () => (value) => JSON.stringify(value),
};
