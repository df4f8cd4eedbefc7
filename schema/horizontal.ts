import {
	type ConstDirectiveNode,
	DirectiveLocation,
	type DocumentNode,
	GraphQLDirective,
	GraphQLEnumType,
	GraphQLNonNull,
	GraphQLString,
	Kind,
} from "graphql";

/**
 * The three directives of horizontal federation: what `member.graphql` declares, as definitions for the subgraphs
 * that use them and as a reader for the router.
 */

export const HORIZONTAL_LINK =
	'extend schema @link(url: "https://recognition-hub.example/horizontal/v1.0", import: ["@gather", "@owned", "@route"]) @composeDirective(name: "@gather") @composeDirective(name: "@owned") @composeDirective(name: "@route")';

const gatherMerge = new GraphQLEnumType({ name: "GatherMerge", values: { CONNECTION: {}, LIST: {}, SUM: {} } });

export const horizontalDirectives: readonly GraphQLDirective[] = [
	new GraphQLDirective({ name: "owned", locations: [DirectiveLocation.OBJECT], args: { by: { type: new GraphQLNonNull(GraphQLString) } } }),
	new GraphQLDirective({
		name: "route",
		locations: [DirectiveLocation.FIELD_DEFINITION],
		args: { argument: { type: new GraphQLNonNull(GraphQLString) } },
	}),
	new GraphQLDirective({
		name: "gather",
		locations: [DirectiveLocation.FIELD_DEFINITION],
		args: { merge: { type: new GraphQLNonNull(gatherMerge) }, owners: { type: GraphQLString } },
	}),
];

type GatherMerge = "CONNECTION" | "LIST" | "SUM";

/** How a root field of the logical subgraph `members` is spread over the members. */
export type RootSpread =
	| { kind: "route"; argument: string }
	| {
			kind: "gather";
			merge: GatherMerge;
			/** Path of the argument that names the only owners to ask, e.g. `["filter", "institutes"]`. */
			owners: readonly string[] | undefined;
	  };

export interface Horizontal {
	/** Entity type → the key field whose value names the owner. */
	owned: ReadonlyMap<string, string>;
	/** `Query.badgeClass` → how it is spread. */
	roots: ReadonlyMap<string, RootSpread>;
}

/** Reads the directives from a supergraph or from the contract itself. */
export function readHorizontal(document: DocumentNode): Horizontal {
	const owned = new Map<string, string>();
	const roots = new Map<string, RootSpread>();
	for (const definition of document.definitions) {
		if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
		const by = argumentOf(find(definition.directives, "owned"), "by");
		if (by !== undefined) owned.set(definition.name.value, by);
		for (const field of definition.fields ?? []) {
			const spread = readSpread(field.directives);
			if (spread) roots.set(`${definition.name.value}.${field.name.value}`, spread);
		}
	}
	return { owned, roots };
}

function readSpread(directives: readonly ConstDirectiveNode[] | undefined): RootSpread | undefined {
	const argument = argumentOf(find(directives, "route"), "argument");
	if (argument !== undefined) return { kind: "route", argument };
	const gather = find(directives, "gather");
	const merge = argumentOf(gather, "merge");
	if (merge === undefined) return undefined;
	return { kind: "gather", merge: merge as GatherMerge, owners: argumentOf(gather, "owners")?.split(".") };
}

function find(directives: readonly ConstDirectiveNode[] | undefined, name: string): ConstDirectiveNode | undefined {
	return directives?.find((directive) => directive.name.value === name);
}

function argumentOf(directive: ConstDirectiveNode | undefined, name: string): string | undefined {
	const value = directive?.arguments?.find((argument) => argument.name.value === name)?.value;
	return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : undefined;
}
