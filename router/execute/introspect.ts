import { type DocumentNode, executeSync, type FieldNode, type GraphQLSchema, Kind } from "graphql";
import { dropUnused } from "../plan/specialise.ts";
import { collectFields, fragmentsOf } from "./collect-fields.ts";
import type { JsonObject } from "./json.ts";

/** Fields of the query type that ask about the schema itself. No subgraph knows the whole of it: they are answered here. */
export const INTROSPECTION: ReadonlySet<string> = new Set(["__schema", "__type"]);

export interface SplitDocument {
	/** What the plan is made for; undefined when nothing is left to fetch. */
	fetched: DocumentNode | undefined;
	/** Answers what is asked about the schema; undefined when nothing is. */
	introspect: ((variables: Readonly<Record<string, unknown>>) => JsonObject) | undefined;
}

/** Separates what is asked about the schema from what is asked of subgraphs. The document has one operation, without conditions. */
export function splitIntrospection(document: DocumentNode, schema: GraphQLSchema): SplitDocument {
	const fields = rootFields(document, schema);
	const about = fields.filter(({ name }) => INTROSPECTION.has(name.value));
	const data = fields.filter(({ name }) => !INTROSPECTION.has(name.value));
	const isFetched = data.some(({ name }) => name.value !== "__typename");
	if (about.length === 0) return { fetched: isFetched ? document : undefined, introspect: undefined };
	const asked = withRootFields(document, about);
	return {
		fetched: isFetched ? withRootFields(document, data) : undefined,
		introspect: (variables) => {
			const { data: answer } = executeSync({ schema, document: asked, variableValues: variables as Record<string, unknown> });
			return JSON.parse(JSON.stringify(answer ?? {})) as JsonObject;
		},
	};
}

/** The fields of the root, wherever fragments put them. */
function rootFields(document: DocumentNode, schema: GraphQLSchema): FieldNode[] {
	return document.definitions.flatMap((definition) => {
		const type = definition.kind === Kind.OPERATION_DEFINITION ? schema.getRootType(definition.operation) : undefined;
		if (definition.kind !== Kind.OPERATION_DEFINITION || !type) return [];
		return collectFields(schema, type, definition.selectionSet.selections, fragmentsOf(document)).flatMap(({ nodes }) => nodes);
	});
}

function withRootFields(document: DocumentNode, selections: readonly FieldNode[]): DocumentNode {
	return dropUnused({
		...document,
		definitions: document.definitions.map((definition) =>
			definition.kind === Kind.OPERATION_DEFINITION
				? { ...definition, selectionSet: { ...definition.selectionSet, selections } }
				: definition,
		),
	});
}
