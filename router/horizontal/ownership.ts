import {
	type GraphQLNamedType,
	type GraphQLObjectType,
	type GraphQLOutputType,
	type GraphQLSchema,
	getNamedType,
	isAbstractType,
	isObjectType,
	type SelectionNode,
} from "graphql";
import type { Horizontal } from "../../schema/horizontal.ts";
import type { Path } from "../errors.ts";
import { collectFields, type Fragments, subSelections } from "../execute/collect-fields.ts";
import type { Json, JsonObject } from "../execute/json.ts";

/** Tells of a row that is not the answering member's own. */
type OnForeign = (id: string, path: Path) => void;

/** Returns the value without foreign rows: each becomes null in its place. Changes lists and objects in place. */
export type OwnershipCheck = (value: Json, owner: string, path: Path, onForeign: OnForeign) => Json;

/** Field added to a row that must be checked whatever the client selects. */
export const KEY_ALIAS = "__key";

/** What is to be checked of one type: its keys, and the fields below which there is more. */
interface Rule {
	keys: string[];
	children: { key: string; rules: Rules }[];
}

/** The rules of each concrete type; one rule where the type is known. */
type Rules = Rule | ReadonlyMap<string, Rule>;

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
	const rules = rulesOf(getNamedType(type), selections);
	// Nearly every answer is in order: it is looked through without keeping a path, and only a wrong one is taken apart.
	return (
		rules &&
		((value, owner, path, onForeign) => (isOwn(value, owner, rules) ? value : withoutForeign(value, owner, rules, path, onForeign)))
	);

	function rulesOf(named: GraphQLNamedType, inner: readonly SelectionNode[]): Rules | undefined {
		if (isObjectType(named)) return ruleOf(named, inner);
		if (!isAbstractType(named)) return undefined;
		const byName = new Map<string, Rule>();
		for (const possible of schema.getPossibleTypes(named)) {
			const rule = ruleOf(possible, inner);
			if (rule) byName.set(possible.name, rule);
		}
		return byName.size > 0 ? byName : undefined;
	}

	function ruleOf(object: GraphQLObjectType, inner: readonly SelectionNode[]): Rule | undefined {
		const fields = collectFields(schema, object, inner, fragments);
		const keyField = owned.get(object.name);
		const keys = fields.filter(({ name, key }) => name === keyField || key === KEY_ALIAS).map(({ key }) => key);
		const children = fields.flatMap(({ key, name, nodes }) => {
			const field = object.getFields()[name];
			const rules = field && rulesOf(getNamedType(field.type), subSelections(nodes));
			return rules ? [{ key, rules }] : [];
		});
		return keys.length > 0 || children.length > 0 ? { keys, children } : undefined;
	}
}

function ruleFor(object: JsonObject, rules: Rules): Rule | undefined {
	return rules instanceof Map ? rules.get(object.__typename as string) : (rules as Rule);
}

function isOwn(value: Json | undefined, owner: string, rules: Rules): boolean {
	if (value === null || value === undefined || typeof value !== "object") return true;
	if (Array.isArray(value)) {
		for (let index = 0; index < value.length; index += 1) if (!isOwn(value[index], owner, rules)) return false;
		return true;
	}
	const rule = ruleFor(value, rules);
	if (!rule) return true;
	for (const key of rule.keys) if (!belongs(value[key], owner)) return false;
	for (const { key, rules: inner } of rule.children) if (!isOwn(value[key], owner, inner)) return false;
	return true;
}

/** Whether an id is `<owner>:…`, or the owner's slug itself. */
function belongs(id: Json | undefined, owner: string): boolean {
	return typeof id === "string" && id.startsWith(owner) && (id.length === owner.length || id.charCodeAt(owner.length) === COLON);
}

const COLON = 58;

function withoutForeign(value: Json, owner: string, rules: Rules, path: Path, onForeign: OnForeign): Json {
	if (value === null || typeof value !== "object") return value;
	if (Array.isArray(value)) {
		for (let index = 0; index < value.length; index += 1)
			value[index] = withoutForeign(value[index] as Json, owner, rules, [...path, index], onForeign);
		return value;
	}
	const rule = ruleFor(value, rules);
	if (!rule) return value;
	const foreign = rule.keys.find((key) => !belongs(value[key], owner));
	if (foreign !== undefined) {
		onForeign(String(value[foreign]), path);
		return null;
	}
	for (const { key, rules: inner } of rule.children) {
		const child = value[key];
		if (child !== null && child !== undefined) value[key] = withoutForeign(child, owner, inner, [...path, key], onForeign);
	}
	return value;
}
