import type { FetchNodePathSegment, FetchRewrite } from "@graphql-hive/router-query-planner";
import type { GraphQLSchema } from "graphql";
import type { Json } from "./json.ts";
import { possibleTypes } from "./walk.ts";

export type Rewrite = (data: Json) => void;

/** Compiles the rewrites of a fetch, which change data in place: a field gets another name, or another value. */
export function compileRewrites(rewrites: readonly FetchRewrite[] | undefined, schema: GraphQLSchema): Rewrite | undefined {
	if (!rewrites?.length) return undefined;
	const compiled = rewrites.map((rewrite) => compileRewrite(rewrite, schema));
	return (data) => {
		for (const rewrite of compiled) rewrite(data);
	};
}

function compileRewrite(rewrite: FetchRewrite, schema: GraphQLSchema): Rewrite {
	if ("KeyRenamer" in rewrite) {
		const { path, renameKeyTo } = rewrite.KeyRenamer;
		return at(path, schema, (object, key) => {
			if (!(key in object)) return;
			object[renameKeyTo] = object[key] as Json;
			delete object[key];
		});
	}
	const { path, setValueTo } = "ValueSetter" in rewrite ? rewrite.ValueSetter : rewrite;
	return at(path, schema, (object, key) => {
		object[key] = setValueTo;
	});
}

function at(
	path: readonly FetchNodePathSegment[],
	schema: GraphQLSchema,
	change: (object: Record<string, Json>, key: string) => void,
): Rewrite {
	const segments = path.map((segment) =>
		"Key" in segment ? segment.Key : new Set(segment.TypenameEquals.flatMap((name) => [...possibleTypes(schema, name)])),
	);
	const visit = (value: Json | undefined, index: number): void => {
		if (value === null || value === undefined || typeof value !== "object") return;
		if (Array.isArray(value)) {
			for (const item of value) visit(item, index);
			return;
		}
		const segment = segments[index];
		if (segment === undefined) return;
		if (typeof segment !== "string") {
			if (typeof value.__typename !== "string" || segment.has(value.__typename)) visit(value, index + 1);
		} else if (index === segments.length - 1) change(value, segment);
		else visit(value[segment], index + 1);
	};
	return (data) => visit(data, 0);
}
