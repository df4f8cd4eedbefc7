import { type DocumentNode, executeSync, type GraphQLSchema, Kind, visit } from "graphql";
import type { JsonObject } from "./json.ts";

/** Fields of the query type that ask about the schema itself. No subgraph knows the whole of it: they are answered here. */
export const INTROSPECTION: ReadonlySet<string> = new Set(["__schema", "__type"]);

export interface SplitDocument {
	/** What the plan is made for; undefined when nothing is left to fetch. */
	fetched: DocumentNode | undefined;
	/** Answers what is asked about the schema; undefined when nothing is. */
	introspect: ((variables: Readonly<Record<string, unknown>>) => JsonObject) | undefined;
}

/** Separates what is asked about the schema from what is asked of subgraphs. The document has one operation. */
export function splitIntrospection(document: DocumentNode, schema: GraphQLSchema): SplitDocument {
	const root = schema.getQueryType()?.name;
	let asksSchema = false;
	let asksData = false;
	visit(document, {
		Field({ name }) {
			if (INTROSPECTION.has(name.value)) asksSchema = true;
			else if (name.value !== "__typename") asksData = true;
			return INTROSPECTION.has(name.value) ? false : undefined;
		},
	});
	if (!asksSchema) return { fetched: asksData ? document : undefined, introspect: undefined };
	const about = keepRootFields(document, root, (name) => INTROSPECTION.has(name));
	return {
		fetched: asksData ? keepRootFields(document, root, (name) => !INTROSPECTION.has(name)) : undefined,
		introspect: (variables) =>
			JSON.parse(
				JSON.stringify(executeSync({ schema, document: about, variableValues: variables as Record<string, unknown> }).data ?? {}),
			) as JsonObject,
	};
}

/** Keeps some of the fields of the query type, wherever fragments put them. */
function keepRootFields(document: DocumentNode, root: string | undefined, keep: (name: string) => boolean): DocumentNode {
	const isRootFragment = (condition: string | undefined) => condition === undefined || condition === root;
	return {
		...document,
		definitions: document.definitions.map((definition) => {
			if (
				definition.kind !== Kind.OPERATION_DEFINITION &&
				!(definition.kind === Kind.FRAGMENT_DEFINITION && isRootFragment(definition.typeCondition.name.value))
			)
				return definition;
			return visit(definition, {
				Field: ({ name }) => (keep(name.value) ? false : null),
				InlineFragment: { leave: ({ selectionSet }) => (selectionSet.selections.length === 0 ? null : undefined) },
			});
		}),
	};
}
