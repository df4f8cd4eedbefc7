import {
	type GraphQLObjectType,
	type GraphQLOutputType,
	type GraphQLSchema,
	getNamedType,
	isAbstractType,
	isCompositeType,
	isObjectType,
	type SelectionNode,
} from "graphql";
import { ownerOf } from "../../schema/global-id.ts";
import type { Horizontal } from "../../schema/horizontal.ts";
import type { Path } from "../errors.ts";
import { collectFields, type Fragments, subSelections } from "../execute/collect-fields.ts";
import { isObject, type Json, type JsonObject } from "../execute/json.ts";

/** Tells of a row that is not the answering member's own. */
type OnForeign = (id: string, path: Path) => void;

/** Returns the value without foreign rows: each becomes null in its place. Changes lists and objects in place. */
export type OwnershipCheck = (value: Json, owner: string, path: Path, onForeign: OnForeign) => Json;

/** Field added to a row that must be checked whatever the client selects. */
export const KEY_ALIAS = "__key";

/**
 * Compiles the check of one field's answer: every row of an owned type whose key is selected must carry the owner's
 * prefix. Undefined when nothing in the selection can be checked.
 */
export function compileOwnership(
	schema: GraphQLSchema,
	{ owned }: Horizontal,
	type: GraphQLOutputType,
	selections: readonly SelectionNode[],
	fragments: Fragments,
): OwnershipCheck | undefined {
	return checkNamed(getNamedType(type), selections);

	function checkNamed(named: ReturnType<typeof getNamedType>, inner: readonly SelectionNode[]): OwnershipCheck | undefined {
		if (!isCompositeType(named)) return undefined;
		if (isObjectType(named)) return onItems(checkObject(named, inner));
		if (!isAbstractType(named)) return undefined;
		const byName = new Map(
			schema.getPossibleTypes(named).flatMap((possible) => {
				const check = checkObject(possible, inner);
				return check ? [[possible.name, check] as const] : [];
			}),
		);
		if (byName.size === 0) return undefined;
		return onItems((value, owner, path, onForeign) => byName.get(value.__typename as string)?.(value, owner, path, onForeign) ?? value);
	}

	function checkObject(object: GraphQLObjectType, inner: readonly SelectionNode[]): ObjectCheck | undefined {
		const fields = collectFields(schema, object, inner, fragments);
		const keyField = owned.get(object.name);
		const keys = fields.filter(({ name, key }) => name === keyField || key === KEY_ALIAS).map(({ key }) => key);
		const children = fields.flatMap(({ key, name, nodes }) => {
			const field = object.getFields()[name];
			const check = field && checkNamed(getNamedType(field.type), subSelections(nodes));
			return check ? [{ key, check }] : [];
		});
		if (keys.length === 0 && children.length === 0) return undefined;
		return (value, owner, path, onForeign) => {
			for (const key of keys) {
				const id = value[key];
				if (typeof id === "string" && ownerOf(id) === owner) continue;
				onForeign(String(id), path);
				return null;
			}
			for (const { key, check } of children) {
				const child = value[key];
				if (child !== null && child !== undefined) value[key] = check(child, owner, [...path, key], onForeign);
			}
			return value;
		};
	}
}

type ObjectCheck = (value: JsonObject, owner: string, path: Path, onForeign: OnForeign) => Json;

function onItems(check: ObjectCheck | undefined): OwnershipCheck | undefined {
	if (!check) return undefined;
	const visit: OwnershipCheck = (value, owner, path, onForeign) => {
		if (Array.isArray(value)) {
			for (let index = 0; index < value.length; index += 1) value[index] = visit(value[index] as Json, owner, [...path, index], onForeign);
			return value;
		}
		return isObject(value) ? check(value, owner, path, onForeign) : value;
	};
	return visit;
}
