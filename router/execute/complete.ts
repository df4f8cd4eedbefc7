import {
	type FieldNode,
	type GraphQLObjectType,
	type GraphQLOutputType,
	type GraphQLSchema,
	isLeafType,
	isListType,
	isNonNullType,
	isObjectType,
	type OperationDefinitionNode,
} from "graphql";
import type { Path, ResponseError } from "../errors.ts";
import { unauthorised } from "../identity/withhold.ts";
import { labelOf } from "../plan/protect-aliases.ts";
import { type CollectedField, collectFields, type Fragments, subSelections } from "./collect-fields.ts";
import { INTROSPECTION } from "./introspect.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { acceptLeaf } from "./scalars.ts";

/**
 * Completes an answer exactly as the GraphQL specification says (§6.4.3, §6.4.4): nulls go up to the nearest
 * nullable field, and each has its error. What is `withheld` from the caller is null, and says so. Runs only for answers that the fast writer gave up on.
 */
export function completeAnswer(
	schema: GraphQLSchema,
	operation: OperationDefinitionNode,
	fragments: Fragments,
	data: JsonObject | null,
	errors: ResponseError[],
	withheld?: ReadonlySet<FieldNode>,
): JsonObject | null {
	const rootType = schema.getRootType(operation.operation);
	if (!rootType) return null;
	try {
		return completeObject(rootType, collectFields(schema, rootType, operation.selectionSet.selections, fragments), data ?? {}, []);
	} catch (error) {
		if (error === NULL) return null;
		throw error;
	}

	function completeObject(type: GraphQLObjectType, fields: readonly CollectedField[], object: JsonObject, path: Path): JsonObject {
		const completed: JsonObject = {};
		for (const { key, name, nodes } of fields) {
			if (name === "__typename") {
				completed[labelOf(key)] = type.name;
				continue;
			}
			if (INTROSPECTION.has(name)) {
				completed[labelOf(key)] = object[key] ?? null;
				continue;
			}
			const field = type.getFields()[name];
			if (field && withheld && nodes.every((node) => withheld.has(node))) {
				errors.push({ ...unauthorised(`${type.name}.${name}`), path: [...path, key] });
				if (isNonNullType(field.type)) throw NULL;
				completed[labelOf(key)] = null;
				continue;
			}
			if (field) completed[labelOf(key)] = completeValue(field.type, nodes, object[key], [...path, key], `${type.name}.${name}`);
		}
		return completed;
	}

	function completeValue(
		type: GraphQLOutputType,
		nodes: CollectedField["nodes"],
		value: Json | undefined,
		path: Path,
		coordinate: string,
	): Json {
		if (isNonNullType(type)) {
			const completed = completeValue(type.ofType, nodes, value, path, coordinate);
			if (completed !== null) return completed;
			explain(path, `Cannot return null for non-nullable field ${coordinate}.`);
			throw NULL;
		}
		if (value === null || value === undefined) return null;
		try {
			if (isListType(type)) {
				if (!Array.isArray(value)) return refuse(path, coordinate);
				return value.map((item, index) => completeValue(type.ofType, nodes, item, [...path, index], coordinate));
			}
			if (isLeafType(type)) return acceptLeaf(type, value) ?? refuse(path, coordinate);
			if (!isObject(value)) return refuse(path, coordinate);
			const concrete = isObjectType(type) ? type : schema.getType(value.__typename as string);
			if (!concrete || !isObjectType(concrete)) return refuse(path, coordinate);
			return completeObject(concrete, collectFields(schema, concrete, subSelections(nodes), fragments), value, path);
		} catch (error) {
			if (error === NULL) return null;
			throw error;
		}
	}

	function refuse(path: Path, coordinate: string): null {
		explain(path, `The subgraph's value for ${coordinate} is not one of its type.`);
		return null;
	}

	/** Adds an error unless one already tells why this place, or one above or below it, is null. */
	function explain(path: Path, message: string): void {
		const told = errors.some((error) => error.path?.every((segment, index) => index >= path.length || segment === path[index]));
		if (!told) errors.push({ message, path, extensions: { code: "INVALID_SUBGRAPH_ANSWER" } });
	}
}

/** Thrown to carry a null up to the nearest nullable field. */
const NULL = Symbol("null in a non-null place");
