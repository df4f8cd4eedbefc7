import type { FlattenNodePathSegment } from "@graphql-hive/router-query-planner";
import { type GraphQLSchema, isAbstractType } from "graphql";
import type { Path } from "../errors.ts";
import type { Json, JsonObject } from "./json.ts";

/** The concrete types that a type name stands for. */
export function possibleTypes(schema: GraphQLSchema, name: string): ReadonlySet<string> {
	const type = schema.getType(name);
	return new Set(type && isAbstractType(type) ? schema.getPossibleTypes(type).map((one) => one.name) : [name]);
}

type Segment = { kind: "field"; name: string } | { kind: "list" } | { kind: "type"; names: ReadonlySet<string> };

export interface PathWalker {
	/** Adds every object at the path to `found`. The hot path: it builds nothing else. */
	collect(data: Json, found: JsonObject[]): void;
	/** Calls back with each object at the path and where it stands in the answer. Only needed to place errors. */
	locate(data: Json, visitor: (object: JsonObject, path: Path) => void): void;
}

/** Compiles the path of a Flatten node. Lists are entered whether or not the path says so. */
export function compilePath(path: readonly FlattenNodePathSegment[], schema: GraphQLSchema): PathWalker {
	const segments = path.map((segment): Segment => {
		if (segment === "@") return { kind: "list" };
		if ("Field" in segment) return { kind: "field", name: segment.Field };
		return { kind: "type", names: new Set(segment.TypeCondition.flatMap((name) => [...possibleTypes(schema, name)])) };
	});
	const end = segments.length;

	function collect(start: Json | undefined, from: number, found: JsonObject[]): void {
		let value = start;
		let index = from;
		for (;;) {
			if (value === null || typeof value !== "object") return;
			if (Array.isArray(value)) {
				const next = segments[index]?.kind === "list" ? index + 1 : index;
				for (const item of value) collect(item, next, found);
				return;
			}
			const segment = segments[index];
			if (segment === undefined) {
				if (index === end) found.push(value);
				return;
			}
			if (segment.kind === "field") value = value[segment.name];
			else if (segment.kind === "type" && typeof value.__typename === "string" && !segment.names.has(value.__typename)) return;
			index += 1;
			if (value === undefined) return;
		}
	}

	function locate(
		value: Json | undefined,
		index: number,
		at: (string | number)[],
		visitor: (object: JsonObject, path: Path) => void,
	): void {
		if (value === null || value === undefined || typeof value !== "object") return;
		if (Array.isArray(value)) {
			const next = segments[index]?.kind === "list" ? index + 1 : index;
			value.forEach((item, position) => {
				locate(item, next, [...at, position], visitor);
			});
			return;
		}
		const segment = segments[index];
		if (segment === undefined) visitor(value, at);
		else if (segment.kind === "field") locate(value[segment.name], index + 1, [...at, segment.name], visitor);
		else if (segment.kind === "list" || typeof value.__typename !== "string" || segment.names.has(value.__typename))
			locate(value, index + 1, at, visitor);
	}

	return { collect: (data, found) => collect(data, 0, found), locate: (data, visitor) => locate(data, 0, [], visitor) };
}
