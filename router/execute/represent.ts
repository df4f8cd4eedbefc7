import type { RequiresSelection } from "@graphql-hive/router-query-planner";
import type { GraphQLSchema } from "graphql";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { quote } from "./quote.ts";
import type { Representations } from "./representations.ts";
import type { Rewrite } from "./rewrite.ts";
import { possibleTypes } from "./walk.ts";

/** Adds the representation of an object, as `_entities` takes it. Returns its position, or -1 when a required field is not there. */
export type Represent = (object: JsonObject, into: Representations) => number;

/** Compiles the `requires` of a fetch, with the rewrites of what is sent. */
export function compileRepresentation(
	requires: readonly RequiresSelection[],
	schema: GraphQLSchema,
	rewrite: Rewrite | undefined,
): Represent {
	const selectionsByType = new Map<string, RequiresSelection[]>();
	for (const selection of requires) {
		if (selection.kind !== "InlineFragment") continue;
		for (const type of possibleTypes(schema, selection.typeCondition)) {
			selectionsByType.set(type, [...(selectionsByType.get(type) ?? []), ...selection.selections]);
		}
	}
	const byType = new Map([...selectionsByType].map(([type, selections]) => [type, compileType(type, selections, schema, rewrite)]));
	return (object, into) => byType.get(object.__typename as string)?.(object, into) ?? -1;
}

function compileType(
	type: string,
	selections: readonly RequiresSelection[],
	schema: GraphQLSchema,
	rewrite: Rewrite | undefined,
): Represent {
	const whole: Represent = (object, into) => {
		const representation = project(object, selections, schema);
		if (representation === undefined) return -1;
		representation.__typename = type;
		rewrite?.(representation);
		return into.place(representation);
	};
	// Most entities have one key field, a string: their text is made by concatenation.
	const fields = selections.filter((selection) => selection.kind === "Field" && selection.name !== "__typename");
	const [only] = fields;
	if (rewrite || fields.length !== 1 || selections.length > 2 || only?.kind !== "Field" || only.selections || only.alias) return whole;
	const { name } = only;
	const prefix = `{"__typename":${JSON.stringify(type)},${JSON.stringify(name)}:`;
	return (object, into) => {
		const value = object[name];
		if (typeof value === "string") return into.placeKeyed(type, prefix, value, quote(value));
		return value === undefined || value === null ? -1 : whole(object, into);
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
