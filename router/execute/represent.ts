import type { RequiresSelection } from "@graphql-hive/router-query-planner";
import type { GraphQLSchema } from "graphql";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { possibleTypes } from "./walk.ts";

/** Makes the representation of an object, as `_entities` takes it; null when a required field is not there. */
export type Represent = (object: JsonObject) => JsonObject | null;

/** Compiles the `requires` of a fetch. */
export function compileRepresentation(requires: readonly RequiresSelection[], schema: GraphQLSchema): Represent {
	const byType = new Map<string, RequiresSelection[]>();
	for (const selection of requires) {
		if (selection.kind !== "InlineFragment") continue;
		for (const type of possibleTypes(schema, selection.typeCondition))
			byType.set(type, [...(byType.get(type) ?? []), ...selection.selections]);
	}
	const byTypeCompiled = new Map([...byType].map(([type, selections]) => [type, compileType(type, selections, schema)]));
	return (object) => byTypeCompiled.get(object.__typename as string)?.(object) ?? null;
}

/** Most entities have one key field: theirs is made without a loop. */
function compileType(type: string, selections: readonly RequiresSelection[], schema: GraphQLSchema): Represent {
	const fields = selections.filter((selection) => selection.kind === "Field" && selection.name !== "__typename");
	const [only] = fields;
	if (fields.length === 1 && selections.length <= 2 && only?.kind === "Field" && !only.selections && !only.alias) {
		const { name } = only;
		return (object) => {
			const value = object[name];
			return value === undefined || value === null ? null : { __typename: type, [name]: value };
		};
	}
	return (object) => {
		const representation = project(object, selections, schema);
		if (representation === undefined) return null;
		representation.__typename = type;
		return representation;
	};
}

/** Copies the selected fields; undefined when one is not there. */
function project(object: JsonObject, selections: readonly RequiresSelection[], schema: GraphQLSchema): JsonObject | undefined {
	const copy: JsonObject = {};
	for (const selection of selections) {
		if (selection.kind === "InlineFragment") {
			if (typeof object.__typename === "string" && !possibleTypes(schema, selection.typeCondition).has(object.__typename)) continue;
			const part = project(object, selection.selections, schema);
			if (part === undefined) return undefined;
			Object.assign(copy, part);
		} else if (selection.kind === "Field") {
			const value = object[selection.alias ?? selection.name] ?? object[selection.name];
			if (value === undefined) return undefined;
			copy[selection.name] = selection.selections ? projectValue(value, selection.selections, schema) : value;
		}
	}
	return copy;
}

function projectValue(value: Json, selections: readonly RequiresSelection[], schema: GraphQLSchema): Json {
	if (Array.isArray(value)) return value.map((item) => projectValue(item, selections, schema));
	return isObject(value) ? (project(value, selections, schema) ?? null) : value;
}
