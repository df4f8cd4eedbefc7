import {
	type ConstDirectiveNode,
	type ConstValueNode,
	type DirectiveNode,
	type DocumentNode,
	type GraphQLSchema,
	getNamedType,
	isAbstractType,
	isInterfaceType,
	isObjectType,
	Kind,
} from "graphql";
import type { Caller } from "../../subgraphs/kit/caller.ts";

/**
 * Who may ask for what: `@authenticated` and `@requiresScopes` of Apollo Federation (v2.5 and later), read from the
 * supergraph, where composition has joined what the subgraphs say.
 */
export interface Requirement {
	/** Alternatives, of which one has to be granted whole; undefined where any verified caller will do. */
	scopes: readonly (readonly string[])[] | undefined;
	/** Never met: `@policy` asks for something that this router does not know. */
	isUnknown: boolean;
}

export interface Requirements {
	/** Whether nothing is protected at all. */
	isEmpty: boolean;
	/** All that has to be met for a field of a type, its own type included. */
	ofField(parent: string, field: string): readonly Requirement[];
}

const FEATURE = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes|policy)\/v\d/;
const NONE: readonly Requirement[] = [];

/** Whether a caller meets a requirement; undefined is nobody. */
export function meets({ scopes, isUnknown }: Requirement, caller: Caller | undefined): boolean {
	if (caller === undefined || isUnknown) return false;
	return scopes === undefined || scopes.some((alternative) => alternative.every((scope) => caller.scopes.has(scope)));
}

/** Reads a supergraph's requirements. `schema` is what clients see of it. */
export function readRequirements(supergraph: DocumentNode, schema: GraphQLSchema): Requirements {
	const features = readFeatures(supergraph);
	const types = new Map<string, readonly Requirement[]>();
	const fields = new Map<string, readonly Requirement[]>();
	for (const definition of supergraph.definitions) {
		if (!("name" in definition) || !definition.name || definition.kind === Kind.DIRECTIVE_DEFINITION) continue;
		const type = definition.name.value;
		add(types, type, definition.directives);
		if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
		for (const field of definition.fields ?? []) add(fields, `${type}.${field.name.value}`, field.directives);
	}

	function add(into: Map<string, readonly Requirement[]>, name: string, directives: readonly DirectiveNode[] | undefined): void {
		const found = (directives ?? []).flatMap((directive) => read(directive as ConstDirectiveNode, features));
		if (found.length > 0) into.set(name, found);
	}

	/** The type itself and whatever a value of it may turn out to be: of an interface, nobody knows before it is fetched. */
	function within(type: string): string[] {
		const abstract = schema.getType(type);
		return isAbstractType(abstract) ? [type, ...schema.getPossibleTypes(abstract).map(({ name }) => name)] : [type];
	}

	const known = new Map<string, readonly Requirement[]>();
	return {
		isEmpty: types.size === 0 && fields.size === 0,
		ofField(parent, field) {
			const coordinate = `${parent}.${field}`;
			let all = known.get(coordinate);
			if (!all) {
				const result = resultOf(schema, parent, field);
				all = [
					...within(parent).flatMap((type) => [...(types.get(type) ?? NONE), ...(fields.get(`${type}.${field}`) ?? NONE)]),
					...(result === undefined ? NONE : (types.get(result) ?? NONE)),
				];
				known.set(coordinate, all);
			}
			return all;
		},
	};
}

function resultOf(schema: GraphQLSchema, parent: string, field: string): string | undefined {
	const type = schema.getType(parent);
	const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
	return definition && getNamedType(definition.type).name;
}

/** Names of the directives in this supergraph → what they are: a supergraph may rename them. */
function readFeatures(supergraph: DocumentNode): ReadonlyMap<string, string> {
	const features = new Map<string, string>();
	for (const definition of supergraph.definitions) {
		if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
		for (const directive of definition.directives ?? []) {
			if (directive.name.value !== "link") continue;
			const [url, as] = ["url", "as"].map((name) => stringOf(argumentOf(directive, name)));
			const feature = url === undefined ? undefined : FEATURE.exec(url)?.[1];
			if (feature !== undefined) features.set(as ?? feature, feature);
		}
	}
	return features;
}

function read(directive: ConstDirectiveNode, features: ReadonlyMap<string, string>): Requirement[] {
	switch (features.get(directive.name.value)) {
		case "authenticated":
			return [{ scopes: undefined, isUnknown: false }];
		case "requiresScopes": {
			const alternatives = listOf(argumentOf(directive, "scopes")).map((inner) => listOf(inner).map((scope) => stringOf(scope) ?? ""));
			return [{ scopes: alternatives, isUnknown: false }];
		}
		case "policy":
			return [{ scopes: undefined, isUnknown: true }];
		default:
			return [];
	}
}

function argumentOf(directive: ConstDirectiveNode | DirectiveNode, name: string): ConstValueNode | undefined {
	return directive.arguments?.find((argument) => argument.name.value === name)?.value as ConstValueNode | undefined;
}

function listOf(value: ConstValueNode | undefined): readonly ConstValueNode[] {
	return value?.kind === Kind.LIST ? value.values : [];
}

function stringOf(value: ConstValueNode | undefined): string | undefined {
	return value?.kind === Kind.STRING ? value.value : undefined;
}
