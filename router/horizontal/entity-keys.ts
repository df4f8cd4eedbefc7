import { Kind, parse, print, stripIgnoredCharacters, visit } from "graphql";
import { ownerOf } from "../../schema/global-id.ts";
import type { Horizontal } from "../../schema/horizontal.ts";
import { isObject, type Json } from "../execute/json.ts";
import { KEY_ALIAS } from "./ownership.ts";
import { keySelection } from "./route-field.ts";

/**
 * Asks for the key of each entity of an owned type beside what the plan wants. Members look rows up in databases, which
 * give them in any order: a row is taken for the one that was asked for by its key, not by its place.
 */
export function withEntityKeys(operation: string, { owned }: Horizontal): string {
	if (!operation.includes("_entities")) return operation;
	const document = parse(operation, { noLocation: true });
	let depth = 0;
	const keyed = visit(document, {
		Field: {
			enter: () => void (depth += 1),
			leave: () => void (depth -= 1),
		},
		InlineFragment(node) {
			const key = depth === 1 ? owned.get(node.typeCondition?.name.value ?? "") : undefined;
			if (key === undefined) return undefined;
			const selections = [...node.selectionSet.selections, keySelection(key)];
			return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } };
		},
	});
	return stripIgnoredCharacters(print(keyed));
}

/** Whether a member gave another row in the place of one that it was asked for. */
export function isMisplaced(entity: Json, key: unknown): boolean {
	return isObject(entity) && entity[KEY_ALIAS] !== undefined && entity[KEY_ALIAS] !== key;
}

/** Whether a row's key is of the member that gave it. */
export function isOwnRow(entity: Json, slug: string): boolean {
	const key = isObject(entity) ? entity[KEY_ALIAS] : undefined;
	return typeof key === "string" && (key === slug || ownerOf(key) === slug);
}

/** A copy of the row with a key, wherever the member has put it: another request may share the answer. */
export function findByKey(entities: readonly Json[], key: unknown): Json {
	const found = entities.find((entity) => isObject(entity) && entity[KEY_ALIAS] === key);
	return found === undefined ? null : structuredClone(found);
}
